/**
 * The first week of two people who would rather not be seen. One shows nothing to anybody. The other goes as far as the
 * team. Whatever the pages say about who will see a deed is compared with what a teammate, a colleague and the person
 * who runs the programme can then read, on every page and in every answer of the API.
 *
 * `PICTURES=folder` keeps a picture of each deed.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { axe, launch, open } from './browser.mjs';
import { intranet, send } from './servers.mjs';
import { becomes, drawn, reloaded, stillness, until } from './waiting.mjs';

const CHALLENGE = 'first-thirty-days';
const BOARD = 'recognition';
/** What a week has at most. */
const DAYS = 7;
/** The circles from the narrowest, as the rungs name them, and who of those who look on is in each. */
const CIRCLES = ['Only you see it', 'Your team sees it', 'Colleagues see it', 'Everyone can see it'];
const ALL = ['mate', 'colleague', 'manager'];
const IN_CIRCLE = [[], ['mate'], ALL, ALL];

/** By whom each is seen: somebody in the same team, somebody in another, and the one who runs the programme. */
const SHYEST = { id: 'jonas', mate: 'noor', colleague: 'marcus', manager: 'hannah' };
const SHY = { id: 'lukas', mate: 'ada', colleague: 'marcus', manager: 'hannah' };

/** How the second stands on a board for others. */
const ON_THE_BOARD = `"member":"${SHY.id}","name":"Lukas Vogel","own":false`;

/** The steps that are awaited, by their invitation. */
const NOTE = 'Write down, for yourself, what you would tell a new colleague';
const PRACTICE = 'Record a minute that nobody will see';
const TEAM = 'Tell your team what you found out this week';

