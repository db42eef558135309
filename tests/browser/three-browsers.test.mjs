/** Three browsers: that the elements do in Firefox and WebKit what the other tests see in Chromium. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BROWSERS } from './browsers.mjs';
import { page as startPage } from './servers.mjs';
import { serveStage } from './served-stage.mjs';
import { elements, NAMES, SOURCE, THANKS, WITH_BOARD } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, until } from './waiting.mjs';


let server;
let stage;

before(async () => {
  server = await startPage();
  stage = await serveStage(server.address);
});

after(() => {
  stage?.close();
  server?.close();
});

for (const { name, missing, start } of BROWSERS) {
  // In CI nothing is skipped: a missing browser fails there.
  describe(name, { skip: process.env.CI !== 'true' && missing && `${name} is missing; ${missing}` }, () => {
    let browser;

    before(async () => {
      assert.ok(!missing, `${name} is missing; ${missing}`);
      browser = await start();
    });

    after(() => browser?.close());

    /** A page of the server, which fails the test for every line on the console and every breach of the policy. */
    const open = async (path) => {
      const page = await browser.open(new URL(path, stage.address).href);
      const close = async (allowed = /^$/) => {
        const lines = [...page.said, ...(await page.evaluate(() => window.said))];
        await page.close();
        assert.deepEqual(
          lines.filter((line) => !allowed.test(line)),
          [],
        );
      };
      return { ...page, close };
    };
    const onStage = (body, look, answers) => {
      stage.set(body, look, answers);
      return open('stage.html');
    };
    /** The text that an element has drawn; empty before. */
    const textOf = (page, element) =>
      page.evaluate(
        (element) => document.querySelector(`known-for-${element}`)?.shadowRoot?.textContent ?? '',
        element,
      );

    it('draws every element', async () => {
      const all = elements(...NAMES).replace('<known-for-kudos', '<known-for-kudos to="jonas"');
      const page = await onStage(WITH_BOARD + all);
      const undrawn = () =>
        page.evaluate(
          (names) => names.filter((name) => !document.querySelector(`known-for-${name}`).matches(':state(drawn)')),
          NAMES,
        );
      await becomes(undrawn, []);
      await becomes(() => textOf(page, 'standing'), /Recognition/);
      const corner = () =>
        page.evaluate(() => {
          const card = document.querySelector('known-for-standing').shadowRoot.querySelector('[part=card]');
          return getComputedStyle(card).borderTopStyle;
        });
      await becomes(corner, 'solid');
      await page.close();
    });

    it('works out the page without a server', async () => {
      const page = await open('index.html');
      await becomes(() => textOf(page, 'standing'), /[1-9]\d*\s*Recognition/);
      await page.click(() => document.querySelector('known-for-badges').shadowRoot.querySelector('summary'));
      const reason = () =>
        page.evaluate(
          () => document.querySelector('known-for-badges').shadowRoot.querySelector('[part=reason]')?.textContent ?? '',
        );
      await becomes(reason, /\d/);
      await page.close();
    });

    it('draws again what a script sets', async () => {
      const page = await onStage('<known-for-source></known-for-source><known-for-standing></known-for-standing>');
      const show = (points) =>
        page.evaluate((view) => {
          document.querySelector('known-for-source').view = view;
        }, withPoints(points));
      await show(1_111);
      await becomes(() => textOf(page, 'standing'), /1,111/);
      await show(2_222);
      await becomes(() => textOf(page, 'standing'), /2,222/);
      await page.close();
    });

    it('tells the page of a deed, and the server', async () => {
      const page = await onStage(SOURCE + THANKS);
      await page.evaluate(() => {
        addEventListener('known-for-thank', ({ detail, target }) => {
          window.thanked = [target.localName, detail];
        });
      });
      await until('it is drawn', async () => (await textOf(page, 'kudos')).includes('Thank'));
      await page.click(() =>
        [...document.querySelector('known-for-kudos').shadowRoot.querySelectorAll('button')].find(
          ({ textContent }) => textContent === 'Thank',
        ),
      );
      await becomes(() => textOf(page, 'kudos'), /Your thanks to Jonas were sent/);
      const deed = { to: 'jonas', topic: null, named: false };
      assert.deepEqual(await page.evaluate(() => window.thanked), ['known-for-kudos', deed]);
      assert.deepEqual(stage.posted, [['kudos', deed]]);
      await page.close();
    });

    it('tells the page that its server failed, and tries again when asked to', async () => {
      let status = 503;
      const view = () => (status === 200 ? views.own : status);
      const page = await onStage('<known-for-standing>mine</known-for-standing>', {}, { view });
      await page.evaluate(() => {
        addEventListener('known-for-error', ({ detail }) => {
          window.failed = detail.error.message;
        });
        const source = document.createElement('known-for-source');
        source.setAttribute('view', 'api/view');
        document.querySelector('main').append(source);
      });
      await becomes(() => textOf(page, 'standing'), /Try again/);
      assert.match(await page.evaluate(() => window.failed), /api\/view answered 503$/);
      status = 200;
      await page.click(() => document.querySelector('known-for-standing').shadowRoot.querySelector('[part=again]'));
      await becomes(() => textOf(page, 'standing'), /Recognition/);
      await page.close(/503/);
    });

    it('draws from right to left, in the language of the page', async () => {
      const page = await onStage(`${SOURCE}<known-for-standing></known-for-standing>`, { lang: 'ar', dir: 'rtl' });
      await becomes(() => textOf(page, 'standing'), /\p{Script=Arabic}/u);
      const isRight = () =>
        page.evaluate(() => {
          const root = document.querySelector('known-for-standing').shadowRoot;
          const [card, title] = ['[part=card]', '[part=title]'].map((part) => root.querySelector(part));
          const text = document.createRange();
          text.selectNodeContents(title);
          const [around, written] = [card, text].map((box) => box.getBoundingClientRect());
          return around.right - written.right < written.left - around.left;
        });
      await becomes(isRight, true);
      await page.close();
    });

    it('keeps elements working that are moved into a frame', async () => {
      const page = await onStage(
        `<known-for-source view="api/view"></known-for-source><known-for-standing></known-for-standing>
          <iframe title="Frame" src="about:blank"></iframe>`,
      );
      await becomes(() => textOf(page, 'standing'), /Recognition/);
      await page.evaluate(() => {
        const { body } = document.querySelector('iframe').contentDocument;
        body.append(document.querySelector('known-for-source'), document.querySelector('known-for-standing'));
      });
      const points = () =>
        page.evaluate((view) => {
          const { contentDocument, contentWindow } = document.querySelector('iframe');
          contentDocument.querySelector('known-for-source').view = view;
          const card = contentDocument.querySelector('known-for-standing').shadowRoot.querySelector('[part=card]');
          return card ? `${contentWindow.getComputedStyle(card).borderTopStyle} ${card.textContent}` : '';
        }, withPoints(3_333));
      await becomes(points, /^solid.*3,333/s);
      await page.close();
    });
  });
}

/** A member's view with this many points. */
function withPoints(points) {
  const [currency] = views.own.standing.points;
  return { ...views.own, standing: { ...views.own.standing, points: [{ ...currency, total: points }] } };
}
