/**
 * A newcomer's first week, from an empty profile to the first post. Each step is offered before it is taken.
 * Colleagues look on, each in a browser of their own, and see nothing before the newcomer has chosen to show it.
 *
 * `PICTURES=folder` keeps a picture of every stage.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { axe, launch, open } from './browser.mjs';
import { intranet, send } from './servers.mjs';
import { becomes, drawn, reloaded, stillness, until } from './waiting.mjs';

const NEWCOMER = 'lukas';
/** In the newcomer's team, and in another one. */
const [MATE, COLLEAGUE] = ['ada', 'marcus'];
const TOPICS = ['invoices', 'patience', 'small scripts'];
/** The steps of the first week: how each is offered, and what it is called. */
const STEPS = {
  knownFor: { invite: 'What do you want to be known for?', step: 'Say what you want to be known for' },
  note: { invite: 'Write down, for yourself, what you would tell a new colleague', step: 'Keep a note to yourself' },
  practice: { invite: 'Record a minute that nobody will see', step: 'Practise in front of nobody' },
  team: { invite: 'Tell your team what you found out this week', step: 'A word to your team' },
  thanks: { invite: 'Thank a colleague, and say what for', step: 'Thank somebody' },
  post: { invite: 'Write a post about something you know', step: 'A first post' },
};
/** What a week has at most. */
const DAYS = 7;

