/** Elements that a server has drawn: what stands before any script runs, and how the elements take it over. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { BINARIES, intranet, page as start, run } from './servers.mjs';
import { elements, onStage, SOURCE } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, drawn, stillness, until } from './waiting.mjs';

const ZONE = 'Europe/Berlin';
const LOCALES = ['ar', 'de', 'de-CH', 'en', 'en-GB', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'pt-PT', 'sv'];

const board = {
  board: 'side-by-side',
  audience: 'company',
  name: 'Side by side',
  currency: 'Recognition',
  joined: false,
  rows: [
    { member: 'jonas', name: 'Jonas <b>"Lie" & so on</b>', place: 1, total: 1_234_567, own: false },
    { member: 'mara', name: 'مارا', place: 2, total: 1240, own: true },
  ],
};

/** Texts that a parser of HTML could take for something else, and numbers of every plural form. */
const view = {
  ...views.own,
  name: '</template><script>alert(1)</script> &lt; "Mara"\r\n\u00a0\u2028',
  standing: {
    points: [
      { currency: 'a', name: 'A & B', total: 1_234_567, this_month: 1, last_month: 0 },
      { currency: 'b', name: 'مارا', total: -1234, this_month: 11, last_month: 1234 },
      { currency: 'c', name: '{n}', total: 0, this_month: 3, last_month: 2 },
    ],
    level: { number: 2, of: 4, name: 'L', next: { name: '<img src=x>', to_go: 21, percent: 60, parts: [] } },
  },
};

