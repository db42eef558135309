/**
 * The matrix: every page of the intranet and the gallery, at the widths of phones, tablets and desktops, in every mode
 * that a reader may have. It asserts what a machine can see; `PICTURES=folder` keeps a picture of each for people.
 *
 * One browser, one context a mode, and one load a page: the widths follow by resizing it.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { axe, open } from './browser.mjs';
import { intranet, page as example, run } from './servers.mjs';
import { drawn, stillness } from './waiting.mjs';

const WIDTHS = [320, 390, 768, 1024, 1440];

/**
 * The modes, each with the widths at which axe looks: what it finds hardly depends on the width. Where a page `loads`
 * in its mode, and is not brought into it by this test, nothing may move meanwhile.
 */
const MODES = {
  light: { looks: [390, 1440], loads: true },
  dark: { look: { scheme: 'dark', motion: 'reduce' }, looks: [1440], loads: true },
  forced: { look: { forced: true, motion: 'reduce' }, looks: [768], loads: true },
  'right-to-left': { look: { direction: 'rtl', motion: 'reduce' }, widths: [320, 768, 1440], looks: [] },
  // As a reader sets it in the browser: everything grows that is not in pixels.
  'large-letters': { look: { motion: 'reduce' }, letters: '200%', widths: [390, 768, 1440], looks: [] },
  print: { look: { motion: 'reduce' }, media: 'print', widths: [794], looks: [] },
};

/** The pages, each with who looks; a page without a widget is not waited for. */
const PAGES = [
  ['home', '/', 'ada'],
  ['first-day', '/', 'lukas'],
  ['people', '/people', 'ada'],
  ['person', '/people/ingrid', 'ada'],
  ['own', '/people/ada', 'ada'],
  ['edit', '/people/ada/edit', 'ada'],
  ['experts', '/experts', 'ada'],
  ['topic', '/experts?topic=facilitation', 'ada', true],
  ['model', '/models/ingrid', 'ada', true],
  ['thanks', '/thanks', 'ada', true],
  ['settings', '/settings', 'ada', true],
  ['sheet', '/data-sheet', 'ada', true],
  ['programme', '/programme', 'hannah', true],
  ['lost', '/nowhere', 'ada', true],
];

/** What moves the page while it loads, and whether anything is in motion. */
const WATCHING = () => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
};
const inMotion = () =>
  [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])].flatMap((root) =>
    root.getAnimations().filter(({ playState }) => playState === 'running'),
  ).length;

/** Looks at the page that is open, at each width, and returns what is wrong with it. */
async function look(page, name, mode, { widths = WIDTHS, looks, loads, letters, look: { motion } = {} }) {
  const wrong = [];
  const moved = await page.evaluate(() => window.moved);
  if (loads && moved > 0.001) wrong.push(`moved by ${moved.toFixed(3)} while it was drawn`);
  if (motion === 'reduce' && (await page.evaluate(inMotion)) > 0) wrong.push('moves, though no motion is wanted');
  if (letters)
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, letters);
  await stillness(page);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) wrong.push(`${wide} px too wide at ${width}`);
    if (looks.includes(width)) wrong.push(...(await axe(page)).map((found) => `at ${width}: ${found}`));
    if (process.env.PICTURES)
      await page.screenshot({ path: join(process.env.PICTURES, `${name}-${mode}-${width}.png`), fullPage: true });
  }
  return wrong;
}

describe('every page in every mode', () => {
  const company = run(intranet);
  let gallery;
  before(async () => {
    gallery = await example();
  });
  after(() => gallery?.close());

  for (const [mode, how] of Object.entries(MODES))
    it(`is sound: ${mode}`, async () => {
      const { page, close } = await open(company.browser, { width: 1440, ...how.look });
      await page.addInitScript(WATCHING);
      if (how.media) await page.emulateMedia({ media: how.media });
      const found = {};
      for (const [name, path, viewer, isPlain] of PAGES) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.context().addCookies([{ name: 'signed-in', value: viewer, url: company.server.address }]);
        await page.goto(new URL(path, company.server.address).href);
        if (!isPlain) await drawn(page);
        const wrong = await look(page, name, mode, how);
        if (wrong.length > 0) found[name] = wrong;
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      const language = how.look?.direction === 'rtl' ? 'lang=ar&dir=rtl' : '';
      await page.goto(new URL(`gallery.html?${language}`, gallery.address).href);
      await page.locator('known-for-celebration [part=card]').nth(2).waitFor();
      await drawn(page);
      // Its states arrive one after another, so what moves says nothing.
      await page.evaluate(() => {
        window.moved = 0;
      });
      const wrong = await look(page, 'gallery', mode, how);
      if (wrong.length > 0) found.gallery = wrong;
      assert.deepEqual(found, {});
      await close([/404/]);
    });
});