describe("a newcomer's first week", () => {
  let browser;
  let server;
  /** The intranet as it runs on the present day. */
  let running;
  let day = 0;
  let pictures = 0;

  before(async () => {
    [browser, server] = await Promise.all([launch(), intranet()]);
    running = server;
  });
  after(async () => {
    await endOfDay();
    await browser?.close();
    server?.close(running);
  });

  /** A browser of somebody's own, signed in by choosing their name. */
  const signedIn = async (name, look) => {
    const window = await open(browser, look);
    await window.page.goto(running.address);
    const choice = window.page.locator('details.who');
    await choice.locator('summary').click();
    await choice.locator('select').selectOption(name);
    await reloaded(window.page, () => choice.getByRole('button', { name: 'Go' }).click());
    return window;
  };

  /** Colleagues who look on, each in a browser of their own, for as long as the day lasts. */
  const watchers = new Map();
  const endOfDay = async () => {
    // What was not there is told on the console by the browser itself.
    for (const { close } of watchers.values()) await close([/404/]);
    watchers.clear();
  };

  /** What somebody else finds of the newcomer, in every place that could tell: page, view, search, board, models. */
  const foundBy = async (name) => {
    if (!watchers.has(name)) watchers.set(name, await signedIn(name));
    const places = [
      `/people/${NEWCOMER}`,
      '/people',
      `/api/members/${NEWCOMER}/view`,
      `/api/models/${NEWCOMER}`,
      '/api/models',
      '/api/topics',
      ...TOPICS.map((topic) => `/api/experts?topic=${encodeURIComponent(topic)}`),
      '/api/boards/recognition?rows=9',
    ];
    return watchers.get(name).page.evaluate(
      ([addresses, member]) =>
        Promise.all(
          addresses.map(async (address) => {
            // An error answer has the request's id in it.
            const answer = await fetch(address, { headers: { 'x-request-id': 'watching' } });
            const text = await answer.text();
            // A board moves with what everybody on it does; all that matters is who is on it.
            const found = address.startsWith('/api/boards') ? text.includes(`"${member}"`) : text;
            return `${address} ${answer.status} ${found}`;
          }),
        ),
      [places, NEWCOMER],
    );
  };
  const foundByOthers = async () => [await foundBy(MATE), await foundBy(COLLEAGUE)];

  /** The same company, so many days later. */
  const nextDay = async () => {
    await endOfDay();
    running.stop('SIGTERM');
    await new Promise((done) => {
      running.child.once('exit', done);
    });
    day += 1;
    assert.ok(day < DAYS, 'this takes longer than a week');
    running = await server.again('--days-ahead', String(day));
  };

  const picture = async (page, name) => {
    pictures += 1;
    if (!process.env.PICTURES) return;
    await page.screenshot({
      path: join(process.env.PICTURES, `${String(pictures).padStart(2, '0')}-${name}.png`),
      fullPage: true,
    });
  };

  /** The step with this invitation and this name in the first thirty days, if it is offered today. */
  const offered = async (page, { invite, step }) => {
    const offer = page.locator('known-for-steps [part~=next-step]');
    const seen = new Set();
    for (;;) {
      const text = await offer.innerText();
      if (text.includes(invite) && text.includes(step)) return offer;
      const other = offer.locator('[part=other-button]');
      if (seen.has(text) || !(await other.count())) return undefined;
      seen.add(text);
      await other.click();
      await becomes(async () => (await offer.innerText()) === text, false);
    }
  };
  /** The page with a step. A press on what only the server has drawn so far would be lost. */
  const stepsDrawn = async (page) => {
    await page.locator('known-for-steps').locator('[part~=next-step]').first().waitFor();
    await drawn(page);
  };

  /** Opens the home page on the first day from now on that offers a step. */
  const onTheDayOf = async (step) => {
    for (;;) {
      const window = await signedIn(NEWCOMER);
      await stepsDrawn(window.page);
      if (await offered(window.page, step)) return window;
      await window.close();
      await nextDay();
    }
  };

  /** What the newcomer does on the company's social platform. */
  const does = (deed) => {
    const at = new Date(Date.now() + day * 86_400_000).toISOString();
    return send(running.address, 'demo-social', { at, actor: NEWCOMER, ...deed });
  };

  /** A step that is offered, taken, and then done, while the page is open. */
  const takes = async (step, name, deed) => {
    const { page, close } = await onTheDayOf(step);
    await picture(page, `${name}-offered`);
    const task = page.locator('known-for-challenge [part~=task].done');
    const earlier = await task.count();
    await does(deed);
    await until(`${name} is done`, async () => (await task.count()) > earlier);
    await picture(page, `${name}-done`);
    await close();
  };

  it('goes from an empty profile to the first post, one offered step after the other', async () => {
    const nothing = await foundByOthers();
    const unseen = async (after) =>
      assert.deepEqual(await foundByOthers(), nothing, `others see something after ${after}`);

    let { page, close } = await signedIn(NEWCOMER);
    // On the first day there is one question and nothing else, and it can wait.
    await page.locator('known-for-topics').getByText('What do you want to be known for?').waitFor();
    await drawn(page);
    assert.equal(await page.locator('nav, known-for-steps, known-for-challenge, known-for-standing').count(), 0);
    assert.deepEqual(await axe(page), []);
    await picture(page, 'first-look');
    await reloaded(page, () => page.getByRole('button', { name: 'Not today' }).click());
    await stepsDrawn(page);
    // The first steps can all be taken without anybody seeing.
    const audiences = await page.evaluate(async (member) => {
      const { steps } = await (await fetch(`/api/members/${member}/view`)).json();
      return steps.map(({ audience }) => audience);
    }, NEWCOMER);
    assert.ok(audiences.length > 0 && audiences.every((audience) => audience === 'private'), audiences.join());

    await page.locator('known-for-challenge').getByRole('button', { name: 'Join' }).click();
    await page.locator('known-for-challenge [part=days]').waitFor();
    await picture(page, 'joined');
    await unseen('joining the challenge');

    // What do you want to be known for? It is offered on the first working day, and the way there is a link.
    await close();
    ({ page, close } = await onTheDayOf(STEPS.knownFor));
    await page
      .locator('known-for-steps')
      .getByRole('link', { name: 'Answer this: What do you want to be known for?' })
      .click();
    await page.waitForURL(/edit#field-known-for/);
    await page.getByLabel('What do you want to be known for?', { exact: true }).fill(TOPICS.join('\n'));
    await page.getByLabel('What do you do here, in one line?', { exact: true }).fill('I am new, and I like invoices');
    await picture(page, 'profile');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await close();
    await unseen('writing the profile');

    await takes(STEPS.note, 'note', { id: 'week-note', kind: 'note.kept' });
    await unseen('a note');
    await takes(STEPS.practice, 'practice', {
      id: 'week-practice',
      kind: 'practice.recorded',
      attributes: { seconds: 50 },
    });
    await unseen('practising');
    await takes(STEPS.team, 'team', { id: 'week-team', kind: 'team.updated', object: 'team/lukas' });
    await unseen('a word to the team, which is said elsewhere');

    // Thanks, in two clicks on a colleague's page.
    ({ page, close } = await onTheDayOf(STEPS.thanks));
    await page.goto(`${running.address}/people/${MATE}`);
    await drawn(page);
    const thanks = page.locator('known-for-kudos');
    await thanks.getByRole('button', { name: 'Automation' }).click();
    await thanks.getByRole('button', { name: 'Thank' }).click();
    await thanks.getByText('were sent').waitFor();
    await picture(page, 'thanks');
    await close();
    await unseen('thanks, which only she who is thanked hears of');

    // The newcomer chooses: topics for everyone, the profile for the team, points for nobody.
    ({ page, close } = await onTheDayOf(STEPS.post));
    await picture(page, 'post-offered');
    await page.goto(`${running.address}/settings`);
    await page.getByLabel('Shown to colleagues, as chosen below').check();
    await page.getByLabel(/What my profile says/).selectOption('team');
    await page.getByLabel(/My points and level/).selectOption('private');
    await picture(page, 'settings');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await close();
    await does({
      id: 'week-post',
      kind: 'blog.published',
      owner: NEWCOMER,
      object: 'blog/lukas/1',
      attributes: { title: 'Hello', words: 220, topics: ['invoices'] },
    });

    const [mate, colleague] = await foundByOthers();
    const [ofMate, ofColleague] = [mate, colleague].map((found) => found.join('\n'));
    for (const found of [ofMate, ofColleague]) {
      assert.match(found, /"storyteller"/, 'the badge for the post');
      assert.match(found, /"experts":\[\{"member":"lukas"/, 'known for invoices');
      assert.doesNotMatch(found, /"points":\[\{/, 'points were for nobody');
    }
    assert.match(ofMate, /I am new, and I like invoices/);
    assert.doesNotMatch(ofColleague, /I am new, and I like invoices/);

    ({ page, close } = await signedIn(COLLEAGUE));
    await page.goto(`${running.address}/people/${NEWCOMER}`);
    await page.locator('known-for-badges [part~=badge]').filter({ hasText: 'Storyteller' }).waitFor();
    await picture(page, 'seen-by-a-colleague');
    await close();
    ({ page, close } = await signedIn(NEWCOMER));
    await stepsDrawn(page);
    await picture(page, 'end-of-the-week');
    await close();
  });

  it('takes it all back, and is as one who never came', async () => {
    const { page, close } = await signedIn(NEWCOMER);
    await page.goto(`${running.address}/settings`);
    await page.getByLabel('For my eyes only').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await close();
    for (const found of await foundByOthers())
      assert.doesNotMatch(found.join('\n'), /storyteller|I like invoices|"member":"lukas"/);
  });

  for (const look of [{}, { width: 320, scheme: 'dark' }, { forced: true, direction: 'rtl' }]) {
    it(`has nothing for axe to find on the pages of the week: ${JSON.stringify(look)}`, async () => {
      for (const [name, paths] of [
        [NEWCOMER, ['/', '/settings', '/experts', '/experts?topic=automation', `/people/${MATE}`, '/models/ingrid']],
        ['hannah', ['/programme', '/data-sheet']],
      ]) {
        const { page, close } = await signedIn(name, look);
        for (const path of paths) {
          await page.goto(running.address + path);
          await drawn(page);
          await stillness(page);
          assert.deepEqual(await axe(page), [], path);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
          if (look.width) await picture(page, `narrow-${name}-${path.replaceAll(/\W+/g, '-')}`);
        }
        await close();
      }
    });
  }
});
