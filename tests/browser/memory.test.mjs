/** Memory: a page that adds and removes elements for a whole day holds no more than at its start. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { NAMES, onStage, SOURCE, WITH_BOARD } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, until } from './waiting.mjs';

/** The unit in which WebAssembly memory grows. */
const WASM_PAGE = 65_536;

describe('the memory of a page', () => {
  const running = run(start);

  /** Adds this many elements of every kind, waits until each is drawn, and removes them all. */
  const passBy = (page, count) =>
    page.evaluate(
      async ([kinds, count]) => {
        const added = Array.from({ length: kinds.length * count }, (_, index) => {
          const element = document.createElement(`known-for-${kinds[index % kinds.length]}`);
          element.setAttribute('to', 'jonas');
          return element;
        });
        const box = document.createElement('div');
        box.append(...added);
        document.querySelector('main').append(box);
        while (added.some(({ shadowRoot }) => !shadowRoot?.querySelector('[role=status], [part=card]'))) {
          await new Promise((done) => setTimeout(done, 20));
        }
        window.passed ??= [];
        window.passed.push(...added.map((element) => new WeakRef(element)));
        box.remove();
      },
      [NAMES, count],
    );

  /** What a forced collection leaves: removed elements, nodes, and bytes of a module's memory. */
  const left = async (page, module) => {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { nodes } = await session.send('Memory.getDOMCounters');
    await session.detach();
    const bytes = await page.evaluate(async (module) => {
      const { default: load } = await import(new URL(`known-for/${module}.js`, document.baseURI).href);
      return (await load()).memory.buffer.byteLength;
    }, module);
    const elements = await page.evaluate(() => window.passed?.filter((passed) => passed.deref()).length);
    return { elements, nodes, bytes };
  };

  it('stays the same over a thousand elements of every kind', async () => {
    const { page, close } = await onStage(running, WITH_BOARD);
    await passBy(page, 23);
    await becomes(async () => (await left(page, 'draw')).elements, 0, 'removed elements are still there');
    const first = await left(page, 'draw');
    for (let round = 0; round < 3; round += 1) await passBy(page, 23);
    await becomes(async () => (await left(page, 'draw')).elements, 0, 'removed elements are still there');
    const last = await left(page, 'draw');
    assert.equal(await page.evaluate(() => window.passed.length), 1_012);
    assert.ok(last.nodes <= first.nodes + 100, `${last.nodes} nodes, ${first.nodes} after the first round`);
    // How much the elements of one round need at once depends a little on when the collector runs.
    assert.ok(last.bytes <= first.bytes + 4 * WASM_PAGE, `${last.bytes} bytes, ${first.bytes} after the first round`);
    if (process.env.FIGURES) console.log({ first, last });
    await close();
  });

  it('stays the same over fifty changes of route in a page that never reloads', async () => {
    const { page, close } = await onStage(running, '<section></section>', {}, { jonas: () => views.colleague });
    /** Goes to this many routes, one after the other, as a router does: what it showed before is replaced. */
    const go = (count) =>
      page.evaluate(
        async ([names, count]) => {
          const outlet = document.querySelector('section');
          const make = (name, attributes) => {
            const element = document.createElement(`known-for-${name}`);
            for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
            return element;
          };
          for (let route = 0; route < count; route += 1) {
            const address = ['api/view', 'api/jonas'][route % 2];
            const source = make('source', { view: address, board: 'api/board', experts: 'api/experts' });
            const shown = names.filter((_, index) => index % 3 !== route % 3);
            source.append(...shown.map((name) => make(name, { to: 'jonas', 'heading-level': '2' })));
            history.pushState({}, '', `#${route}`);
            const gone = [...outlet.querySelectorAll('*')].map((element) => new WeakRef(element));
            outlet.replaceChildren(source);
            const drawn = source.querySelector('known-for-badges, known-for-topics');
            while (!source.view || !drawn.matches(':state(drawn)')) {
              await new Promise((done) => setTimeout(done, 10));
            }
            window.passed = [...(window.passed ?? []), ...gone];
          }
        },
        [NAMES, count],
      );
    await go(10);
    await becomes(async () => (await left(page, 'draw')).elements, 0, 'elements of the first routes are still there');
    const first = await left(page, 'draw');
    await go(50);
    await becomes(async () => (await left(page, 'draw')).elements, 0, 'elements of earlier routes are still there');
    const last = await left(page, 'draw');
    assert.ok((await page.evaluate(() => window.passed.length)) > 400);
    assert.ok(last.nodes <= first.nodes + 100, `${last.nodes} nodes, ${first.nodes} after ten routes`);
    assert.ok(last.bytes <= first.bytes + 4 * WASM_PAGE, `${last.bytes} bytes, ${first.bytes} after ten routes`);
    if (process.env.FIGURES) console.log({ first, last });
    await close();
  });

  it('stays the same over fifty sources that work in the page', async () => {
    const { page, close } = await running.open();
    await page.goto(running.server.address);
    const change = () =>
      page.evaluate(async () => {
        const source = document.querySelector('known-for-source');
        const next = source.cloneNode();
        source.replaceWith(next);
        while (!next.view) await new Promise((done) => setTimeout(done, 5));
      });
    for (let round = 0; round < 50; round += 1) await change();
    // Each has its engine in a thread of its own, and takes it along.
    await becomes(() => page.workers().length, 1);
    await close();
  });

  it('keeps the drawing of an element that is moved, and draws one anew that comes back later', async () => {
    const { page, close } = await onStage(running, `${SOURCE}<known-for-badges></known-for-badges><section></section>`);
    const badge = page.locator('known-for-badges [part=badge]').first();
    await badge.waitFor();
    const node = await badge.elementHandle();
    await page.evaluate(() => document.querySelector('section').append(document.querySelector('known-for-badges')));
    await page.locator('section known-for-badges').waitFor();
    const onTheWay = (percent) => {
      const parts = [{ name: 'pages', value: percent / 10, goal: 10 }];
      return { ...views.own.badges.on_the_way[0], percent, parts };
    };
    const show = (percent) =>
      page.locator('#mara').evaluate(
        (source, view) => {
          source.view = view;
        },
        { ...views.own, badges: { ...views.own.badges, on_the_way: [onTheWay(percent)] } },
      );
    const way = page.locator('known-for-badges [part=on-the-way]');
    await show(70);
    await way.getByText('pages: 7 of 10').waitFor();
    assert.ok(await node.evaluate(({ isConnected }) => isConnected), 'the badge was drawn anew instead of moved');
    await page.evaluate(() => {
      window.away = document.querySelector('known-for-badges');
      window.away.remove();
    });
    await show(80);
    await page.evaluate(() => document.querySelector('main').append(window.away));
    await way.getByText('pages: 8 of 10').waitFor();
    await until('it can be pressed', async () => {
      await way.locator('summary').click();
      return true;
    });
    await page.locator('known-for-badges [part=reason]').first().waitFor();
    await close();
  });
});
