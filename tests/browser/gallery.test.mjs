/**
 * The gallery: every element in every state, in the looks of three hosts, in several languages, widths and densities.
 *
 * `PICTURES=folder` keeps a picture of each.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { becomes, drawn, stillness, until } from './waiting.mjs';

const LOOKS = [
  ['', {}],
  ['scheme=dark', { width: 1024 }],
  ['host=plain&lang=pl', { width: 390 }],
  ['host=portal&lang=de&density=compact', { width: 320, motion: 'reduce' }],
  ['host=serif&lang=fr', { width: 768 }],
  ['host=serif&scheme=dark&lang=ja', { width: 1440 }],
  ['lang=ar&dir=rtl', { width: 390, scheme: 'dark' }],
  ['lang=es', { forced: true }],
];

describe('the gallery', () => {
  const running = run(start);

  const visit = async (query, look) => {
    const opened = await running.open(look);
    await opened.page.goto(new URL(`gallery.html?${query}`, running.server.address).href);
    // The last thing to come is what has arrived since an earlier visit.
    await becomes(() => opened.page.locator('known-for-celebration [part=card]').count(), 3);
    await drawn(opened.page);
    await stillness(opened.page);
    return opened;
  };

  for (const [query, look] of LOOKS)
    it(`has nothing for axe, the console or the policy to find: ?${query} ${JSON.stringify(look)}`, async () => {
      const { page, close } = await visit(query, look);
      if (process.env.PICTURES) {
        const name = `gallery-${[query.replaceAll('=', '-').replaceAll('&', '-'), look.width].filter(Boolean).join('-')}`;
        await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });
      }
      assert.deepEqual(await axe(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await close();
    });

  it('has every element, each in a state that draws it', async () => {
    const { page, close } = await visit('', {});
    const { names, empty } = await page.evaluate(() => {
      const elements = [...document.querySelectorAll('main *')].filter(({ shown }) => shown);
      const isEmpty = (element) =>
        !element.shadowRoot?.querySelector('[part=card]') && !element.matches(':state(away)');
      return {
        names: [...new Set(elements.map(({ localName }) => localName))].sort(),
        empty: elements.filter(isEmpty).map(({ parentElement }) => parentElement.id),
      };
    });
    const all = await page.evaluate(async () => Object.keys(await import('/known-for/elements.js')));
    const drawing = all.filter((name) => /^KnownFor(?!Element|Source|Error)/.test(name));
    assert.deepEqual(names, drawing.map((name) => name.replace('KnownFor', 'known-for-').toLowerCase()).sort());
    assert.deepEqual(empty, []);
    await close();
  });

  it('sets a token, and writes it as a page would have it', async () => {
    const { page, close } = await visit('', {});
    await page.getByText('Theme editor').click();
    await page.getByLabel('voice').fill('monospace');
    await page.getByLabel('accent', { exact: true }).fill('#7a0044');
    await becomes(
      () => page.locator('#css').textContent(),
      ':root {\n  --known-for-accent: #7a0044;\n  --known-for-voice: monospace;\n}',
    );
    const lead = page.locator('#state-topics-0 known-for-topics [part=title]');
    assert.equal(await lead.evaluate((element) => getComputedStyle(element).fontFamily), 'monospace');
    await page.getByRole('button', { name: 'Copy embed code' }).first().click();
    await until('it is said', () => page.locator('#copied').textContent());
    await close();
  });
});
