/** What members do with the elements: claims, thanks and challenges, also with a slow or failing server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { elements, offered, onStage, openChallenge, SOURCE, THANKS, WITH_BOARD } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, caughtUp, until } from './waiting.mjs';

describe('the deeds of the elements', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  /** A server that takes its time, and holds what it was told last to be all that is claimed. */
  const recording = (milliseconds = 0) => {
    let view = views.own;
    const post = async ([, { topics: said }]) => {
      await new Promise((done) => setTimeout(done, milliseconds));
      const others = said.filter((topic) => !views.topics.some((known) => known.topic === topic));
      const known = [
        ...views.topics,
        ...others.map((topic) => ({ topic, name: topic, strength: 0, confirmed: 0, evidence: [] })),
      ];
      view = { ...view, topics: known.map((topic) => ({ ...topic, claimed: said.includes(topic.topic) })) };
    };
    return { view: () => view, post };
  };

  it('let a member claim topics, take them back, and add one that nothing speaks for yet', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-topics></known-for-topics>`, {}, recording());
    const topics = page.locator('known-for-topics');
    await becomes(
      () => topics.locator('[part=topic]').first().innerText(),
      /Moving data\s+PF\s+Petra Falk and two more say so\. Shown by deeds: pages written \(four\)\./,
    );
    // One strand that she says so, one that something shows it, and one for each of three colleagues.
    assert.deepEqual(
      await topics.locator('[part=thread]').evaluateAll((threads) => threads.map(({ children }) => children.length)),
      [5, 1, 2],
    );
    await topics.getByRole('button', { name: 'Say so: The timetable model' }).click();
    await until('it is claimed', () => posted.length === 1);
    await topics.getByRole('button', { name: 'Take back: The timetable model' }).click();
    await until('it is taken back', () => posted.length === 2);
    // Only a topic that is suggested can be recognised, whatever its capitals.
    await becomes(() => topics.locator('datalist option').count(), 3);
    await topics.getByLabel('I want to be known for').fill('the TIMETABLE model');
    await topics.getByRole('button', { name: 'Add' }).click();
    await until('it is added', () => posted.length === 3);
    await topics.getByLabel('I want to be known for').fill('Ferries');
    await page.keyboard.press('Enter');
    await until('another is added', () => posted.length === 4);
    const said = ['data-moves', 'postgres'];
    assert.deepEqual(
      posted.map(([path, { topics }]) => [path, topics]),
      [
        ['claim', [...said, 'timetable']],
        ['claim', said],
        ['claim', [...said, 'timetable']],
        ['claim', [...said, 'timetable', 'Ferries']],
      ],
    );
    await close();
  });

  it('ask one question as the lead of a page, say who will see the answer, and become its sentence', async () => {
    let view = { ...views.own, topics: [], claim_audience: 'private' };
    const post = ([, { topics }]) => {
      const [topic] = topics;
      view = { ...view, topics: [{ topic, name: topic, claimed: true, strength: 0, confirmed: 0, evidence: [] }] };
    };
    const lead = '<known-for-topics lead heading-level="2"></known-for-topics>';
    const { page, posted, close } = await stage(SOURCE + lead, {}, { view: () => view, post });
    const title = page.locator('known-for-topics').getByRole('heading', { level: 2 });
    await becomes(() => title.innerText(), 'What do you want to be known for?');
    assert.equal(await page.locator('known-for-topics [part=audience]').innerText(), 'Only you see it');
    assert.deepEqual(await axe(page), []);
    await page.getByLabel('I want to be known for').fill('Ferries');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await becomes(() => title.innerText(), 'You want to be known for Ferries');
    assert.deepEqual(posted, [['claim', { topics: ['Ferries'] }]]);
    for (const [strength, confirmed, sentence] of [
      [3, 2, 'You are becoming known for Ferries'],
      [9, 3, 'You are known for Ferries'],
    ]) {
      view = { ...view, topics: [{ ...view.topics[0], strength, confirmed }] };
      await page.locator('#mara').evaluate((source) => source.refresh());
      await becomes(() => title.innerText(), sentence);
      assert.equal(await page.locator('[part=thread] path').count(), 2 + confirmed);
    }
    await close();
  });

  it('wait while a step is sent, say that it is kept, take it back, and go where nothing is offered', async () => {
    const [step] = views.steps.filter(({ target }) => target === 'claim');
    let view = { ...views.own, steps: [step] };
    let answer;
    const { page, posted, close } = await stage(`${SOURCE}<known-for-steps></known-for-steps>`, {}, {
      view: () => view,
      post: ([, { topics }]) => {
        const claims = new Set(topics);
        view = {
          ...view,
          topics: view.topics.map((topic) => ({ ...topic, claimed: claims.has(topic.topic) })),
          steps: claims.has(step.id) ? [] : [step],
        };
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    const steps = page.locator('known-for-steps');
    const claim = steps.locator('[data-claim]');
    await claim.waitFor();
    const { width } = await claim.boundingBox();
    await claim.click();
    await becomes(() => claim.getAttribute('aria-busy'), 'true');
    assert.equal((await claim.boundingBox()).width, width);
    await until('it is sent', () => answer);
    answer();
    await page.locator('#mara').evaluate((source) => source.refresh());
    await steps.getByText('You say that you want to be known for The timetable model').waitFor();
    await becomes(
      () => steps.evaluate(({ shadowRoot }) => shadowRoot.activeElement?.textContent),
      'Take back',
    );
    answer = undefined;
    await steps.getByRole('button', { name: 'Take back' }).click();
    await until('it is sent', () => answer);
    answer();
    await page.locator('#mara').evaluate((source) => source.refresh());
    await claim.waitFor();
    assert.deepEqual(posted.map(([path]) => path), ['claim', 'claim']);
    view = { ...view, steps: [] };
    await page.locator('#mara').evaluate((source) => source.refresh());
    await until('it is away', () => steps.evaluate((element) => element.matches(':state(away)')));
    assert.equal(await steps.evaluate((element) => getComputedStyle(element).position), 'absolute');
    await close();
  });

  it('keep every topic that is claimed while a slow server takes the first', async () => {
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-topics></known-for-topics><known-for-steps></known-for-steps>`,
      {},
      recording(300),
    );
    const topics = page.locator('known-for-topics');
    await (await offered(page, /The timetable model/)).getByRole('button', { name: /Say so/ }).click();
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
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-topics></known-for-topics><known-for-profile></known-for-profile>`,
      {},
      server,
    );
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
    const asked = new Promise((resolve) => {
      read = resolve;
    });
    percent = 80;
    await page.locator('#mara').evaluate((source) => {
      source.refresh();
    });
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
    const { page, posted, close } = await stage(
      `${WITH_BOARD}${THANKS}${elements('topics')}`,
      {},
      { board: () => ({ board: 'helpful', name: 'Helpful', currency: 'Recognition', joined: false, audience: 'company', rows: [] }) },
    );
    const thank = page.getByRole('button', { name: 'Thank', exact: true });
    await page.locator('known-for-topics [part=topic]').first().waitFor();
    await page.route(/\/api\/(view|board)/, () => {
      read = true;
    });
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
    assert.deepEqual(
      posted.map(([path, { topics }]) => [path, topics?.slice(2)]),
      [
        ['kudos', undefined],
        ['kudos', undefined],
        ['claim', ['one']],
        ['claim', ['one', 'two']],
      ],
    );
    await close();
  });

  it('send nothing twice while the first is on its way', async () => {
    let answer;
    const answered = new Promise((resolve) => {
      answer = resolve;
    });
    const { page, posted, close } = await stage(
      `${SOURCE}${THANKS}${elements('challenge', 'steps')}`,
      {},
      { post: () => answered },
    );
    const buttons = [
      page.getByRole('button', { name: 'Thank', exact: true }),
      page.getByRole('button', { name: 'Leave' }),
      page.getByRole('button', { name: /^Publish your profile/ }),
    ];
    await openChallenge(page);
    await offered(page, /Publish your profile/);
    for (const button of buttons) await button.dblclick();
    await until('all is on its way', () => posted.length >= 3);
    await caughtUp(page);
    const paths = ['kudos', 'challenges/first-month/leave', 'publish'];
    assert.deepEqual(
      posted.map(([path]) => path),
      paths,
    );
    answer();
    await page.getByText('Your thanks to Jonas were sent.').waitFor();
    for (const button of buttons) await button.click();
    await until('all is sent again', () => posted.length === 6);
    assert.deepEqual(
      posted.map(([path]) => path),
      [...paths, ...paths],
    );
    await close();
  });

  it('say when a deed failed, keep what was written, and are quiet again once it is done', async () => {
    const answers = { refuse: true };
    const { page, close } = await stage(
      `${SOURCE}<known-for-topics></known-for-topics><known-for-challenge></known-for-challenge>`,
      {},
      answers,
    );
    const topics = page.locator('known-for-topics');
    await topics.getByLabel('I want to be known for').fill('Ferries');
    await page.keyboard.press('Enter');
    await topics.getByRole('alert').getByText('That did not work.').waitFor();
    await becomes(() => topics.getByLabel('I want to be known for').inputValue(), 'Ferries');
    const challenge = page.locator('known-for-challenge');
    await openChallenge(page);
    await challenge.getByRole('button', { name: 'Leave' }).click();
    await challenge.getByRole('alert').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.route('**/api/me/**', (route) => route.fulfill({ status: 204 }));
    await topics.getByRole('button', { name: 'Add' }).click();
    await becomes(() => topics.getByRole('alert').count(), 0);
    await close([/500/]);
  });

  it('do not say that thanks were sent where nothing says whereto', async () => {
    const { page, close } = await stage(`<known-for-source view="api/view"></known-for-source>${THANKS}`);
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
    assert.equal(await page.getByText('Nobody says they are known for').count(), 0);
    await close([/500/]);
  });

  it('ask whether others may see the name, beside a topic and where the page says who would', async () => {
    const answers = { view: () => views.colleague };
    const stageOf = (naming) => stage(`${SOURCE}<known-for-kudos${naming}></known-for-kudos>`, {}, answers);
    const { page, posted, close } = await stageOf(' naming="team"');
    const kudos = page.locator('known-for-kudos');
    const box = kudos.getByRole('checkbox');
    const thank = kudos.getByRole('button', { name: 'Thank', exact: true });
    await thank.waitFor();
    assert.equal(await box.count(), 0);
    await kudos.getByRole('button', { name: 'PostgreSQL' }).click();
    const asked = () => kudos.locator('[part=naming]').innerText();
    await becomes(asked, /Others may see my name beside it\s+Your team sees it/);
    await box.check();
    // Another topic is another question; the answer stands beside it, to be seen.
    await kudos.getByRole('button', { name: 'Moving data' }).click();
    assert.equal(await box.isChecked(), true);
    assert.deepEqual(await axe(page), []);
    await thank.click();
    await kudos.getByText('were sent').waitFor();
    await kudos.getByRole('button', { name: 'PostgreSQL' }).click();
    await becomes(() => box.isChecked(), false);
    await thank.click();
    await until('both are posted', () => posted.length === 2);
    assert.deepEqual(posted, [
      ['kudos', { to: 'jonas', topic: 'data-moves', named: true }],
      ['kudos', { to: 'jonas', topic: 'postgres', named: false }],
    ]);
    await close();
    const unasked = await stageOf('');
    await unasked.page.getByRole('button', { name: 'PostgreSQL' }).click();
    await becomes(() => unasked.page.getByRole('button', { name: 'PostgreSQL' }).getAttribute('aria-pressed'), 'true');
    assert.equal(await unasked.page.getByRole('checkbox').count(), 0);
    await unasked.close();
  });

  for (const [how, clicks, topic] of [
    ['for what, then thank', ['Moving data', 'Thank'], 'data-moves'],
    ['thank, then for what', ['Thank', 'PostgreSQL'], 'postgres'],
    ['thank, and for nothing in particular', ['Thank', 'Just thank'], null],
  ]) {
    it(`thank in two clicks: ${how}`, async () => {
      const { page, posted, close } = await stage(
        `${SOURCE}<known-for-kudos></known-for-kudos>`,
        {},
        { view: () => views.colleague },
      );
      const kudos = page.locator('known-for-kudos');
      for (const name of clicks) {
        assert.equal(posted.length, 0);
        await kudos.getByRole('button', { name, exact: true }).click();
      }
      await kudos.getByRole('status').getByText('Your thanks to Jonas Lie were sent.').waitFor();
      assert.deepEqual(posted, [['kudos', { to: 'jonas', topic, named: false }]]);
      await close();
    });
  }

  it('say when thanks could not be sent, and tell the page', async () => {
    const { page, close } = await stage(SOURCE + THANKS, {}, { refuse: true });
    await page.evaluate(() =>
      addEventListener('known-for-error', ({ detail }) => {
        window.failed = detail.error.message;
      }),
    );
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('Your thanks could not be sent.').waitFor();
    assert.match(await page.evaluate(() => window.failed), /answered 500/);
    await close([/500/]);
  });

  it('say of nobody that they were thanked when it was somebody else', async () => {
    let answer;
    const answered = new Promise((resolve) => {
      answer = resolve;
    });
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-kudos to="ada" name="Ada"></known-for-kudos>`,
      {},
      { post: () => answered },
    );
    const kudos = page.locator('known-for-kudos');
    await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
    await until('thanks are on their way', () => posted.length);
    await kudos.evaluate((element) => {
      element.setAttribute('to', 'bob');
      element.setAttribute('name', 'Bob');
    });
    await kudos.getByText('Thank Bob').waitFor();
    const reread = page.waitForResponse('**/api/view');
    answer();
    await reread;
    await caughtUp(page);
    assert.equal(await kudos.getByText('were sent').count(), 0);
    await close();
  });

  it('leave a deed to the page where it wants that', async () => {
    const { page, posted, close } = await stage(SOURCE + THANKS);
    await page.evaluate(() =>
      addEventListener('known-for-thank', (event) => {
        event.preventDefault();
        window.thanked = event.detail;
      }),
    );
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('Your thanks to Jonas were sent.').waitFor();
    assert.deepEqual(await page.evaluate(() => window.thanked), { to: 'jonas', topic: null, named: false });
    await caughtUp(page);
    assert.deepEqual(posted, []);
    await close();
  });
});
