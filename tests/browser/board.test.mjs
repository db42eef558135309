/** The board in a browser: boards of thousands have pages. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { onStage } from './stage.mjs';
import { becomes, until } from './waiting.mjs';

/** A board of this many members, with the viewer at a place. */
const boardOf = (count, own) => ({
  board: 'helpful',
  name: 'Helpful',
  currency: 'Recognition',
  joined: true,
  audience: 'company',
  rows: Array.from({ length: count }, (_, index) => ({
    place: index + 1,
    member: `member-${index}`,
    name: `Member ${index + 1}`,
    total: 10 * (count - index),
    own: index + 1 === own,
  })),
});

describe('the board', () => {
  const running = run(start);
  const BODY = '<known-for-source board="api/board"></known-for-source><known-for-board></known-for-board><p>Below</p>';
  const stage = (board, look, body = BODY) => onStage(running, body, look, { board: () => board });
  const places = (page) => page.locator('known-for-board [part~=row] td.place').allInnerTexts();
  const between = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

  it('has no pages if it is short', async () => {
    const { page, close } = await stage(boardOf(25, 7));
    await becomes(() => places(page), between(1, 25));
    assert.equal(await page.locator('known-for-board nav').count(), 0);
    assert.equal(await page.locator('known-for-board table').getAttribute('aria-rowcount'), null);
    await close();
  });

  it('shows thousands a page at a time, with the own row on every page, by keyboard', async () => {
    const { page, close } = await stage(boardOf(5_000, 28));
    await becomes(() => places(page), [...between(1, 25), '28']);
    const board = page.locator('known-for-board');
    const [previous, next] = ['Previous', 'Next'].map((name) => board.getByRole('button', { name, exact: true }));
    const range = board.getByRole('navigation', { name: 'Helpful' }).getByRole('status');
    assert.equal(await range.innerText(), '1 to 25 of 5,000');
    assert.equal(await previous.getAttribute('aria-disabled'), 'true');
    await next.focus();
    await page.keyboard.press('Enter');
    await becomes(() => places(page), between(26, 50));
    assert.equal(await range.innerText(), '26 to 50 of 5,000');
    // The focus stays, so that the next press turns the next page.
    await page.keyboard.press('Enter');
    await becomes(() => places(page), ['28', ...between(51, 75)]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await becomes(() => places(page), between(26, 50));
    await close();
  });

  it('ends with the rows that are left, and offers no page beyond them', async () => {
    const { page, close } = await stage(boardOf(60));
    const board = page.locator('known-for-board');
    const next = board.getByRole('button', { name: 'Next' });
    await next.click();
    await becomes(() => places(page), between(26, 50));
    await next.click();
    await becomes(() => places(page), between(51, 60));
    assert.equal(await next.getAttribute('aria-disabled'), 'true');
    await next.click({ force: true });
    await becomes(() => places(page), between(51, 60));
    // A shorter board has no such page any more, another board begins anew.
    const show = (data) =>
      page.locator('known-for-source').evaluate((source, data) => {
        source.board = data;
      }, data);
    await show(boardOf(40));
    await becomes(() => places(page), between(26, 40));
    await show({ ...boardOf(60), board: 'other' });
    await becomes(() => places(page), between(1, 25));
    await close();
  });

  it('tells a screen reader how many rows there are, and which of them it has', async () => {
    const { page, close } = await stage(boardOf(5_000, 4_000));
    const table = page.locator('known-for-board').getByRole('table', { name: 'Helpful' });
    await table.waitFor();
    assert.equal(await table.getAttribute('aria-rowcount'), '5001');
    const rows = table.locator('tbody tr');
    const indices = await rows.evaluateAll((rows) => rows.map((row) => row.ariaRowIndex));
    assert.deepEqual(indices, [...between(2, 26), '4001']);
    assert.equal(await rows.last().getAttribute('aria-current'), 'true');
    assert.deepEqual(await axe(page), []);
    await close();
  });

  for (const lang of ['de', 'ar', 'pl']) {
    it(`has room for its pages on a narrow page: ${lang}`, async () => {
      const { page, close } = await stage(boardOf(5_000, 1), { width: 320, lang, direction: lang === 'ar' && 'rtl' });
      await becomes(() => page.locator('known-for-board [part=page-button]').count(), 2);
      assert.match(await page.locator('known-for-board [part=pages] p').innerText(), /25|٢٥/);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      assert.deepEqual(await axe(page), []);
      await close();
    });
  }

  it('moves nothing when a page is turned', async () => {
    const { page, close } = await stage(boardOf(1));
    await becomes(() => places(page), ['1']);
    const milliseconds = await page.evaluate(async (data) => {
      const { shadowRoot } = document.querySelector('known-for-board');
      const begun = performance.now();
      document.querySelector('known-for-source').board = data;
      while (!shadowRoot.querySelector('nav')) await new Promise((done) => setTimeout(done));
      const milliseconds = performance.now() - begun;
      // What the new rows have moved is painted before anything counts.
      for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift' });
      return milliseconds;
    }, boardOf(5_000, 28));
    if (process.env.FIGURES) console.log({ milliseconds });
    await page.locator('known-for-board').getByRole('button', { name: 'Next' }).click();
    await until('the page is turned', async () => (await places(page))[0] === '26');
    assert.equal(await page.evaluate(() => window.shift), 0);
    await close();
  });
});