/** The elements of a view, as a server draws them. */
function served(locale, shown = view) {
  const input = { locale, zone: ZONE, stylesheet: 'known-for/elements.css', can_ask: true };
  const { stdout, stderr, status } = spawnSync(join(BINARIES, 'draw-elements'), {
    input: JSON.stringify({ ...input, view: shown, cohort: views.cohort, board }),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Keeps how each element was drawn before the first script, and what changes in it and moves on the page after. */
function watch() {
  Object.assign(window, { moves: [], since: 0, changes: [], before: undefined });
  new PerformanceObserver((list) => window.moves.push(...list.getEntries())).observe({
    type: 'layout-shift',
    buffered: true,
  });
  document.addEventListener('readystatechange', () => {
    if (window.before) return;
    const drawn = [...document.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot?.querySelector('link'));
    window.before = drawn.map((element) => {
      const card = element.shadowRoot.querySelector('[part=card]');
      const observer = new MutationObserver((records) =>
        window.changes.push(
          ...records.map(({ type, target, attributeName }) =>
            [element.localName, type, attributeName, target.outerHTML ?? target.data].join(' '),
          ),
        ),
      );
      observer.observe(card, { attributes: true, characterData: true, childList: true, subtree: true });
      return { element, card, html: card.outerHTML };
    });
  });
}

/** Forgets what has changed and moved so far, once all of it is painted. */
const forget = (page) =>
  page.evaluate(async () => {
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    window.since = performance.now();
    window.changes.splice(0);
  });

/** Waits until no element shows what a server has drawn any more. */
const taken = (page) =>
  until('the elements have taken over', () =>
    page.evaluate(() => window.before.every(({ element }) => !element.shadowRoot.querySelector('link'))),
  );

/** What differs after the takeover, beside buttons that were those of forms. */
const differences = (page) =>
  page.evaluate(() => ({
    count: window.before.length,
    moved: window.moves.reduce((sum, { startTime, value }) => sum + (startTime < window.since ? 0 : value), 0),
    replaced: window.before.filter(({ card }) => !card.isConnected).length,
    left: window.before.flatMap(({ element }) =>
      [...element.shadowRoot.children].map(({ localName }) => localName).filter((name) => name !== 'div'),
    ),
    changes: window.changes.filter((change) => !/attributes (type|form|formaction) /.test(change)),
  }));

describe('elements that a server has drawn', () => {
  const running = run(start);

  const stage = async (locale, body, { answers = {}, ...look } = {}) => {
    const opened = await onStage(
      {
        ...running,
        open: async (options) => {
          const opened = await running.open({ ...options, timezoneId: ZONE });
          await opened.page.addInitScript(watch);
          // On a busy machine the browser paints while it still reads, and what follows moves what stands. That is
          // no work of the elements, so their script comes when all has been read and painted.
          await opened.page.route('**/known-for/index.js', async (route) => {
            const isRead = () => opened.page.evaluate(() => document.readyState === 'interactive');
            await until('the page is read', isRead);
            await stillness(opened.page);
            await forget(opened.page);
            await route.continue();
          });
          return opened;
        },
      },
      SOURCE.replace('view=', 'board="api/board" view=') + body,
      { lang: locale, ...look },
      // Suggestions for a text that nobody has written yet are no part of the drawing.
      { view: () => view, board: () => board, topics: () => [], ...answers },
    );
    return opened;
  };

  for (const locale of LOCALES) {
    it(`are taken over as they stand: ${locale}`, async () => {
      const { page, close } = await stage(locale, served(locale));
      await taken(page);
      const found = await differences(page);
      assert.deepEqual(found, { count: 8, moved: 0, replaced: 0, left: [], changes: [] });
      await close();
    });
  }

  it('write the sign of a percentage as the browser does once they are taken over', async () => {
    // ICU4X has only the Latin one, also beside Arabic digits.
    const { page, close } = await stage('ar-EG', served('ar-EG'));
    const ring = page.locator('known-for-profile .percent');
    assert.match(served('ar-EG'), /٦٥/);
    await taken(page);
    assert.equal(await ring.innerText(), '٦٥٪\u061c');
    const { changes, moved, replaced } = await differences(page);
    assert.deepEqual(
      changes.filter((change) => !change.includes('٪')),
      [],
    );
    assert.ok(moved < 0.001 && replaced === 0);
    await close();
  });

  it('change only what is new since, and keep what a reader has opened', async () => {
    const badges = { earned: [], on_the_way: view.badges.on_the_way };
    const earlier = { ...view, name: 'Earlier', topics: [], badges };
    let answer;
    const answered = new Promise((resolve) => {
      answer = resolve;
    });
    const { page, close } = await stage('en', served('en', earlier), { answers: { view: () => answered } });
    const drawer = page.locator('known-for-challenge details').first();
    await drawer.locator('summary').click();
    assert.equal(await page.locator('known-for-profile [part=title]').innerText(), 'Earlier');
    answer(view);
    await taken(page);
    const name = page.locator('known-for-profile [part=title]');
    await becomes(() => name.evaluate(({ textContent }) => textContent), view.name);
    assert.equal(await page.locator('known-for-badges [part=badge-name]').count(), 3);
    assert.equal(await page.locator('known-for-topics [part=topic]').count(), 3);
    assert.equal(await drawer.evaluate(({ open }) => open), true);
    // From now on they are as if they had been drawn here.
    const fresh = await stage('en', elements('badges', 'topics', 'gains'));
    await drawn(fresh.page);
    for (const name of ['badges', 'topics', 'gains']) {
      const html = (page) => page.locator(`known-for-${name} [part=card]`).evaluate(({ innerHTML }) => innerHTML);
      assert.equal(await html(page), await html(fresh.page), name);
    }
    await fresh.close();
    await close();
  });

  it('stay as they are if their source cannot be loaded', async () => {
    const { page, said, close } = await stage('en', served('en'), { answers: { view: () => 500, board: () => 500 } });
    await until('the source has failed', () => said.some((line) => line.includes('500')));
    await until('it is heard', () =>
      page.evaluate(() => window.before.every(({ element }) => element.matches(':state(drawn)'))),
    );
    assert.deepEqual((await differences(page)).changes, []);
    assert.ok(await page.locator('known-for-standing [part=figure]').first().isVisible());
    await close([/500/]);
  });

  it('go if there is nothing to show, as the page has loaded it', async () => {
    const { page, close } = await stage('en', served('en'), { answers: { view: () => views.colleague } });
    await until('steps and gains are for oneself', () =>
      page.evaluate(() =>
        ['steps', 'gains', 'challenge'].every(
          (name) => !document.querySelector(`known-for-${name}`).shadowRoot.querySelector('[part=card]'),
        ),
      ),
    );
    await close();
  });
});

describe('the intranet before any script', () => {
  const running = run(intranet);
  const visit = async (look) => {
    const opened = await running.open({ timezoneId: ZONE, ...look });
    await opened.page.context().addCookies([{ name: 'signed-in', value: 'ada', url: running.server.address }]);
    return opened;
  };
  const home = () => `${running.server.address}/`;
  const NAMES = ['topics', 'steps', 'challenge', 'standing', 'gains', 'board'];

  /** Opens what the page and the challenge have folded away. */
  const unfold = async (page) => {
    for (const folded of ['.numbers:not([open])', 'known-for-challenge [part=whole]:not([open])'])
      for (const drawer of await page.locator(`${folded} > summary`).all()) await drawer.click();
  };

  /** What is read in each element, and where it stands. Playwright reads them without a script of the page. */
  const read = async (page) => {
    await unfold(page);
    const found = {};
    for (const name of NAMES) {
      const card = page.locator(`known-for-${name} [part=card]`).first();
      found[name] = { text: await card.innerText(), box: await card.boundingBox() };
    }
    return found;
  };

  for (const [locale, title] of [
    ['en-GB', 'If you like, one next step'],
    ['de-DE', 'Wenn du magst: ein nächster Schritt'],
  ]) {
    it(`is as it will be with them, but for what only they can do: ${locale}`, async () => {
      const without = await visit({ locale, javaScriptEnabled: false });
      await without.page.goto(home());
      assert.equal(await without.page.locator('known-for-steps [part=title]').innerText(), title);
      // The drawers that ask the server are hidden, and so is every button that no form stands behind.
      assert.equal(await without.page.locator('[data-ask]:visible, button[type=button]:visible').count(), 0);
      const names = without.page.locator('known-for-steps [part=step-name]');
      assert.equal(await names.count(), 1);
      await unfold(without.page);
      // Whether the challenge has a step to decline, too, depends on the day: the seed ends with the week.
      const leave = without.page.locator('known-for-challenge, known-for-board').locator('[data-leave]:visible');
      assert.equal(await leave.count(), 2);
      await without.close();
    });

    it(`is complete at its first paint, and nothing moves when they come: ${locale}`, async () => {
      const { page, close } = await visit({ locale });
      await page.addInitScript(watch);
      let arrive;
      const held = new Promise((resolve) => {
        arrive = resolve;
      });
      await page.route('**/pkg/*.js', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(home(), { waitUntil: 'commit' });
      await until('something is painted', () =>
        page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length),
      );
      await page.locator('known-for-board [part=card]').waitFor({ state: 'attached' });
      const before = await read(page);
      // What has moved so far was unfolded by this test.
      await stillness(page);
      await forget(page);
      assert.equal(await page.evaluate(() => customElements.get('known-for-steps')), undefined);
      // To read a sheet that a shadow root links to, axe would set a style, which the policy forbids.
      assert.deepEqual(await axe(page, { preload: false }), []);
      // Playwright would hide the caret by a style, which the policy forbids.
      const session = await page.context().newCDPSession(page);
      const screenshot = async () => (await session.send('Page.captureScreenshot')).data;
      const seen = await screenshot();
      arrive();
      await taken(page);
      await drawn(page);
      assert.deepEqual(await read(page), before);
      const { count, ...found } = await differences(page);
      assert.ok(count >= NAMES.length);
      assert.deepEqual(found, { moved: 0, replaced: 0, left: [], changes: [] });
      assert.ok(seen === (await screenshot()), 'not one pixel is another');
      await close();
    });
  }

  it('joins and leaves a challenge and a board', async () => {
    const { page, close } = await visit({ javaScriptEnabled: false });
    await page.goto(home());
    for (const name of ['challenge', 'board']) {
      const button = page.locator(`known-for-${name} [part=join-button]`);
      const before = await button.textContent();
      for (const after of [before === 'Join' ? 'Leave' : 'Join', before]) {
        await unfold(page);
        await button.click();
        await becomes(() => button.textContent(), after);
        assert.equal(new URL(page.url()).pathname, '/');
      }
    }
    await close();
  });
});