describe('the first week of the shyest', () => {
  let browser;
  let server;
  /** The intranet as it runs on the present day. */
  let running;
  let day = 0;
  let pictures = 0;
  let paths;
  /** What was said of who will see it, in the order of the deeds. */
  const told = [];

  before(async () => {
    [browser, server] = await Promise.all([launch(), intranet()]);
    running = server;
    const document = await (await fetch(`${running.address}/api/openapi.json`)).json();
    paths = Object.entries(document.paths).flatMap(([path, methods]) => (methods.get ? [path] : []));
  });
  after(async () => {
    await browser?.close();
    server?.close(running);
  });

  /** The same company a day later. */
  const nextDay = async () => {
    running.stop('SIGTERM');
    await new Promise((done) => {
      running.child.once('exit', done);
    });
    day += 1;
    running = await server.again('--days-ahead', String(day));
  };

  /** All addresses that could say something of a member: what the API documents, and the pages. */
  const addresses = ({ id }, topics) => {
    const filled = { id, challenge: CHALLENGE, board: BOARD };
    // What is told of changes is a stream that does not end; a test of the intranet reads it.
    const api = paths.filter((path) => !path.endsWith('/live'));
    const about = topics.map((topic) => encodeURIComponent(topic));
    return [
      ...api.map((path) => path.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? assert.fail(`no ${name} for ${path}`))),
      ...about.flatMap((topic) => [`/api/experts?topic=${topic}`, `/experts?topic=${topic}`, `/api/topics?beginning=${topic}`]),
      `/api/boards/${BOARD}?rows=9`,
      ...['/', '/people', '/experts', '/thanks', '/settings', '/programme'],
      ...[`/people/${id}`, `/people/${id}/edit`, `/models/${id}`],
    ];
  };

  /** What somebody reads there. */
  const read = async (viewer, where) => {
    const headers = { cookie: `signed-in=${viewer}` };
    const answer = async (address) => {
      const response = await fetch(running.address + address, { headers });
      return `${address} ${response.status} ${await response.text()}`;
    };
    return Promise.all(where.map(answer));
  };
  const readByAll = async (person, topics) => {
    const where = addresses(person, topics);
    return Object.fromEntries(await Promise.all(ALL.map(async (role) => [role, await read(person[role], where)])));
  };

  const picture = async (page, name) => {
    pictures += 1;
    if (!process.env.PICTURES) return;
    await stillness(page);
    const file = `shyest-${String(pictures).padStart(2, '0')}-${name.replaceAll(/\W+/g, '-')}.png`;
    await page.screenshot({ path: join(process.env.PICTURES, file), fullPage: true });
  };

  /** A person's week: the deeds that are still to come, each with the step that has to be offered first. */
  class Week {
    topics = [];
    deeds;
    /** What others have read last, on the present day. */
    #read;

    constructor(person, deeds) {
      this.person = person;
      this.deeds = deeds;
    }

    /** Opens a page as the person. */
    async at(path, look) {
      const opened = await open(browser, look);
      await opened.page.context().addCookies([{ name: 'signed-in', value: this.person.id, url: running.address }]);
      await opened.page.goto(running.address + path);
      await drawn(opened.page);
      return opened;
    }

    /** Does what can be done today. */
    async today() {
      if (this.deeds.length === 0) return;
      const { page, close } = await this.at('/');
      this.#read = undefined;
      while (this.deeds.length > 0) {
        const [{ path = '/', step, ...deed }] = this.deeds;
        await page.goto(running.address + path);
        await drawn(page);
        if (step && !(await isOffered(page, step))) break;
        await this.#does(page, deed);
        this.deeds.shift();
      }
      await close();
    }

    /**
     * Reads who will see a deed, does it, and compares. Others see exactly what they should: the text that they then
     * read, if there is one, and no difference at all for everybody else.
     */
    async #does(page, { name, said, topic, seen, does, reads, moves }) {
      if (topic) this.topics.push(topic);
      // Nobody else does anything, so what was read last still stands, unless there is more to look for.
      const earlier = (!topic && this.#read) || (await readByAll(this.person, this.topics));
      const sentence = await said(page);
      told.push([this.person.id, name, sentence]);
      const circle = CIRCLES.indexOf(sentence);
      const expected = seen ?? IN_CIRCLE[circle] ?? assert.fail(`no circle: ${sentence}`);
      await picture(page, `${this.person.id} ${name}`);
      await does(page, this);
      const later = await readByAll(this.person, this.topics);
      this.#read = later;
      // Where somebody else's figures move, it counts whether the person is mentioned more or less often than before.
      const mentions = (line) => line.toLowerCase().split(this.person.id).length;
      const isChange = (line, before) =>
        line !== before && !(moves?.test(line.split(' ')[0]) && mentions(line) === mentions(before));
      const changed = (role) => later[role].filter((line, index) => isChange(line, earlier[role][index]));
      const changes = Object.fromEntries(ALL.map((role) => [role, changed(role)]));
      const where = ALL.flatMap((role) => changes[role].map((line) => `${role} ${line.split(' ')[0]}`)).join('\n');
      const differing = ALL.filter((role) => changes[role].length > 0);
      assert.deepEqual(differing, expected, `${this.person.id}, ${name}: it said “${sentence}”, and this changed:\n${where}`);
      for (const role of ALL) {
        if (!reads) continue;
        const isRead = changes[role].some((line) => line.includes(reads));
        assert.equal(isRead, expected.includes(role), `${this.person.id}, ${name}: the ${role} reads “${reads}”`);
      }
    }
  }

  /** Whether a step with this invitation is offered; asks for something else until it is. */
  const isOffered = async (page, invite) => {
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
  const onThePlatform = (deed) => async (page, { person }) => {
    const task = page.locator('known-for-challenge [part=task].done');
    const done = await task.count();
    const at = new Date(Date.now() + day * 86_400_000).toISOString();
    await send(running.address, 'demo-social', { id: `${person.id}-${deed.kind}`, at, actor: person.id, ...deed });
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
    async does(page, { person }) {
      await page.goto(`${running.address}/people/${person.id}/edit`);
      await page.getByLabel(question, { exact: true }).fill(answer);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
    },
  });
  const saves = async (page) => {
    await reloaded(page, () => page.getByRole('button', { name: 'Save' }).click());
    await page.getByText('Saved.').waitFor();
  };

  const shyest = [
    firstWord('listening in meetings'),
    joins,
    note,
    practice,
    {
      name: 'a word to the team, declined',
      step: TEAM,
      said: rung('known-for-steps .not-for-me'),
      async does(page) {
        const steps = page.locator('known-for-steps');
        await steps.getByRole('button', { name: `Not for me: ${TEAM}` }).click();
        await steps.getByText('This is not offered to you any more.').waitFor();
        assert.equal(await isOffered(page, TEAM), false);
        const task = page.locator('known-for-challenge .task.declined');
        assert.match(await task.textContent(), /A word to your team.*Not for me/);
        await picture(page, 'jonas has declined it');
      },
    },
    answers(
      'What do you do here, in one line?',
      'I take the minutes nobody else wants to take',
      words('known-for-profile [part=card]', /Only you see this until you publish it/),
      { path: `/people/${SHYEST.id}`, seen: [] },
    ),
    {
      name: 'settings left as they are',
      path: '/settings',
      said: rungBefore('For my eyes only'),
      async does(page) {
        assert.ok(await page.getByLabel('For my eyes only').isChecked());
        assert.ok(await page.getByLabel('A word to your team').isChecked(), 'what is declined is ticked');
        await saves(page);
      },
    },
  ];

  const shy = [
    firstWord('patient invoices'),
    joins,
    note,
    practice,
    // What is said there is said on the platform of the team; the widget shows nobody anything of it.
    { name: 'a word to the team', step: TEAM, said: besideTheStep, seen: [], does: onThePlatform({ kind: 'team.updated' }) },
    {
      name: 'thanks',
      path: `/people/${SHY.mate}`,
      seen: ['mate'],
      // She who is thanked gets points for it, and those who are on the board see her place.
      moves: /^\/(api\/boards.*)?$/,
      said: words('known-for-kudos [part=card]', /Ada Brandt sees that it is from you\./),
      async does(page) {
        const kudos = page.locator('known-for-kudos');
        await kudos.getByRole('button', { name: 'Automation' }).click();
        await kudos.locator('[part=naming]').getByText('Nobody sees it while your profile').waitFor();
        await picture(page, 'lukas is asked for the name');
        await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
        await kudos.getByText('were sent').waitFor();
      },
      reads: 'Lukas Vogel thanked you',
    },
    answers(
      'What do you do here, in one line?',
      'I like invoices that explain themselves',
      words('known-for-profile [part=card]', /Only you see this until you publish it/),
      { path: `/people/${SHY.id}`, seen: [] },
    ),
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
      // What is said may be too wide, never too narrow: the kind that publishes faces the company in this program.
      seen: ['mate'],
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
        return profile.locator('[part=field]', { hasText: 'when you are not working' }).locator('[part=audience]').innerText();
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
      // Whoever saw something sees a difference; what they see then is compared below.
      seen: ['mate'],
      said: rungBefore('For my eyes only'),
      async does(page) {
        await page.getByLabel('For my eyes only').check();
        await page.getByLabel('Put me on').uncheck();
        await saves(page);
      },
    },
  ];

  it('says before each deed who will see it, and exactly they do', async () => {
    const weeks = [new Week(SHYEST, shyest), new Week(SHY, shy)];
    for (;;) {
      for (const week of weeks) await week.today();
      const waiting = weeks.flatMap(({ deeds }) => deeds.slice(0, 1).map(({ name }) => name));
      if (waiting.length === 0) break;
      assert.ok(day + 1 < DAYS, `this takes longer than a week: ${waiting.join(', ')}`);
      await nextDay();
    }
    assert.deepEqual(told.filter(([id]) => id === SHYEST.id).map(([, ...line]) => line), [
      ['the first question', 'Only you see it'],
      ['joining the first thirty days', 'For yourself, at your pace'],
      ['a note', 'Only you see it'],
      ['practice', 'Only you see it'],
      ['a word to the team, declined', 'Only you see it'],
      ['an answer: What do you do here, in one line?', 'Only you see this until you publish it'],
      ['settings left as they are', 'Only you see it'],
    ]);
    assert.deepEqual(told.filter(([id]) => id === SHY.id).map(([, ...line]) => line), [
      ['the first question', 'Only you see it'],
      ['joining the first thirty days', 'For yourself, at your pace'],
      ['a note', 'Only you see it'],
      ['practice', 'Only you see it'],
      ['a word to the team', 'Your team sees it'],
      ['thanks', 'Ada Brandt sees that it is from you.'],
      ['an answer: What do you do here, in one line?', 'Only you see this until you publish it'],
      ['choosing the team before publishing', 'Only you see it'],
      ['publishing', 'Colleagues see it'],
      ['an answer: What do you like doing when you are not working?', 'Your team sees it'],
      ['another topic', 'Your team sees it'],
      ['the board', 'Your team sees it'],
      ['hiding again', 'Only you see it'],
    ]);
  });

  it('leaves nothing of either for others to find at the end of the week', async () => {
    for (const [person, texts] of [
      [SHYEST, ['listening in meetings', 'I take the minutes']],
      [SHY, ['patient invoices', 'tidy ledgers', 'I like invoices', 'Swimming before', ON_THE_BOARD]],
    ]) {
      const found = await readByAll(person, []);
      const finds = ALL.flatMap((role) =>
        texts.flatMap((each) =>
          found[role].filter((line) => line.includes(each)).map((line) => `${role} ${line.split(' ')[0]} ${each}`),
        ),
      );
      assert.deepEqual(finds, []);
    }
  });

  it('lets a step be declined and taken back where no script runs', async () => {
    const { page, close } = await open(browser, { javaScriptEnabled: false });
    await page.context().addCookies([{ name: 'signed-in', value: SHYEST.id, url: running.address }]);
    await page.goto(running.address);
    const step = 'Say what you want to be known for';
    const challenge = page.locator('known-for-challenge');
    for (const [name, settled] of [
      [`Not for me: ${step}`, 1],
      [`Take back: ${step}`, 0],
    ]) {
      await challenge.locator('[part=whole] > summary').click();
      await challenge.getByRole('button', { name, exact: true }).click();
      const task = challenge.locator('[part=task].declined', { hasText: step });
      await becomes(() => task.count(), settled);
    }
    await close();
  });

  it('leaves each with a week of their own, which nothing diminishes', async () => {
    for (const [person, topic] of [
      [SHYEST, 'listening in meetings'],
      [SHY, 'patient invoices'],
    ])
      for (const look of [{}, { width: 320, scheme: 'dark' }]) {
        const { page, close } = await new Week(person, []).at('/', look);
        await page.locator('known-for-topics').getByText(`known for ${topic}`).waitFor();
        await page.locator('known-for-challenge [part=whole] > summary').click();
        assert.deepEqual(await axe(page), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide`);
        await picture(page, `${person.id} at the end of the week ${look.width ?? ''}`);
        await close();
      }
  });
});
