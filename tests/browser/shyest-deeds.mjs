/**
 * Deeds of two people who would rather not be seen, in the order of their first week. A deed has `said`, which reads on
 * the page who will see it, and `does`. It waits for the `step` that has to be offered first, on the page at `path`.
 * `seen` says who sees it where no circle is named, `reads` which text they then read, and `moves` where figures of
 * somebody else change with it.
 */
import assert from 'node:assert/strict';
import { send } from './servers.mjs';
import { reloaded, until } from './waiting.mjs';

/** The circles from the narrowest, as the rungs name them. */
export const CIRCLES = ['Only you see it', 'Your team sees it', 'Colleagues see it', 'Everyone can see it'];

/** By whom each is seen: somebody in the same team, somebody in another, and the one who runs the programme. */
export const SHYEST = { id: 'jonas', mate: 'noor', colleague: 'marcus', manager: 'hannah' };
export const SHY = { id: 'lukas', mate: 'ada', colleague: 'marcus', manager: 'hannah' };

/** How the second stands on a board for others. */
export const ON_THE_BOARD = `"member":"${SHY.id}","name":"Lukas Vogel","own":false`;

/** The steps that are awaited, by their invitation. */
const NOTE = 'Write down, for yourself, what you would tell a new colleague';
const PRACTICE = 'Record a minute that nobody will see';
const TEAM = 'Tell your team what you found out this week';

/** Whether a step with this invitation is offered; asks for something else until it is. */
export const isOffered = async (page, invite) => {
  const step = page.locator('known-for-steps [part=next-step]');
  const ask = step.locator('[part=step-name]');
  const passed = new Set();
  for (;;) {
    if (!(await step.count())) return false;
    const text = await ask.innerText();
    if (text === invite) return true;
    const other = step.locator('[part=other-button]');
    if (passed.has(text) || !(await other.count())) return false;
    passed.add(text);
    await other.click();
    await until('something else', async () => (await ask.innerText()) !== text);
  }
};

/** Who will see it, beside what a locator finds. */
const rung = (selector) => (page) => page.locator(selector).locator('[part=audience]').first().innerText();
const besideTheStep = rung('known-for-steps .step > .do:not(.not-for-me)');
/** The rungs of the settings, which stand beside words of their own. */
const rungBefore = (label) => async (page) => {
  const rungs = page.locator('label.choice', { hasText: label }).locator('.rungs .on');
  return CIRCLES[(await rungs.count()) - 1];
};
const words = (selector, pattern) => async (page) => {
  const text = await page.locator(selector).innerText();
  return text.match(pattern)?.[0] ?? assert.fail(`no ${pattern} in “${text}”`);
};

/** What a person does on the company's social platform. */
const onThePlatform = (deed) => async (page, { person, address, now }) => {
  const task = page.locator('known-for-challenge [part=task].done');
  const done = await task.count();
  await send(address, 'demo-social', { id: `${person.id}-${deed.kind}`, at: now, actor: person.id, ...deed });
  await until('it is done', async () => (await task.count()) > done);
};

const firstWord = (topic) => ({
  name: 'the first question',
  topic,
  said: rung('known-for-topics'),
  async does(page) {
    await page.getByLabel('I want to be known for').fill(topic);
    await reloaded(page, () => page.getByRole('button', { name: 'Keep it' }).click());
    await page.locator('known-for-topics').getByText(`You want to be known for ${topic}`).waitFor();
  },
});
const joins = {
  name: 'joining the first thirty days',
  seen: [],
  said: words('known-for-challenge .join', /For yourself, at your pace/),
  async does(page) {
    await page.locator('known-for-challenge').getByRole('button', { name: 'Join' }).click();
    await page.locator('known-for-challenge [part=days]').waitFor();
  },
};
const note = { name: 'a note', step: NOTE, said: besideTheStep, does: onThePlatform({ kind: 'note.kept' }) };
const practice = {
  name: 'practice',
  step: PRACTICE,
  said: besideTheStep,
  does: onThePlatform({ kind: 'practice.recorded', attributes: { seconds: 40 } }),
};
const answers = (question, answer, said, more) => ({
  name: `an answer: ${question}`,
  said,
  reads: answer,
  ...more,
  async does(page, { person, address }) {
    await page.goto(`${address}/people/${person.id}/edit`);
    await page.getByLabel(question, { exact: true }).fill(answer);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
  },
});
/** The first answer of a profile that nobody else sees yet. */
const introduces = ({ id }, text) =>
  answers(
    'What do you do here, in one line?',
    text,
    words('known-for-profile [part=card]', /Only you see this until you publish it/),
    { path: `/people/${id}`, seen: [] },
  );
