/** Each element in a browser, by itself: what is seen, heard and done, in every look a page may have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { elements, offered, onStage, openChallenge, SOURCE } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, stillness, until } from './waiting.mjs';

const ALL = [
  'celebration',
  'steps',
  'topics',
  'challenge',
  'gains',
  'standing',
  'badges',
  'profile',
  'experts',
  'kudos',
];

describe('the elements', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  const everything = () => {
    const links = 'edit-href="profile.html#{field}" do-href="index.html#{kind}" person-href="index.html#{member}"';
    const all = ALL.map((name) => `<known-for-${name} ${links}></known-for-${name}>`);
    return SOURCE + all.join('').replace('<known-for-kudos', '<known-for-kudos to="jonas" name="Jonas Lie"');
  };

  const looks = [
    {},
    { width: 320 },
    { scheme: 'dark' },
    { width: 320, scheme: 'dark', motion: 'reduce' },
    { forced: true },
    { direction: 'rtl', lang: 'ar' },
    { lang: 'de' },
  ];
  for (const look of looks) {
    it(`leave nothing for axe, the console or the policy to find: ${JSON.stringify(look)}`, async () => {
      const { page, close } = await stage(everything(), look);
      await page.locator('known-for-challenge [part=together]').waitFor({ state: 'attached' });
      for (const name of ALL)
        await page
          .locator(`known-for-${name} [role=status], known-for-${name} [part=card]`)
          .first()
          .waitFor({ state: 'attached' });
      // What is told in a drawer may hold drawers.
      await until('every drawer is open and told', async () => {
        await page.locator('details:not([open])').evaluateAll((closed) =>
          closed.forEach((details) => {
            details.open = true;
          }),
        );
        return (
          (await page.locator('details:not([open])').count()) === 0 &&
          (await page.getByText('One moment').count()) === 0
        );
      });
      await page.locator('known-for-experts input').fill('Moving data');
      await page.locator('known-for-experts input').press('Enter');
      await page.locator('known-for-experts [part=expert]').first().waitFor();
      await stillness(page);
      assert.deepEqual(await axe(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await close();
    });
  }

  it('offer one step with what it leads to and before whom, and others in its place when asked', async () => {
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-steps do-href="index.html#{kind}"></known-for-steps>`,
    );
    const steps = page.locator('known-for-steps');
    const step = steps.locator('[part=next-step]');
    await becomes(() => step.innerText(), /Write three words.*For your profile.*Only you see it/s);
    assert.equal(await step.count(), 1);
    assert.equal(await step.getByRole('button', { name: /^Answer this/ }).count(), 1);
    const asks = new Set();
    for (let asked = 0; asked < 6; asked += 1) {
      asks.add(await step.locator('[part=step-name]').innerText());
      await step.getByRole('button', { name: 'Something else' }).click();
      await becomes(async () => asks.has(await step.locator('[part=step-name]').innerText()), asked === 5);
    }
    assert.equal(asks.size, 6, 'one thing to do is offered once, whatever it leads to, and the first comes again');
    const writing = await offered(page, /Write a page/);
    assert.match(await writing.innerText(), /On the way to the badge Writer[\s\S]+Colleagues see it/);
    assert.equal(
      await writing.getByRole('link', { name: 'Do this: Write a page' }).getAttribute('href'),
      'index.html#page%20written',
    );
    assert.match(
      await (await offered(page, /Thank a colleague/)).innerText(),
      /Your first thirty days: A first thank-you[\s\S]+Your team sees it/,
    );
    await offered(page, /Give a talk[\s\S]+Everyone can see it/);
    await (await offered(page, /Say that you want/)).getByRole('button', { name: /Say so/ }).click();
    await until('the claim is posted', () => posted.length);
    assert.deepEqual(posted, [['claim', { topics: ['data-moves', 'postgres', 'timetable'] }]]);
    await (await offered(page, /Publish your/)).getByRole('button', { name: /^Publish your profile/ }).click();
    await until('publishing is posted', () => posted.length === 2);
    assert.deepEqual(posted[1], ['publish', {}]);
    await close();
  });

  it('show of a colleague what is shared, and nothing to press', async () => {
    const { page, close } = await stage(
      `${SOURCE}${elements('topics')}<known-for-gains>gains</known-for-gains><known-for-steps>steps</known-for-steps>
        <known-for-challenge>challenge</known-for-challenge><known-for-celebration>news</known-for-celebration>`,
      {},
      { view: () => views.colleague },
    );
    const topics = page.locator('known-for-topics');
    await topics.locator('[part=topic]').first().waitFor();
    assert.equal(await topics.locator('[part=topic]').count(), 2);
    assert.equal(await topics.locator('button, input').count(), 0);
    // What is for the member alone is not drawn: the page's own content stays.
    for (const text of ['gains', 'steps', 'challenge', 'news'])
      assert.ok(await page.getByText(text, { exact: true }).isVisible(), text);
    await close();
  });

  it('find who is known for a topic, and say kindly that nobody is', async () => {
    const { page, close } = await stage(
      `${SOURCE}<known-for-experts person-href="people/{member}"></known-for-experts>`,
    );
    const experts = page.locator('known-for-experts');
    const search = experts.getByRole('search').getByLabel('Topic');
    await becomes(() => experts.locator('datalist option').count(), 3);
    await search.fill('moving DATA');
    await search.press('Enter');
    await experts.getByText('2 colleagues are known for Moving data').waitFor();
    assert.equal(await experts.getByRole('link', { name: 'Jonas Lie' }).getAttribute('href'), 'people/jonas');
    assert.match(
      await experts.getByRole('listitem').first().innerText(),
      /So say four colleagues[\s\S]*pages written \(six\)/,
    );
    assert.match(await experts.getByRole('listitem').nth(1).innerText(), /Mara Voss[\s\S]*you/);
    await search.fill('whales');
    await experts.getByRole('button', { name: 'Search' }).click();
    await experts.getByRole('status').getByText('Nobody says they are known for whales yet.').waitFor();
    assert.equal(await experts.getByRole('listitem').count(), 0);
    await close();
  });

  it('show a challenge with its days, its steps, and what all reach together', async () => {
    const { page, posted, close } = await stage(`${SOURCE}<known-for-challenge></known-for-challenge>`, {
      timezoneId: 'America/Los_Angeles',
    });
    const challenge = page.locator('known-for-challenge');
    await openChallenge(page);
    await challenge.locator('[part=together]').waitFor();
    const card = challenge.locator('[part=card]');
    assert.match(await card.innerText(), /Day 11 of 30[\s\S]+1 of 3 steps done\s*Next: A first page/);
    assert.match(await card.innerText(), /Mar\s2,\s2026 to Mar\s31,\s2026/);
    const days = challenge.locator('[part=days]');
    assert.equal(await days.textContent(), 'You did something on 5 days');
    assert.equal(await days.locator('path').count(), 30);
    assert.equal(await days.locator('path.active').count(), 5);
    // A day off looks like a day without anything.
    assert.equal(await days.locator('path.day').count(), 25);
    // The next step comes first, without a nought; then what opens later, then what is done.
    const tasks = await challenge.locator('[part=task]').allInnerTexts();
    assert.deepEqual(tasks[0], 'A first page');
    assert.match(tasks[1], /From Mar\s23,\s2026/);
    assert.match(tasks[2], /Say who you are\s+Done/);
    assert.match(await challenge.locator('[part=together]').innerText(), /10 colleagues or more[\s\S]*pages: most of 40/);
    assert.match(
      await challenge.locator('[part=change]').innerText(),
      /Profile: 20%, now 65%[\s\S]*Recognition: 0, now 1,240/,
    );
    await challenge.getByRole('button', { name: 'Leave' }).click();
    await until('leaving is posted', () => posted.length);
    assert.deepEqual(posted, [['challenges/first-month/leave', {}]]);
    await close();
  });

  it('say what a member has from it', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-gains></known-for-gains>`, { lang: 'de' });
    const gain = page.locator('known-for-gains [part=gain]');
    await becomes(() => gain.first().innerText(), /214\s+times somebody opened/);
    assert.equal(await gain.count(), 2, 'what is not there yet is shown');
    await close();
  });

  it('say where points come from, why, and why not more, when asked and not before', async () => {
    const asked = [];
    const ask = (name, answer) => (query) => {
      asked.push(name);
      return answer(query);
    };
    const { page, close } = await stage(
      `${SOURCE}<known-for-standing></known-for-standing>`,
      {},
      {
        entries: ask('entries', () => views.entries),
        why: ask('why', () => views.reasons.rule),
        'why-not': ask('why-not', () => views.reasons.skips),
      },
    );
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

  it('say each reason why a rule gave less or nothing', async () => {
    const because = ['version', { absent: { attribute: 'words' } }, 'amount', { floor: { floor: -5 } }, 'balanced'];
    const skips = because.map((because, index) => ({
      rule: `r${index}`,
      name: `Rule ${index}`,
      role: 'actor',
      because,
      text: '',
    }));
    const cuts = [
      { from: 40, to: 30 },
      { from: 30, to: 10, limit: 'answer' },
      { from: 10, to: -5, floor: -5 },
    ];
    const { page, close } = await stage(
      `${SOURCE}<known-for-standing></known-for-standing>`,
      {},
      { why: () => ({ ...views.reasons.rule, cuts }), 'why-not': () => ({ skips }) },
    );
    const standing = page.locator('known-for-standing');
    await standing.getByText('Where your points come from').click();
    const entry = standing.locator('[part=entry]').first();
    await entry.getByText('Why?', { exact: true }).click();
    for (const text of [
      '30 of 40, the most that one activity gives',
      '10 of 30, because of a limit',
      '-5 of 10, because the total cannot fall below -5',
    ])
      await entry.getByText(text, { exact: true }).waitFor();
    await entry.getByText('Why not more?').click();
    for (const text of [
      'Rule 0: it did not apply on that day',
      'Rule 1: the activity does not say “words”',
      'Rule 2: it comes to 0 for this activity',
      'Rule 3: the total cannot fall below -5',
      'Rule 4: it gave as much as was taken back',
    ])
      await entry.getByText(text, { exact: true }).waitFor();
    await close();
  });

  it('say how many activities count where not all of them are named', async () => {
    const activities = Array.from({ length: 50 }, (_, index) => views.pageOn((index % 5) + 1));
    const many = { counted: 60, activities };
    const latest = [1, 2, 3, 4].map((day) => `A page (Mar ${day}, 2026), `).join('') + 'and A page (Mar 5, 2026)';
    const { page, close } = await stage(
      `${SOURCE}<known-for-badges></known-for-badges>`,
      {},
      {
        why: () => ({ ...views.reasons.badge, ...many }),
        'why-not': () => ({ parts: [{ ...views.reasons.missing.parts[0], ...many }] }),
      },
    );
    await page.locator('known-for-badges summary').first().click();
    await page.getByText(`It rests on 60 activities, the latest: ${latest}`).waitFor();
    await page.locator('known-for-badges [part=on-the-way] summary').first().click();
    await page.getByText(`Counted so far: 60 activities, the latest: ${latest}`).waitFor();
    await close();
  });

  it('say of what there is more than enough that it is', async () => {
    const [part] = views.reasons.missing.parts;
    const parts = [
      [4, 1],
      [10, 10],
      [3, 5],
    ].map(([value, goal], index) => ({ ...part, name: `part ${index}`, value, goal, counted: 0 }));
    const { page, close } = await stage(
      `${SOURCE}<known-for-badges></known-for-badges>`,
      {},
      { 'why-not': () => ({ parts }) },
    );
    await page.locator('known-for-badges [part=on-the-way] summary').first().click();
    const told = page.locator('known-for-badges [part=reason] li');
    await told.first().waitFor();
    assert.deepEqual(await told.allInnerTexts(), [
      'part 0: 4, where 1 is enough',
      'part 1: 10 of 10',
      'part 2: 3 of 5',
    ]);
    await close();
  });

  it('say within how long a limit counts, in the largest unit that is exact', async () => {
    const spans = [
      [172_800, '2 days'],
      [129_600, '36 hours'],
      [3_600, '1 hour'],
      [5_400, '90 minutes'],
      [1_800, '30 minutes'],
      [90, '90 seconds'],
    ];
    const limits = spans.map(([within_seconds]) => ({
      limit: 'answer',
      per: 'ever',
      times: 5,
      used: 1,
      within_seconds,
    }));
    const { page, close } = await stage(
      `${SOURCE}<known-for-standing></known-for-standing>`,
      {},
      { why: () => ({ ...views.reasons.rule, limits }) },
    );
    await page.getByText('Where your points come from').click();
    await page.getByText('Why?', { exact: true }).first().click();
    const told = () => page.locator('[part=reason] li').allInnerTexts();
    await becomes(
      told,
      spans.map(([, span]) => `at most 5 times within ${span}, used before: 1`),
    );
    await close();
  });

  it('offer no reason for points that the member has spent', async () => {
    const spent = {
      name: 'A book',
      entry: {
        member: 'mara',
        at: '2026-03-11T09:00:00+01:00',
        source: 'shop',
        activity: '9',
        kind: 'reward.redeemed',
        reward: 'book',
        currency: 'recognition',
        amount: -100,
      },
    };
    const { page, close } = await stage(
      `${SOURCE}<known-for-standing></known-for-standing>`,
      {},
      { entries: () => [spent, ...views.entries] },
    );
    await page.getByText('Where your points come from').click();
    const entries = page.locator('[part=entry]');
    await entries.first().waitFor();
    assert.match(await entries.first().innerText(), /100[\s\S]*A book/);
    assert.deepEqual(await Promise.all([0, 1].map((index) => entries.nth(index).locator('summary').count())), [0, 2]);
    await close();
  });

  it('say beside a private currency that only the member sees it', async () => {
    const practice = { currency: 'practice', name: 'Practice', private: true, total: 45, this_month: 30, last_month: 15 };
    const { level, points } = views.own.standing;
    const view = { ...views.own, standing: { level, points: [...points, practice] } };
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`, {}, { view: () => view });
    const seen = page.locator('known-for-standing [part=currency]');
    await seen.nth(1).waitFor();
    const rungs = await seen.evaluateAll((each) => each.map((one) => one.querySelector('[part=audience]')?.textContent));
    assert.deepEqual(rungs.map((text) => text ?? null), [null, 'Only you see it']);
    await close();
  });

  it('draw a year of days without making a formatter for each', async () => {
    const calendar = Array.from({ length: 366 }, (_, index) => ({
      date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    }));
    const { page, close } = await stage(
      '<known-for-source></known-for-source><known-for-challenge></known-for-challenge>',
    );
    const made = await page.evaluate(
      async (view) => {
        let made = 0;
        for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'Locale']) {
          Intl[name] = new Proxy(Intl[name], {
            construct: (...what) => {
              made += 1;
              return Reflect.construct(...what);
            },
          });
        }
        await customElements.whenDefined('known-for-source');
        document.querySelector('known-for-source').view = view;
        while (document.querySelector('known-for-challenge').shadowRoot?.querySelector('[part=days]') == null)
          await new Promise(requestAnimationFrame);
        return made;
      },
      { ...views.own, challenges: [{ ...views.challenge, calendar }] },
    );
    assert.equal(await page.locator('known-for-challenge [part=days] path').count(), 366);
    assert.ok(made < 20, `${made} formatters`);
    await close();
  });

  it('are used by keyboard alone, and the focus follows what was pressed', async () => {
    let view = views.own;
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-topics></known-for-topics>`,
      {},
      { view: () => view },
    );
    await page.locator('known-for-topics [part=topic]').first().waitFor();
    const focused = () =>
      page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.getAttribute('aria-label') ?? active?.localName;
      });
    const seen = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    assert.deepEqual(seen, [
      'Take back: Moving data',
      'Take back: PostgreSQL',
      'Say so: The timetable model',
      'input',
      'button',
    ]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('Ferries');
    await page.keyboard.press('Enter');
    await until('it is added', () => posted.length);
    await becomes(focused, 'input');
    await page.keyboard.press('Shift+Tab');
    view = { ...view, topics: views.topics.map((topic) => ({ ...topic, claimed: true })) };
    await page.keyboard.press('Enter');
    await becomes(focused, 'Take back: The timetable model');
    await becomes(
      () => page.locator('known-for-topics').getByRole('status').textContent(),
      'You say that you want to be known for The timetable model',
    );
    await close();
  });

  it('follow the page into another language', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`);
    const figure = page.locator('known-for-standing [part=figure]').first();
    await becomes(() => figure.innerText(), '1,240');
    await page.evaluate(() => {
      document.documentElement.lang = 'de';
    });
    await becomes(() => figure.innerText(), '1.240');
    await close();
  });

  it('take texts that replace the English ones', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>`);
    await page.locator('#mara').evaluate((source) => {
      source.texts = { kudos: 'Danke, {name}', 'kudos-do': 'Danken' };
    });
    await page.getByText('Danke, Jonas').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Danken' }).isVisible());
    await close();
  });
});
