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
import { intranet } from './servers.mjs';
import { CIRCLES, ON_THE_BOARD, SHY, SHYEST, isOffered, shy, shyest } from './shyest-deeds.mjs';
import { becomes, drawn, stillness } from './waiting.mjs';

const CHALLENGE = 'first-thirty-days';
const BOARD = 'recognition';
/** What a week has at most. */
const DAYS = 7;
/** Those who look on, and who of them is in each circle. */
const ALL = ['mate', 'colleague', 'manager'];
const IN_CIRCLE = [[], ['mate'], ALL, ALL];

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
    await managerLooks();
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
    await managerLooks();
  };
  /** Everyone reads on which days the manager looked. It is read before anything is compared. */
  const managerLooks = () => read(SHYEST.manager, ['/programme']);

  /** All addresses that could say something of a member: what the API documents, and the pages. */
  const addresses = ({ id }, topics) => {
    const filled = { id, challenge: CHALLENGE, board: BOARD };
    // What is told of changes is a stream that does not end; a test of the intranet reads it.
    const api = paths.filter((path) => !path.endsWith('/live'));
    const about = topics.map((topic) => encodeURIComponent(topic));
    return [
      ...api.map((path) => path.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? assert.fail(`${name} in ${path}`))),
      ...about.flatMap((topic) => [`/api/experts?topic=${topic}`, `/experts?topic=${topic}`]),
      ...about.map((topic) => `/api/topics?beginning=${topic}`),
      `/api/boards/${BOARD}?rows=9`,
      ...['/', '/people', '/experts', '/thanks', '/settings', '/programme'],
      ...[`/people/${id}`, `/people/${id}/edit`, `/models/${id}`],
    ];
  };

  /** What somebody reads there. */
  const read = async (viewer, where) => {
    // An error answer has the request's id in it.
    const headers = { cookie: `signed-in=${viewer}`, 'x-request-id': 'reading' };
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
      const now = new Date(Date.now() + day * 86_400_000).toISOString();
      await does(page, { person: this.person, address: running.address, now, picture });
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
      const message = `${this.person.id}, ${name}: it said “${sentence}”, and this changed:\n${where}`;
      assert.deepEqual(differing, expected, message);
      for (const role of ALL) {
        if (!reads) continue;
        const isRead = changes[role].some((line) => line.includes(reads));
        assert.equal(isRead, expected.includes(role), `${this.person.id}, ${name}: the ${role} reads “${reads}”`);
      }
    }
  }

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
      ['publishing', 'Your team sees it'],
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
