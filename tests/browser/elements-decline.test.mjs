/** Steps that are not for a member: declined and taken back, beside a step and in a challenge. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { elements, offered, onStage, openChallenge, SOURCE } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, until } from './waiting.mjs';

const KEYS = {
  claim: 'claim/timetable',
  writer: 'badge/writer',
  thanks: 'challenge/first-month/thanks',
  publish: 'publish',
  level: 'level',
};
const decline = (key, audience = 'private') => ({ decline: { key, audience } });

/** What Mara is offered: all but the questions of the profile can be declined. */
const steps = [
  ...views.steps.map((step) => {
    const { claim, writer: badge, thanks: challenge, publish, level } = KEYS;
    const keys = { claim, badge, challenge, publish, level };
    return step.field ? step : { ...step, ...decline(keys[step.target]) };
  }),
  // The same deed leads to a level, too.
  { ...views.steps[2], target: 'level', id: 'voice', name: 'Known voice', ...decline(KEYS.level, 'team') },
];
const thanks = { step: 'thanks', name: 'A first thank-you', done: false, from: '2026-03-04', parts: [] };
const challenge = { ...views.challenge, steps: [...views.challenge.steps, thanks] };

/** A server that offers what is not declined. */
const server = () => {
  let declined = [];
  const isOffered = (step) => !declined.includes(step.decline?.key);
  const view = () => ({
    ...views.own,
    steps: steps.filter(isOffered),
    declined: declined.map((key) => ({ key, name: key })),
    challenges: [
      {
        ...challenge,
        steps: challenge.steps.map((step) =>
          declined.includes(`challenge/first-month/${step.step}`) ? { ...step, declined: true } : step,
        ),
      },
    ],
  });
  return {
    view,
    post([path, { steps: said }]) {
      if (path === 'decline-steps') declined = said;
    },
  };
};

