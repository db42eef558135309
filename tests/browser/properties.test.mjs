/** Properties: a string set as a property does what the attribute does, before the elements are defined and after. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { onStage } from './stage.mjs';
import * as views from './views.mjs';
import { becomes } from './waiting.mjs';

const board = { board: 'helpful', name: 'Helpful', currency: 'Recognition', joined: true, audience: 'company', rows: [] };

describe('the properties', () => {
  const running = run(start);
  const stage = (body) => onStage(running, body, {}, { board: () => board, jonas: () => views.colleague });

  /** Adds elements as React, Vue and Svelte do: a property where the element has one, else an attribute. */
  const render = (page, elements, { early = false } = {}) =>
    page.evaluate(
      async ([elements, early]) => {
        await customElements.whenDefined('known-for-source');
        // A document without a window defines nothing: its elements get their class only in ours.
        const maker = early ? document.implementation.createHTMLDocument() : document;
        for (const [name, values] of elements) {
          const element = maker.createElement(name);
          for (const [key, value] of Object.entries(values)) {
            if (early || key in element) element[key] = value;
            else element.setAttribute(key, value);
          }
          document.querySelector('main').append(element);
        }
      },
      [elements, early],
    );

  const set = (page, selector, values) =>
    page.locator(selector).evaluate((element, values) => {
      Object.assign(element, values);
    }, values);
  const attribute = (page, selector, name) => page.locator(selector).getAttribute(name);

  for (const early of [false, true]) {
    it(`take a string as the attribute does, ${early ? 'before' : 'after'} the elements are defined`, async () => {
      const { page, close } = await stage('');
      await render(
        page,
        [
          ['known-for-source', { id: 'mara', view: 'api/view', board: 'api/board' }],
          ['known-for-source', { id: 'jonas', view: 'api/jonas' }],
          ['known-for-topics', { source: '#jonas' }],
          ['known-for-board', { source: '' }],
        ],
        { early },
      );
      await page.locator('known-for-topics [part=topic]').first().waitFor();
      await becomes(() => page.locator('known-for-topics').evaluate(({ source }) => source.id), 'jonas');
      assert.equal(await attribute(page, 'known-for-topics', 'source'), '#jonas');
      assert.equal(await attribute(page, '#mara', 'view'), 'api/view');
      await page.locator('known-for-board [part=card]').waitFor();
      assert.equal(await attribute(page, '#mara', 'board'), 'api/board');
      await close();
    });
  }

  it('take another string, and nothing', async () => {
    const { page, close } = await stage(
      '<known-for-source id="mara" view="api/view"></known-for-source><known-for-topics>mine</known-for-topics>',
    );
    const own = () => page.locator('#mara').evaluate(({ view }) => view?.own ?? null);
    await becomes(own, true);
    await set(page, '#mara', { view: 'api/jonas' });
    await becomes(own, false);
    for (const nothing of [undefined, null]) {
      // As when a framework takes away a property that it has set: `undefined` does not cross into the page by itself.
      await page.locator('#mara').evaluate((source, isNull) => {
        source.view = isNull ? null : undefined;
      }, nothing === null);
      await page.getByText('mine', { exact: true }).waitFor();
      assert.equal(await attribute(page, '#mara', 'view'), null);
      await page.locator('#mara').evaluate((source) => source.refresh());
      assert.equal(await own(), null, 'it is read again');
      await set(page, '#mara', { view: 'api/view' });
      await becomes(own, true);
    }
    await set(page, 'known-for-topics', { source: '#nobody' });
    await page.getByText('mine', { exact: true }).waitFor();
    await page.locator('known-for-topics').evaluate((element) => {
      element.source = undefined;
    });
    await page.locator('known-for-topics [part=topic]').first().waitFor();
    assert.equal(await attribute(page, 'known-for-topics', 'source'), null);
    await close();
  });

  it('take data, which stays until the address is read again', async () => {
    const { page, close } = await stage('<known-for-source id="mara" view="api/view"></known-for-source>');
    const member = () => page.locator('#mara').evaluate(({ view }) => view?.member);
    await becomes(member, 'mara');
    await set(page, '#mara', { view: views.colleague });
    assert.equal(await member(), 'jonas');
    assert.equal(await attribute(page, '#mara', 'view'), 'api/view');
    await page.locator('#mara').evaluate((source) => source.refresh());
    assert.equal(await member(), 'mara');
    await close();
  });

  it('take for no address what a renderer on a server writes for data', async () => {
    const { page, close } = await stage('<known-for-source id="mara" view="[object Object]"></known-for-source>');
    const errors = page.locator('#mara').evaluate(
      (source) =>
        new Promise((resolve) => {
          const told = [];
          source.addEventListener('known-for-error', ({ detail }) => told.push(detail.error.message));
          source.refresh().then(() => resolve(told));
        }),
    );
    assert.deepEqual(await errors, []);
    await set(page, '#mara', { view: views.colleague });
    assert.equal(await page.locator('#mara').evaluate(({ view }) => view?.member), 'jonas');
    await close();
  });

  it('never throw, and report what cannot be shown or selected', async () => {
    const { page, close } = await stage(
      '<known-for-source id="mara"></known-for-source><known-for-standing>mine</known-for-standing>',
    );
    const told = await page.evaluate(async () => {
      await customElements.whenDefined('known-for-source');
      const told = [];
      addEventListener('known-for-error', ({ target, detail }) => told.push([target.localName, detail.error.message]));
      const source = document.querySelector('#mara');
      const circle = {};
      circle.self = circle;
      for (const view of [circle, { member: 'mara' }, { member: 'mara', name: 'Mara' }, 5, true]) source.view = view;
      document.querySelector('known-for-standing').source = source;
      source.view = null;
      return told;
    });
    assert.ok(
      told.some(([name, message]) => name === 'known-for-source' && /circular/.test(message)),
      JSON.stringify(told),
    );
    assert.ok(
      told.some(([name, message]) => name === 'known-for-standing' && /selector/.test(message)),
      JSON.stringify(told),
    );
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await close();
  });
});
