/** Living in a page: shadow roots, frames, servers that hang or fail, and mistakes in the markup. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { onStage } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, until } from './waiting.mjs';

describe('an element in a page', () => {
  const running = run(start);
  const stage = (body, answers) => onStage(running, body, {}, { jonas: () => views.colleague, ...answers });
  /** Loads the page again, with what `development.js` does. */
  const develop = async (page) => {
    await page.route('**/known-for/index.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: "import './warnings.js'; import { define } from './define.js'; define();",
      }),
    );
    await page.reload();
  };
  const source = (name) => `<known-for-source view="api/${name}"></known-for-source>`;

  it('shows the source of its own shadow root, then of the root around it', async () => {
    const { page, close } = await stage(`${source('view')}<section id="own"></section><section id="outer"></section>`);
    const members = await page.evaluate(async () => {
      await customElements.whenDefined('known-for-topics');
      // Made without markup: the page's policy forbids it.
      const add = (parent, name, attributes = {}) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        parent.append(element);
        return element;
      };
      const own = document.querySelector('#own').attachShadow({ mode: 'open' });
      const inOwn = add(own, 'known-for-topics');
      add(own, 'known-for-source', { view: 'api/jonas', id: 'inner' });
      const within = add(own, 'div').attachShadow({ mode: 'open' });
      const inNested = add(within, 'known-for-topics');
      const selecting = add(within, 'known-for-topics', { source: '#inner' });
      const inOuter = add(document.querySelector('#outer').attachShadow({ mode: 'open' }), 'known-for-topics');
      const all = [inOwn, inNested, selecting, inOuter];
      while (!all.every(({ source }) => source?.view)) await new Promise((done) => setTimeout(done, 20));
      return all.map(({ source }) => source.view.member);
    });
    assert.deepEqual(members, ['jonas', 'jonas', 'jonas', 'mara']);
    await close();
  });

  it('is drawn in the document of a frame that it is moved into', async () => {
    const { page, close } = await stage(
      `${source('view')}<known-for-standing></known-for-standing><iframe title="Frame" src="about:blank"></iframe>`,
    );
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    const look = () =>
      page.evaluate(() => {
        const frame = document.querySelector('iframe').contentDocument;
        const standing = frame.querySelector('known-for-standing');
        const card = standing.shadowRoot.querySelector('[part=card]');
        return card && frame.defaultView.getComputedStyle(card).borderTopStyle;
      });
    await page.evaluate(() => {
      const body = document.querySelector('iframe').contentDocument.body;
      body.append(document.querySelector('known-for-source'), document.querySelector('known-for-standing'));
    });
    await becomes(look, 'solid');
    await page.evaluate(() => {
      const { body } = document.querySelector('iframe').contentDocument;
      // By way of a document that shows nothing.
      const hidden = document.implementation.createHTMLDocument();
      hidden.body.append(...body.children);
      document.querySelector('main').append(...hidden.body.children);
      document.querySelector('iframe').remove();
    });
    const standing = page.locator('known-for-standing [part=card]');
    await becomes(() => standing.evaluate((card) => getComputedStyle(card).borderTopStyle), 'solid');
    await close();
  });

  it('is busy while its server hangs, and shows the page its own content', async () => {
    const { page, close } = await stage('<known-for-standing>mine</known-for-standing>');
    let answer;
    await page.route('**/api/hanging', (route) => {
      answer = () => route.fulfill({ json: views.own });
    });
    await page.evaluate(() => {
      const source = document.createElement('known-for-source');
      source.setAttribute('view', 'api/hanging');
      document.querySelector('main').append(source);
    });
    const standing = page.locator('known-for-standing');
    await becomes(() => standing.evaluate((element) => element.matches(':state(loading)')), true);
    const session = await page.context().newCDPSession(page);
    const isBusy = async () => {
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      return nodes.some(({ properties = [] }) => properties.some(({ name, value }) => name === 'busy' && value.value));
    };
    await becomes(isBusy, true);
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await until('it is asked', () => answer);
    await answer();
    await standing.locator('[part=figure]').first().waitFor();
    assert.equal(await isBusy(), false);
    await close();
  });

  it('says that its server failed, and tries again when asked to', async () => {
    let status = 500;
    const { page, close } = await stage('<known-for-standing><span>mine</span></known-for-standing>', {
      view: () => (status === 200 ? views.own : status),
    });
    await page.evaluate(() => {
      addEventListener('known-for-error', ({ target, detail }) => {
        window.told = `${target.localName}: ${detail.error.message}`;
      });
      const source = document.createElement('known-for-source');
      source.setAttribute('view', 'api/view');
      document.querySelector('main').append(source);
    });
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    assert.match(await page.evaluate(() => window.told), /^known-for-source: .*api\/view answered 500$/);
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    assert.ok(await page.locator('known-for-standing').evaluate((element) => element.matches(':state(failed)')));
    status = 200;
    await again.click();
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    assert.equal(await again.count(), 0);
    await close([/500/]);
  });

  it('draws nothing of data of another shape, and tells of it', async () => {
    const { page, close } = await stage(
      '<known-for-source></known-for-source><known-for-standing>mine</known-for-standing>',
      { view: () => ({ ...views.own, standing: { points: 'many' } }) },
    );
    const told = page.evaluate(
      () =>
        new Promise((told) => {
          addEventListener('known-for-error', ({ detail }) => told(detail.error.message));
          document.querySelector('known-for-source').setAttribute('view', 'api/view');
        }),
    );
    assert.match(await told, /points/);
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    assert.equal(await page.locator('known-for-standing [part=card]').count(), 0);
    await close();
  });

  it('moves nothing on the page while it is drawn in the space that the page reserves', async () => {
    const { page, close } = await stage(`${source('view')}<known-for-standing></known-for-standing><p>Below</p>`);
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    const height = await page.locator('known-for-standing').evaluate((element) => element.offsetHeight);
    await page.route('**/wiki.css', async (route) => {
      const answer = await route.fetch();
      const reserve = `known-for-standing:not(:state(drawn), :state(kept)) { display: block; min-block-size: ${height}px }`;
      await route.fulfill({ response: answer, body: (await answer.text()) + reserve });
    });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shift += value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.reload();
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    assert.equal(await page.evaluate(() => window.shift), 0);
    await close();
  });

  it('shows the source that is selected, of several on the page, each with its own data', async () => {
    const { page, close } = await stage(
      `<known-for-source id="own" view="api/view"></known-for-source><known-for-source id="other" view="api/jonas">
        <known-for-topics id="within"></known-for-topics></known-for-source>
        <known-for-topics id="first"></known-for-topics>
        <known-for-topics id="chosen" source="#other"></known-for-topics>`,
    );
    const members = () =>
      page.evaluate(() =>
        ['within', 'first', 'chosen'].map((id) => document.getElementById(id).source?.view?.member).join(),
      );
    await becomes(members, 'jonas,mara,jonas');
    const claimed = (id) => page.locator(`#${id} [part=topic]`).count();
    await becomes(async () => [await claimed('within'), await claimed('first'), await claimed('chosen')], [2, 3, 2]);
    await page.locator('#chosen').evaluate((element) => {
      element.source = '#own';
    });
    await becomes(() => claimed('chosen'), 3);
    await page.locator('#own').evaluate((source) => source.remove());
    await becomes(members, 'jonas,jonas,');
    await close();
  });

  it('is warned about in development: a view of another version, and a second copy of the package', async () => {
    let version = 2;
    const { page, said, close } = await stage(
      `${source('view')}<known-for-standing></known-for-standing>`,
      { view: () => ({ ...views.own, version }), board: () => ({ ...views.board, version: 1 }) },
    );
    await develop(page);
    const warned = (pattern) =>
      until(`it is warned: ${pattern}`, () => said.some((line) => line.startsWith('warning') && pattern.test(line)));
    await warned(/the view has version 2, and this package draws version 1; update the package knownfor in the page/);
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    version = 0;
    await page.evaluate(() => document.querySelector('known-for-source').refresh());
    await warned(/the view has version 0, and this package draws version 1; update the crate knownfor on the server/);
    await page.evaluate(() => document.querySelector('known-for-source').setAttribute('board', 'api/board'));
    await page.route('**/second/**', async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace('second', 'known-for') }) }),
    );
    await page.evaluate(() => import(new URL('second/development.js', document.baseURI).href));
    await warned(/another copy of this package has defined .* the copy at http.*second.warnings.js is not used/);
    await page.evaluate(() => document.querySelector('known-for-source').refresh());
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    assert.equal(said.length, 3, said.join('\n'));
    await close([/known-for:/]);
  });

  it('is warned about in development: attributes that it does not have, and a missing source', async () => {
    const { page, said, close } = await stage(
      '<known-for-profile edit-url="/x" class="a" data-x="1" aria-label="b"></known-for-profile>',
    );
    await develop(page);
    await until('both are told', () => said.filter((line) => line.startsWith('warning: known-for:')).length === 2);
    assert.match(said.join('\n'), /<known-for-profile> has no attribute `edit-url`; it has `source`, `heading-level`, `edit-href`/);
    assert.match(said.join('\n'), /<known-for-profile> has no source/);
    await close([/known-for:/]);
  });
});