const saves = async (page) => {
  await reloaded(page, () => page.getByRole('button', { name: 'Save' }).click());
  await page.getByText('Saved.').waitFor();
};

/** What the first of them does in the week. */
export const shyest = [
  firstWord('listening in meetings'),
  joins,
  note,
  practice,
  {
    name: 'a word to the team, declined',
    step: TEAM,
    said: rung('known-for-steps .not-for-me'),
    async does(page, { picture }) {
      const steps = page.locator('known-for-steps');
      await steps.getByRole('button', { name: `Not for me: ${TEAM}` }).click();
      await steps.getByText('This is not offered to you any more.').waitFor();
      assert.equal(await isOffered(page, TEAM), false);
      const task = page.locator('known-for-challenge .task.declined');
      assert.match(await task.textContent(), /A word to your team.*Not for me/);
      await picture(page, 'jonas has declined it');
    },
  },
  introduces(SHYEST, 'I take the minutes nobody else wants to take'),
  {
    name: 'settings left as they are',
    path: '/settings',
    said: rungBefore('For my eyes only'),
    async does(page) {
      assert.ok(await page.getByLabel('For my eyes only').isChecked());
      assert.ok(await page.getByLabel('A word to your team').isChecked(), 'the declined step is ticked');
      await saves(page);
    },
  },
];

/** What the second does. */
export const shy = [
  firstWord('patient invoices'),
  joins,
  note,
  practice,
  // The word itself is on the team's platform. The widget shows nobody anything of it.
  {
    name: 'a word to the team',
    step: TEAM,
    said: besideTheStep,
    seen: [],
    does: onThePlatform({ kind: 'team.updated' }),
  },
  {
    name: 'thanks',
    path: `/people/${SHY.mate}`,
    seen: ['mate'],
    // Ada gets points for the thanks, and everyone on the board sees her place.
    moves: /^\/(api\/boards.*)?$/,
    said: words('known-for-kudos [part=card]', /Ada Brandt sees that it is from you\./),
    async does(page, { picture }) {
      const kudos = page.locator('known-for-kudos');
      await kudos.getByRole('button', { name: 'Automation' }).click();
      await kudos.locator('[part=naming]').getByText('Nobody sees it while your profile').waitFor();
      await picture(page, 'lukas is asked for the name');
      await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
      await kudos.getByText('were sent').waitFor();
    },
    reads: 'Lukas Vogel thanked you',
  },
  introduces(SHY, 'I like invoices that explain themselves'),
  {
    name: 'choosing the team before publishing',
    path: '/settings',
    said: rungBefore('For my eyes only'),
    async does(page) {
      for (const part of ['What my profile says', 'What I am known for', 'My badges', 'My place on boards'])
        await page.getByLabel(part).selectOption('team');
      await page.getByLabel('My points and level').selectOption('private');
      await saves(page);
    },
  },
  {
    name: 'publishing',
    path: '/settings',
    said: rungBefore('Shown to colleagues, as chosen below'),
    reads: 'I like invoices that explain themselves',
    async does(page) {
      await page.getByLabel('Shown to colleagues, as chosen below').check();
      await saves(page);
    },
  },
  answers(
    'What do you like doing when you are not working?',
    'Swimming before anybody is awake',
    async (page) => {
      const profile = page.locator('known-for-profile');
      await profile.locator('[part=open] > summary').click();
      const field = profile.locator('[part=field]', { hasText: 'when you are not working' });
      return field.locator('[part=audience]').innerText();
    },
    { path: `/people/${SHY.id}` },
  ),
  {
    name: 'another topic',
    path: `/people/${SHY.id}`,
    topic: 'tidy ledgers',
    said: rung('known-for-topics'),
    reads: 'tidy ledgers',
    async does(page) {
      await page.getByLabel('I want to be known for').fill('tidy ledgers');
      await page.getByRole('button', { name: 'Add' }).click();
      await page.locator('known-for-topics [part=topic]', { hasText: 'tidy ledgers' }).waitFor();
    },
  },
  {
    name: 'the board',
    path: '/settings',
    said: rungBefore('Put me on'),
    reads: ON_THE_BOARD,
    async does(page) {
      await page.getByLabel('Put me on').check();
      await saves(page);
    },
  },
  {
    name: 'hiding again',
    path: '/settings',
    // Only the mate saw anything, so only the mate sees a difference. The last tests compare what is left to see.
    seen: ['mate'],
    said: rungBefore('For my eyes only'),
    async does(page) {
      await page.getByLabel('For my eyes only').check();
      await page.getByLabel('Put me on').uncheck();
      await saves(page);
    },
  },
];
