/** Each element in a browser, by itself: what is seen, heard and done, in every look a page may have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe, until } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { onStage, SOURCE } from './stage.mjs';
import * as views from './views.mjs';

const ALL = ['celebration', 'steps', 'topics', 'challenge', 'gains', 'standing', 'badges', 'profile', 'experts', 'kudos'];

describe('the elements', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  /** A server that takes its time, and holds what it was told last to be all that is claimed. */
  const recording = (milliseconds = 0) => {
    let view = views.own;
    const post = async ([, { topics: said }]) => {
      await new Promise((done) => setTimeout(done, milliseconds));
      const others = said.filter((topic) => !views.topics.some((known) => known.topic === topic));
      const known = [...views.topics, ...others.map((topic) => ({ topic, name: topic, strength: 0, confirmed: 0, evidence: [] }))];
      view = { ...view, topics: known.map((topic) => ({ ...topic, claimed: said.includes(topic.topic) })) };
    };
    return { view: () => view, post };
  };

  const everything = () => {
    const elements = ALL.map((name) => `<known-for-${name} edit-href="profile.html#{field}" do-href="index.html#{kind}" person-href="index.html#{member}"></known-for-${name}>`);
    return SOURCE + elements.join('').replace('<known-for-kudos', '<known-for-kudos to="jonas" name="Jonas Lie"');
  };

  const looks = [{}, { width: 320 }, { scheme: 'dark' }, { width: 320, scheme: 'dark', motion: 'reduce' }, { forced: true }, { direction: 'rtl', lang: 'ar' }, { lang: 'de' }];
  for (const look of looks) {
    it(`leave nothing for axe, the console or the policy to find: ${JSON.stringify(look)}`, async () => {
      const { page, close } = await stage(everything(), look);
      await page.locator('known-for-challenge [part=together]').waitFor();
      for (const name of ALL) await page.locator(`known-for-${name} [role=status], known-for-${name} [part=card]`).first().waitFor({ state: 'attached' });
      // What is told in a drawer may hold drawers.
      await until('every drawer is open and told', async () => {
        await page.locator('details:not([open])').evaluateAll((closed) => closed.forEach((details) => { details.open = true; }));
        return (await page.locator('details:not([open])').count()) === 0 && (await page.getByText('One moment').count()) === 0;
      });
      await page.locator('known-for-experts input').fill('Moving data');
      await page.locator('known-for-experts input').press('Enter');
      await page.locator('known-for-experts [part=expert]').first().waitFor();
      await page.waitForTimeout(800);
      assert.deepEqual(await axe(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await close();
    });
  }

  it('offer steps with why, before whom and how near, the first one first', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-steps do-href="index.html#{kind}"></known-for-steps>`);
    const steps = page.locator('known-for-steps');
    const first = steps.locator('[part=next-step]');
    assert.match(await first.innerText(), /Write three words[\s\S]*For your profile[\s\S]*On the way to the badge Introduced[\s\S]*Only you see it[\s\S]*\+15 Recognition/);
    assert.equal(await steps.getByText('Write three words').count(), 1, 'one thing to do is offered once, whatever it leads to');
    assert.equal(await first.getByRole('progressbar').getAttribute('aria-valuenow'), '50');
    assert.equal(await first.getByRole('button', { name: /^Answer this/ }).count(), 1);
    const row = (text) => steps.locator('[part=step]', { hasText: text });
    assert.match(await row('Write a page').innerText(), /On the way to the badge Writer/);
    assert.equal(await row('Write a page').getByRole('progressbar').getAttribute('aria-valuenow'), '60');
    assert.equal(await row('Write a page').getByRole('link', { name: 'Do this: Write a page' }).getAttribute('href'), 'index.html#page%20written');
    await row('Write a page').getByText('Why not yet?').click();
    await row('Write a page').getByText('Counted so far: A page (Mar 3, 2026), A page (Mar 9, 2026), and A page (Mar 12, 2026)').waitFor();
    assert.match(await row('Thank a colleague').innerText(), /Your first thirty days: A first thank-you[\s\S]+Your team sees it/);
    assert.ok(!(await row('Give a talk').isVisible()), 'more than a few steps are shown at once');
    await steps.getByText('2 more steps').click();
    assert.match(await row('Give a talk').innerText(), /Everyone can see it/);
    await row('Say that you want').getByRole('button', { name: /Say so/ }).click();
    await until('the claim is posted', () => posted.length);
    assert.deepEqual(posted, [['claim', { topics: ['data-moves', 'postgres', 'timetable'] }]]);
    await steps.getByRole('button', { name: /^Publish your profile/ }).click();
    await until('publishing is posted', () => posted.length === 2);
    assert.deepEqual(posted[1], ['publish', {}]);
    await close();
  });

  it('let a member claim topics, take them back, and add one that nothing speaks for yet', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics>`, {}, recording());
    const topics = page.locator('known-for-topics');
    assert.match(await topics.locator('[part=topic]').first().innerText(), /Moving data[\s\S]*pages written: 4[\s\S]*colleagues who say so: 3/);
    assert.equal(await topics.getByRole('meter', { name: 'How much speaks for Moving data' }).getAttribute('aria-valuenow'), '21');
    await topics.getByRole('button', { name: 'Say so: The timetable model' }).click();
    await until('it is claimed', () => posted.length === 1);
    await topics.getByRole('button', { name: 'Take back: The timetable model' }).click();
    await until('it is taken back', () => posted.length === 2);
    await topics.getByLabel('I want to be known for').fill('the TIMETABLE model');
    await topics.getByRole('button', { name: 'Add' }).click();
    await until('it is added', () => posted.length === 3);
    await topics.getByLabel('I want to be known for').fill('Ferries');
    await page.keyboard.press('Enter');
    await until('another is added', () => posted.length === 4);
    const said = ['data-moves', 'postgres'];
    assert.deepEqual(posted.map(([path, { topics }]) => [path, topics]), [['claim', [...said, 'timetable']], ['claim', said], ['claim', [...said, 'timetable']], ['claim', [...said, 'timetable', 'Ferries']]]);
    await close();
  });

  it('keep every topic that is claimed while a slow server takes the first', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics><known-for-steps></known-for-steps>`, {}, recording(300));
    const topics = page.locator('known-for-topics');
    await page.locator('known-for-steps').getByRole('button', { name: /Say so/ }).click();
    for (const topic of ['one', 'two']) {
      await topics.getByLabel('I want to be known for').fill(topic);
      await page.keyboard.press('Enter');
    }
    await topics.getByRole('button', { name: 'Take back: PostgreSQL' }).click();
    await topics.getByRole('button', { name: 'Say so: PostgreSQL' }).waitFor();
    assert.deepEqual(posted.at(-1), ['claim', { topics: ['data-moves', 'timetable', 'one', 'two'] }]);
    await close();
  });

  it('keep what was claimed while an older view is still being read', async () => {
    let percent = 65;
    const server = recording();
    const { page, posted, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics><known-for-profile></known-for-profile>`, {}, server);
    const claim = async (topic) => {
      await page.locator('known-for-topics').getByLabel('I want to be known for').fill(topic);
      await page.keyboard.press('Enter');
      await until(`${topic} is claimed`, () => posted.some(([, { topics }]) => topics.at(-1) === topic));
    };
    const ring = page.locator('known-for-profile [role=progressbar]').first();
    await ring.waitFor();
    // What is read from now on was answered before the claim, and takes its time.
    let read;
    const answers = [];
    await page.route('**/api/view', (route) => {
      const view = { ...server.view(), profile: { ...views.own.profile, percent } };
      answers.push(() => route.fulfill({ json: view }));
      read?.();
    });
    const asked = new Promise((resolve) => { read = resolve; });
    percent = 80;
    await page.locator('#mara').evaluate((source) => { source.refresh(); });
    await asked;
    await claim('one');
    await answers[0]();
    await until('the older view is shown', async () => (await ring.getAttribute('aria-valuenow')) === '80');
    await claim('two');
    assert.deepEqual(posted.at(-1), ['claim', { topics: ['data-moves', 'postgres', 'one', 'two'] }]);
    await close();
  });

  it('have a deed behind them once it is answered, though what it has changed is still being read', async () => {
    let read = false;
    const { page, posted, close } = await stage(`${SOURCE.replace('why=', 'board="api/board" why=')}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos><known-for-topics></known-for-topics>`, {}, { board: () => ({ board: 'helpful', name: 'Helpful', currency: 'Recognition', joined: false, rows: [] }) });
    const thank = page.getByRole('button', { name: 'Thank', exact: true });
    await page.locator('known-for-topics [part=topic]').first().waitFor();
    await page.route(/\/api\/(view|board)/, () => { read = true; });
    await thank.click();
    await page.getByText('Your thanks to Jonas were sent.').waitFor();
    assert.equal(await thank.getAttribute('aria-disabled'), null);
    await until('what it has changed is read', () => read);
    await thank.click();
    for (const topic of ['one', 'two']) {
      await page.getByLabel('I want to be known for').fill(topic);
      await page.keyboard.press('Enter');
    }
    await until('all is posted', () => posted.length === 4);
    assert.deepEqual(posted.map(([path, { topics }]) => [path, topics?.slice(2)]), [['kudos', undefined], ['kudos', undefined], ['claim', ['one']], ['claim', ['one', 'two']]]);
    await close();
  });

  it('send nothing twice while the first is on its way', async () => {
    let answer;
    const answered = new Promise((resolve) => { answer = resolve; });
    const { page, posted, close } = await stage(`${SOURCE}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos><known-for-challenge></known-for-challenge><known-for-steps></known-for-steps>`, {}, { post: () => answered });
    const buttons = [page.getByRole('button', { name: 'Thank', exact: true }), page.getByRole('button', { name: 'Leave' }), page.getByRole('button', { name: /^Publish your profile/ })];
    await page.getByText('more steps').click();
    for (const button of buttons) await button.dblclick();
    await until('all is on its way', () => posted.length >= 3);
    await page.waitForTimeout(200);
    const paths = ['kudos', 'challenges/first-month/leave', 'publish'];
    assert.deepEqual(posted.map(([path]) => path), paths);
    answer();
    await page.getByText('Your thanks to Jonas were sent.').waitFor();
    for (const button of buttons) await button.click();
    await until('all is sent again', () => posted.length === 6);
    assert.deepEqual(posted.map(([path]) => path), [...paths, ...paths]);
    await close();
  });

  it('say when a deed failed, keep what was written, and are quiet again once it is done', async () => {
    const answers = { refuse: true };
    const { page, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics><known-for-challenge></known-for-challenge>`, {}, answers);
    const topics = page.locator('known-for-topics');
    await topics.getByLabel('I want to be known for').fill('Ferries');
    await page.keyboard.press('Enter');
    await topics.getByRole('alert').getByText('That did not work.').waitFor();
    assert.equal(await topics.getByLabel('I want to be known for').inputValue(), 'Ferries');
    const challenge = page.locator('known-for-challenge');
    await challenge.getByRole('button', { name: 'Leave' }).click();
    await challenge.getByRole('alert').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.route('**/api/me/**', (route) => route.fulfill({ status: 204 }));
    await topics.getByRole('button', { name: 'Add' }).click();
    await until('it is quiet', async () => (await topics.getByRole('alert').count()) === 0);
    await close([/500/]);
  });

  it('do not say that thanks were sent where nothing says whereto', async () => {
    const { page, close } = await stage('<known-for-source view="api/view"></known-for-source><known-for-kudos to="jonas" name="Jonas"></known-for-kudos>');
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('Your thanks could not be sent.').waitFor();
    await close();
  });

  it('do not take an answer that could not be had for nobody', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-experts></known-for-experts>`);
    await page.route('**/api/experts*', (route) => route.fulfill({ status: 500 }));
    await page.getByLabel('Topic').fill('whales');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('That did not work.').waitFor();
    assert.equal(await page.getByText('Nobody says so').count(), 0);
    await close([/500/]);
  });

  it('show of a colleague what is shared, and nothing to press', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics><known-for-gains>gains</known-for-gains><known-for-steps>steps</known-for-steps><known-for-challenge>challenge</known-for-challenge><known-for-celebration>news</known-for-celebration>`, {}, { view: () => views.colleague });
    const topics = page.locator('known-for-topics');
    await topics.locator('[part=topic]').first().waitFor();
    assert.equal(await topics.locator('[part=topic]').count(), 2);
    assert.equal(await topics.locator('button, input').count(), 0);
    // What is for the member alone is not drawn: the page's own content stays.
    for (const text of ['gains', 'steps', 'challenge', 'news']) assert.ok(await page.getByText(text, { exact: true }).isVisible(), text);
    await close();
  });

  it('find who is known for a topic, and say kindly that nobody is', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-experts person-href="people/{member}"></known-for-experts>`);
    const experts = page.locator('known-for-experts');
    const search = experts.getByRole('search').getByLabel('Topic');
    await until('topics are suggested', async () => (await experts.locator('datalist option').count()) === 3);
    await search.fill('moving DATA');
    await search.press('Enter');
    await experts.getByText('2 colleagues are known for Moving data').waitFor();
    assert.equal(await experts.getByRole('link', { name: 'Jonas Lie' }).getAttribute('href'), 'people/jonas');
    assert.match(await experts.getByRole('listitem').first().innerText(), /pages written: 6[\s\S]*colleagues who say so: 4/);
    assert.match(await experts.getByRole('listitem').nth(1).innerText(), /Mara Voss[\s\S]*you/);
    await search.fill('whales');
    await experts.getByRole('button', { name: 'Search' }).click();
    await experts.getByRole('status').getByText('Nobody says so of whales yet.').waitFor();
    assert.equal(await experts.getByRole('listitem').count(), 0);
    await close();
  });

  it('show a challenge with its days, its steps, and what all reach together', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-challenge></known-for-challenge>`, { timezoneId: 'America/Los_Angeles' });
    const challenge = page.locator('known-for-challenge');
    await challenge.locator('[part=together]').waitFor();
    assert.match(await challenge.locator('[part=card]').innerText(), /Mar\s2,\s2026 to Mar\s31,\s2026/);
    const table = challenge.getByRole('table', { name: 'Calendar of the challenge' });
    assert.deepEqual(await table.getByRole('columnheader').evaluateAll((heads) => heads.map(({ abbr }) => abbr[0])), ['S', 'M', 'T', 'W', 'T', 'F', 'S']);
    // The second of March 2026 is a Monday: the first week has a Sunday before it.
    assert.equal((await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).map((text) => text.trim().split(/\D/)[0]).join(), ',2,3,4,5,6,7');
    assert.match(await table.locator('[aria-current=date]').innerText(), /^12/);
    assert.equal(await table.getByText('day of rest').count(), 8);
    assert.match(await challenge.locator('[part=task]').nth(0).innerText(), /Say who you are\s+Done/);
    assert.match(await challenge.locator('[part=task]').nth(1).innerText(), /pages: 0 of 1/);
    assert.match(await challenge.locator('[part=task]').nth(2).innerText(), /From Mar\s23,\s2026/);
    assert.match(await challenge.locator('[part=together]').innerText(), /12 colleagues[\s\S]*pages: 31 of 40/);
    assert.match(await challenge.locator('[part=change]').innerText(), /Profile: 20%, now 65%[\s\S]*Recognition: 0, now 1,240/);
    await challenge.getByRole('button', { name: 'Leave' }).click();
    await until('leaving is posted', () => posted.length);
    assert.deepEqual(posted, [['challenges/first-month/leave', {}]]);
    await close();
  });

  for (const [how, clicks, topic] of [
    ['for what, then thank', ['Moving data', 'Thank'], 'data-moves'],
    ['thank, then for what', ['Thank', 'PostgreSQL'], 'postgres'],
    ['thank, and for nothing in particular', ['Thank', 'Just thank'], null],
  ]) {
    it(`thank in two clicks: ${how}`, async () => {
      const { page, posted, close } = await stage(`${SOURCE}<known-for-kudos></known-for-kudos>`, {}, { view: () => views.colleague });
      const kudos = page.locator('known-for-kudos');
      for (const name of clicks) {
        assert.equal(posted.length, 0);
        await kudos.getByRole('button', { name, exact: true }).click();
      }
      await kudos.getByRole('status').getByText('Your thanks to Jonas Lie were sent.').waitFor();
      assert.deepEqual(posted, [['kudos', { to: 'jonas', topic }]]);
      await close();
    });
  }

  it('say when thanks could not be sent, and tell the page', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>`, {}, { refuse: true });
    await page.evaluate(() => addEventListener('known-for-error', ({ detail }) => { window.failed = detail.error.message; }));
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('Your thanks could not be sent.').waitFor();
    assert.match(await page.evaluate(() => window.failed), /answered 500/);
    await close([/500/]);
  });

  it('say of nobody that they were thanked when it was somebody else', async () => {
    let answer;
    const answered = new Promise((resolve) => { answer = resolve; });
    const { page, posted, close } = await stage(`${SOURCE}<known-for-kudos to="ada" name="Ada"></known-for-kudos>`, {}, { post: () => answered });
    const kudos = page.locator('known-for-kudos');
    await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
    await until('thanks are on their way', () => posted.length);
    await kudos.evaluate((element) => { element.setAttribute('to', 'bob'); element.setAttribute('name', 'Bob'); });
    await kudos.getByText('Thank Bob').waitFor();
    const reread = page.waitForResponse('**/api/view');
    answer();
    await reread;
    await page.waitForTimeout(200);
    assert.equal(await kudos.getByText('were sent').count(), 0);
    await close();
  });

  it('leave a deed to the page where it wants that', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>`);
    await page.evaluate(() => addEventListener('known-for-thank', (event) => { event.preventDefault(); window.thanked = event.detail; }));
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('Your thanks to Jonas were sent.').waitFor();
    assert.deepEqual(await page.evaluate(() => window.thanked), { to: 'jonas', topic: null });
    assert.deepEqual(posted, []);
    await close();
  });

  it('celebrate once, and nothing of what was before', async () => {
    let view = views.own;
    const { page, close } = await stage(`${SOURCE}<known-for-celebration></known-for-celebration>`, {}, { view: () => view });
    const news = page.locator('known-for-celebration');
    const status = news.getByRole('status');
    await until('it is drawn', async () => (await status.count()) === 1);
    assert.equal(await news.locator('[part=card]').count(), 0, 'history is told as news');
    const badge = { ...views.own.badges.earned[0], face: { ...views.own.badges.earned[0].face, grade: 'silver' } };
    view = { ...view, badges: { earned: [badge, views.own.badges.earned[1]] }, standing: { ...view.standing, level: { number: 3, of: 4, name: 'Known voice' } } };
    await page.locator('#mara').evaluate((source) => source.refresh());
    await news.locator('[part=card]').waitFor();
    assert.equal(await status.textContent(), 'New for you: Helpful, Silver and Level Known voice');
    await news.getByRole('button', { name: 'Close' }).click();
    await until('it is closed', async () => (await news.locator('[part=card]').count()) === 0);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'known-for-celebration', 'the focus is lost');
    // Seen once, on whatever page: the same again is no news.
    await page.reload();
    await until('it is drawn', async () => (await status.count()) === 1);
    await page.waitForTimeout(200);
    assert.equal(await news.locator('[part=card]').count(), 0);
    await close();
  });

  it('take for news what rises, in times or in grade, and not what falls', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-badges></known-for-badges><known-for-celebration></known-for-celebration>`);
    const badges = page.locator('known-for-badges');
    await badges.locator('[part=badge]').first().waitFor();
    await page.evaluate(() => addEventListener('known-for-earned', ({ detail }) => { window.earned = detail.badges.map(({ times, face }) => `${times} ${face.grade}`); }));
    const [helpful, ...others] = views.own.badges.earned;
    const show = async (times, grade) => {
      const view = { ...views.own, badges: { earned: [{ ...helpful, times, face: { ...helpful.face, grade } }, ...others] } };
      await page.locator('#mara').evaluate((source, view) => { window.earned = []; source.view = view; }, view);
      await badges.getByText(`${times} times`).waitFor();
      await badges.locator('[part=badge]', { hasText: grade[0].toUpperCase() + grade.slice(1) }).first().waitFor();
      await page.waitForTimeout(100);
      const celebrated = await page.locator('known-for-celebration [part=badge]').allInnerTexts();
      const close = page.locator('known-for-celebration').getByRole('button', { name: 'Close' });
      if (celebrated.length > 0) await close.click();
      return [await badges.getByRole('status').textContent(), await badges.locator('.new').count(), await page.evaluate(() => window.earned), celebrated.length];
    };
    assert.deepEqual(await show(3, 'gold'), ['New badge: Helpful, Gold', 1, ['3 gold'], 1]);
    assert.deepEqual(await show(2, 'gold'), ['', 0, [], 0]);
    assert.deepEqual(await show(3, 'gold'), ['New badge: Helpful, Gold', 1, ['3 gold'], 0]);
    assert.deepEqual(await show(3, 'silver'), ['', 0, [], 0]);
    await close();
  });

  it('celebrate what came while the page was closed, without motion where that is asked for', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-celebration></known-for-celebration>`, { motion: 'reduce' });
    await until('it is drawn', async () => (await page.locator('known-for-celebration [role=status]').count()) === 1);
    await page.evaluate(() => localStorage.setItem('known-for-told:mara', '["badge first-page ","level 2"]'));
    await page.reload();
    const badge = page.locator('known-for-celebration [part=badge]');
    await badge.waitFor();
    assert.match(await badge.innerText(), /Helpful, Bronze/);
    assert.equal(await badge.evaluate((node) => node.getAnimations({ subtree: true }).length), 0);
    await close();
  });

  it('say what a member has from it', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-gains></known-for-gains>`, { lang: 'de' });
    const gain = page.locator('known-for-gains [part=gain]');
    assert.match(await gain.first().innerText(), /214\s+times somebody opened/);
    assert.equal(await gain.count(), 2, 'what is not there yet is shown');
    await close();
  });

  it('say where points come from, why, and why not more, when asked and not before', async () => {
    const asked = [];
    const ask = (name, answer) => (query) => { asked.push(name); return answer(query); };
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`, {}, {
      entries: ask('entries', () => views.entries),
      why: ask('why', () => views.reasons.rule),
      'why-not': ask('why-not', () => views.reasons.skips),
    });
    const standing = page.locator('known-for-standing');
    await standing.getByText('Where your points come from').waitFor();
    assert.deepEqual(asked, []);
    await standing.getByText('Where your points come from').click();
    const entry = standing.locator('[part=entry]').first();
    await entry.waitFor();
    assert.match(await entry.innerText(), /\+20[\s\S]*Your answer helped/);
    assert.deepEqual(asked, ['entries']);
    await entry.getByText('Why?', { exact: true }).click();
    await entry.getByText('at most 5 times a day, used before: 1').waitFor();
    await entry.getByText('It rests on: An answer (Mar 7, 2026)').waitFor();
    await entry.getByText('Why not more?').click();
    await entry.getByText('A long answer: it did not meet a condition').waitFor();
    assert.deepEqual(asked, ['entries', 'why', 'why-not']);
    await close();
  });

  it('say how many activities count where not all of them are named', async () => {
    const activities = Array.from({ length: 50 }, (_, index) => views.pageOn(index % 5 + 1));
    const many = { counted: 60, activities };
    const latest = 'A page (Mar 1, 2026), A page (Mar 2, 2026), A page (Mar 3, 2026), A page (Mar 4, 2026), and A page (Mar 5, 2026)';
    const { page, close } = await stage(`${SOURCE}<known-for-badges></known-for-badges>`, {}, {
      why: () => ({ ...views.reasons.badge, ...many }),
      'why-not': () => ({ parts: [{ ...views.reasons.missing.parts[0], ...many }] }),
    });
    await page.getByText('Why?').first().click();
    await page.getByText(`It rests on 60 activities, the latest: ${latest}`).waitFor();
    await page.getByText('Why not yet?').first().click();
    await page.getByText(`Counted so far: 60 activities, the latest: ${latest}`).waitFor();
    await close();
  });

  it('say of what there is more than enough that it is', async () => {
    const [part] = views.reasons.missing.parts;
    const parts = [[4, 1], [10, 10], [3, 5]].map(([value, goal], index) => ({ ...part, name: `part ${index}`, value, goal, counted: 0 }));
    const { page, close } = await stage(`${SOURCE}<known-for-badges></known-for-badges>`, {}, { 'why-not': () => ({ parts }) });
    await page.getByText('Why not yet?').first().click();
    const told = page.locator('known-for-badges [part=reason] li');
    await told.first().waitFor();
    assert.deepEqual(await told.allInnerTexts(), ['part 0: 4, where 1 is enough', 'part 1: 10 of 10', 'part 2: 3 of 5']);
    await close();
  });

  it('say within how long a limit counts, in the largest unit that is exact', async () => {
    const spans = [[172_800, '2 days'], [129_600, '36 hours'], [3_600, '1 hour'], [5_400, '90 minutes'], [1_800, '30 minutes'], [90, '90 seconds']];
    const limits = spans.map(([within_seconds]) => ({ limit: 'answer', times: 5, used: 1, within_seconds }));
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`, {}, { why: () => ({ ...views.reasons.rule, limits }) });
    await page.getByText('Where your points come from').click();
    await page.getByText('Why?', { exact: true }).first().click();
    const told = await page.locator('[part=reason] li').allInnerTexts();
    assert.deepEqual(told, spans.map(([, span]) => `at most 5 times within ${span}, used before: 1`));
    await close();
  });

  it('offer no reason for points that the member has spent', async () => {
    const spent = { member: 'mara', at: '2026-03-11T09:00:00+01:00', source: 'shop', activity: '9', kind: 'reward.redeemed', reward: 'book', name: 'A book', currency: 'recognition', amount: -100 };
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`, {}, { entries: () => [spent, ...views.entries] });
    await page.getByText('Where your points come from').click();
    const entries = page.locator('[part=entry]');
    await entries.first().waitFor();
    assert.match(await entries.first().innerText(), /100[\s\S]*A book/);
    assert.deepEqual(await Promise.all([0, 1].map((index) => entries.nth(index).locator('summary').count())), [0, 2]);
    await close();
  });

  it('draw a year of days without making a formatter for each', async () => {
    const calendar = Array.from({ length: 366 }, (_, index) => ({ date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10) }));
    const { page, close } = await stage('<known-for-source></known-for-source><known-for-challenge></known-for-challenge>');
    const made = await page.evaluate(async (view) => {
      let made = 0;
      for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'Locale']) {
        Intl[name] = new Proxy(Intl[name], { construct: (...what) => { made += 1; return Reflect.construct(...what); } });
      }
      await customElements.whenDefined('known-for-source');
      document.querySelector('known-for-source').view = view;
      while (document.querySelector('known-for-challenge').shadowRoot?.querySelector('table') == null) await new Promise(requestAnimationFrame);
      return made;
    }, { ...views.own, challenges: [{ ...views.challenge, calendar }] });
    assert.equal(await page.locator('known-for-challenge td').filter({ hasText: /\d/ }).count(), 366);
    assert.ok(made < 20, `${made} formatters`);
    await close();
  });

  it('are used by keyboard alone, and the focus follows what was pressed', async () => {
    let view = views.own;
    const { page, posted, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics>`, {}, { view: () => view });
    await page.locator('known-for-topics [part=topic]').first().waitFor();
    const focused = () => page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('aria-label') ?? active?.localName;
    });
    const seen = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    assert.deepEqual(seen, ['Take back: Moving data', 'Take back: PostgreSQL', 'Say so: The timetable model', 'input', 'button']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('Ferries');
    await page.keyboard.press('Enter');
    await until('it is added', () => posted.length);
    assert.equal(await focused(), 'input');
    await page.keyboard.press('Shift+Tab');
    view = { ...view, topics: views.topics.map((topic) => ({ ...topic, claimed: true })) };
    await page.keyboard.press('Enter');
    await until('the focus has followed', async () => (await focused()) === 'Take back: The timetable model');
    assert.equal(await page.locator('known-for-topics').getByRole('status').textContent(), 'You say that you want to be known for The timetable model');
    await close();
  });

  it('do not take somebody else for news', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`);
    const status = page.locator('known-for-standing').getByRole('status');
    const show = (change) => page.locator('#mara').evaluate((source, view) => { source.view = view; }, { ...views.own, ...change });
    const points = (total) => ({ standing: { ...views.own.standing, points: [{ ...views.own.standing.points[0], total }] } });
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    await show({ member: 'ines', ...points(174) });
    await page.locator('known-for-standing').getByText('174').first().waitFor();
    assert.equal(await status.textContent(), '');
    await show({ member: 'ines', ...points(175) });
    await until('what is new is said', async () => (await status.textContent()) === 'Recognition: now 175');
    await page.evaluate((view) => {
      const second = document.createElement('known-for-source');
      document.querySelector('main').append(second);
      second.view = view;
      document.querySelector('#mara').remove();
    }, { ...views.own, member: 'ines', ...points(176) });
    await page.locator('known-for-standing').getByText('176').first().waitFor();
    assert.equal(await status.textContent(), '');
    await close();
  });

  it('follow the page into another language', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`);
    const figure = page.locator('known-for-standing [part=figure]').first();
    await until('it is drawn', async () => (await figure.innerText()) === '1,240');
    await page.evaluate(() => { document.documentElement.lang = 'de'; });
    await until('it is drawn anew', async () => (await figure.innerText()) === '1.240');
    await close();
  });

  it('take texts that replace the English ones', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>`);
    await page.locator('#mara').evaluate((source) => { source.texts = { kudos: 'Danke, {name}', 'kudos-do': 'Danken' }; });
    await page.getByText('Danke, Jonas').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Danken' }).isVisible());
    await close();
  });
});