describe('steps that are not for a member', () => {
  const running = run(start);
  const stage = (names, look = {}, answers = server()) => onStage(running, SOURCE + elements(...names), look, answers);
  const notForMe = (within, about) => within.getByRole('button', { name: `Not for me: ${about}`, exact: true });

  it('are declined with all that the same deed leads to, and taken back', async () => {
    const { page, posted, close } = await stage(['steps']);
    const element = page.locator('known-for-steps');
    const step = await offered(page, /Write a page others can use/);
    // Who sees a result of declining stands beside it, and is the widest of all.
    await becomes(() => step.locator('.not-for-me').innerText(), /Not for me\s+Your team sees it/);
    assert.deepEqual(await axe(page), []);
    await notForMe(step, 'Write a page others can use').click();
    await element.getByText('This is not offered to you any more.').waitFor();
    assert.doesNotMatch(await step.innerText(), /Write a page/);
    assert.deepEqual(posted, [['decline-steps', { steps: [KEYS.writer, KEYS.level] }]]);
    // The focus is on what takes it back, not on the next step's button.
    const back = element.getByRole('button', { name: /^Take back/ });
    assert.ok(await back.evaluate((button) => button.getRootNode().activeElement === button));
    assert.deepEqual(await axe(page), []);
    await back.click();
    await becomes(() => back.count(), 0);
    assert.deepEqual(posted.at(-1), ['decline-steps', { steps: [] }]);
    await offered(page, /Write a page others can use/);
    await close();
  });

  it('are not those of the profile, whose questions have answers for that', async () => {
    const { page, close } = await stage(['steps']);
    const step = await offered(page, /Write three words/);
    assert.equal(await step.getByRole('button', { name: /Not for me/ }).count(), 0);
    await close();
  });

  it('stay declined when another is declined before the server has answered', async () => {
    let answer;
    const answered = new Promise((resolve) => {
      answer = resolve;
    });
    const slow = server();
    const { post } = slow;
    const { page, posted, close } = await stage(['steps'], {}, {
      ...slow,
      async post(deed) {
        await answered;
        post(deed);
      },
    });
    await notForMe(await offered(page, /timetable/), 'Say that you want to be known for The timetable model').click();
    const other = notForMe(await offered(page, /Publish your profile/), 'Publish your profile when you like it');
    await other.dblclick();
    await until('the first is on its way', () => posted.length);
    answer();
    await until('both are posted', () => posted.length === 2);
    assert.deepEqual(posted, [
      ['decline-steps', { steps: [KEYS.claim] }],
      ['decline-steps', { steps: [KEYS.claim, KEYS.publish] }],
    ]);
    await close();
  });

  it('leave the last word on how to take it back where nothing else is offered', async () => {
    const view = server();
    const all = view.view;
    view.view = () => ({ ...all(), steps: all().steps.filter(({ target }) => target === 'publish') });
    const { page, close } = await stage(['steps'], {}, view);
    await notForMe(page, 'Publish your profile when you like it').click();
    const element = page.locator('known-for-steps');
    await element.getByRole('button', { name: /^Take back/ }).click();
    await notForMe(page, 'Publish your profile when you like it').waitFor();
    await close();
  });

  it('say when that failed', async () => {
    const { page, close } = await stage(['steps'], {}, { ...server(), refuse: true, post: undefined });
    await notForMe(await offered(page, /timetable/), 'Say that you want to be known for The timetable model').click();
    await page.locator('known-for-steps').getByRole('alert').getByText('That did not work.').waitFor();
    await close([/500/]);
  });

  it('can be left to the page', async () => {
    const { page, posted, close } = await stage(['steps']);
    await page.evaluate(() =>
      addEventListener('known-for-decline', (event) => {
        event.preventDefault();
        window.declined = event.detail;
      }),
    );
    await notForMe(await offered(page, /timetable/), 'Say that you want to be known for The timetable model').click();
    await becomes(() => page.evaluate(() => window.declined), { steps: [KEYS.claim] });
    assert.deepEqual(posted, []);
    await close();
  });

  for (const look of [{}, { width: 320, scheme: 'dark' }, { forced: true }])
    it(`are settled in a challenge, and open again when taken back: ${JSON.stringify(look)}`, async () => {
      const { page, posted, close } = await stage(['challenge'], look);
      await openChallenge(page);
      const task = page.locator('known-for-challenge [part=task]', { hasText: 'A first thank-you' });
      const places = () => page.locator('known-for-challenge [part=task] .name').allInnerTexts();
      const before = await places();
      await becomes(() => task.innerText(), /Not for me\s+Only you see it/);
      // A step that is not offered yet has nothing to decline.
      assert.equal(await page.locator('known-for-challenge [data-decline]').count(), 1);
      await notForMe(task, 'A first thank-you').click();
      await task.getByRole('button', { name: 'Take back: A first thank-you' }).waitFor();
      assert.ok(await task.evaluate((item) => item.matches('.declined') && item.innerText.includes('Not for me')));
      // It stands after what is still open.
      const after = await places();
      assert.ok(after.indexOf('A first thank-you') > before.indexOf('A first thank-you'), after.join());
      assert.deepEqual(await axe(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await task.getByRole('button', { name: 'Take back: A first thank-you' }).click();
      await notForMe(task, 'A first thank-you').waitFor();
      assert.deepEqual(posted, [
        ['decline-steps', { steps: [KEYS.thanks] }],
        ['decline-steps', { steps: [] }],
      ]);
      await close();
    });

  it('cannot be changed once the challenge is over', async () => {
    const view = server();
    const all = view.view;
    view.view = () => {
      const shown = all();
      const declined = (step) => (step.step === 'thanks' ? { ...step, declined: true } : step);
      const steps = shown.challenges[0].steps.map(declined);
      return { ...shown, challenges: [{ ...shown.challenges[0], phase: 'over', steps }] };
    };
    const { page, close } = await stage(['challenge'], {}, view);
    await openChallenge(page);
    await page.locator('known-for-challenge .task.declined').waitFor();
    assert.equal(await page.locator('known-for-challenge [data-take-back]').count(), 0);
    await close();
  });
});
