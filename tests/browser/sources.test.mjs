/** The source in a browser: addresses that hang, fail, change or are invalid, live messages, the page's own content. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { elements, onStage, SOURCE } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, caughtUp, until } from './waiting.mjs';

const board = {
  board: 'helpful',
  name: 'Helpful',
  currency: 'Recognition',
  joined: true,
  audience: 'company',
  rows: [{ place: 1, member: 'mara', name: 'Mara Voss', total: 1240, own: true }],
};

describe('the source', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  /** Keeps on the page what an event told. */
  const hear = (page, name) =>
    page.evaluate((name) => {
      window.heard ??= [];
      addEventListener(name, ({ detail }) => window.heard.push(detail.error?.message ?? detail));
    }, name);
  const heard = (page) => page.evaluate(() => window.heard);

  it('shows what has changed while nobody could listen, also where the reading then fails once', async () => {
    const { page, close } = await stage(
      '<known-for-source view="api/view" live="api/live"></known-for-source><known-for-profile></known-for-profile>',
      {},
      { live: () => null },
    );
    let percent = 65;
    let failures = 0;
    let listens = false;
    await page.route('**/api/live', (route) =>
      listens ? route.fulfill({ contentType: 'text/event-stream', body: 'retry: 60000\n\n' }) : route.abort(),
    );
    await page.route('**/api/view', (route) => {
      if (percent > 65 && failures++ === 0) return route.fulfill({ status: 503 });
      return route.fulfill({ json: { ...views.own, profile: { ...views.own.profile, percent } } });
    });
    await page.reload();
    const ring = page.locator('known-for-profile [role=progressbar]').first();
    await becomes(() => ring.getAttribute('aria-valuenow'), '65');
    [percent, listens] = [80, true];
    await becomes(() => ring.getAttribute('aria-valuenow'), '80');
    assert.ok(failures > 1, 'no reading failed');
    await close([/Failed to load resource/, /EventSource/]);
  });

  it('is left alone by elements whose selector cannot be understood, and which tell of it', async () => {
    const { page, close } = await stage(
      '<known-for-profile source="#1">mine</known-for-profile><known-for-standing></known-for-standing>',
    );
    const errors = page.evaluate(
      () =>
        new Promise((told) => {
          addEventListener('known-for-error', ({ target, detail }) => told([target.localName, detail.error.message]));
          const element = document.createElement('known-for-badges');
          element.setAttribute('source', '#2');
          document.querySelector('main').append(element);
        }),
    );
    assert.match((await errors).join(': '), /^known-for-badges: .*#2/);
    await page.evaluate(() =>
      document.querySelector('main').append(Object.assign(document.createElement('known-for-source'), { id: 'late' })),
    );
    await page.locator('#late').evaluate((source, view) => {
      source.view = view;
    }, views.own);
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await close();
  });

  it('tells of an address that is none', async () => {
    const { page, close } = await stage(
      '<known-for-source></known-for-source><known-for-profile>mine</known-for-profile>',
    );
    const error = await page.evaluate(
      () =>
        new Promise((told) => {
          addEventListener('known-for-error', ({ detail }) => told(detail.error.message));
          document.querySelector('known-for-source').setAttribute('view', 'http://[bad');
        }),
    );
    assert.match(error, /`view`.*http:\/\/\[bad/);
    await close();
  });

  it('shows what came where something else could not be had, and tells of that', async () => {
    let status = 500;
    const { page, close } = await stage(
      `${elements('source', 'standing')}<known-for-board><span>mine</span></known-for-board>`,
      {},
      { board: () => (status === 200 ? board : status) },
    );
    await hear(page, 'known-for-error');
    await page.locator('known-for-source').evaluate((source) => {
      source.setAttribute('view', 'api/view');
      source.setAttribute('board', 'api/board');
    });
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await becomes(async () => (await heard(page)).join(), /^[^,]*api.board answered 500$/);
    status = 200;
    await page.locator('known-for-source').evaluate((source) => source.refresh());
    await page.locator('known-for-board [part~=own-row]').waitFor();
    await close([/500/]);
  });

  it('does not wait for an address that hangs once there is another', async () => {
    const { page, close } = await stage(
      '<known-for-source></known-for-source><known-for-standing></known-for-standing>',
    );
    await hear(page, 'known-for-error');
    await page.route('**/api/hanging', () => {});
    const asked = page.waitForRequest('**/api/hanging');
    await page.locator('known-for-source').evaluate((source) => source.setAttribute('view', 'api/hanging'));
    await asked;
    await page.locator('known-for-source').evaluate((source) => source.setAttribute('view', 'api/view'));
    await page.locator('known-for-standing [part=figure]').first().waitFor({ timeout: 5_000 });
    assert.deepEqual(await heard(page), []);
    await close();
  });

  it('shows what has come while another address hangs, and reads it again', async () => {
    let percent = 65;
    const { page, close } = await stage(
      `${elements('source', 'profile')}<known-for-board>mine</known-for-board>`,
      {},
      {
        view: () => ({ ...views.own, profile: { ...views.own.profile, percent } }),
      },
    );
    let answerBoard;
    await page.route('**/api/board', (route) => {
      answerBoard = () => route.fulfill({ json: board });
    });
    await page.locator('known-for-source').evaluate((source) => {
      source.setAttribute('view', 'api/view');
      source.setAttribute('board', 'api/board');
    });
    const ring = page.locator('known-for-profile [role=progressbar]').first();
    await becomes(() => ring.getAttribute('aria-valuenow'), '65');
    percent = 80;
    await page.locator('known-for-source').evaluate((source) => {
      source.refresh();
    });
    await becomes(() => ring.getAttribute('aria-valuenow'), '80');
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await answerBoard();
    await page.locator('known-for-board [part~=own-row]').waitFor();
    await close();
  });

  it('shows nothing of one member under the address of another', async () => {
    const { page, close } = await stage(
      `${SOURCE}<known-for-standing><span>mine</span></known-for-standing>`,
      {},
      {
        ines: () => 500,
        jonas: () => ({ ...views.own, member: 'jonas' }),
      },
    );
    const standing = page.locator('known-for-standing');
    const point = (to) => page.locator('#mara').evaluate((source, to) => source.setAttribute('view', `api/${to}`), to);
    await standing.getByText('Where your points come from').click();
    await standing.locator('[part=entry]').first().waitFor();
    await page.route('**/api/entries', () => {});
    await point('jonas');
    await until('the other is shown', () => page.locator('#mara').evaluate(({ view }) => view?.member === 'jonas'));
    await standing.locator('[part=figure]').first().waitFor();
    await caughtUp(page);
    assert.equal(await standing.locator('[part=entry]').count(), 0, 'the entries of another are shown');
    await point('ines');
    await page.getByText('mine', { exact: true }).waitFor();
    await becomes(() => page.locator('#mara').evaluate(({ view }) => view), null);
    await close([/500/]);
  });

  for (const [whose, view, reads] of [
    ["one's own view", views.own, 1],
    ['the view of a colleague, of whom no message tells', views.colleague, 2],
  ]) {
    it(`reads again what a message says has changed: ${whose}`, async () => {
      const read = { view: 0, board: 0, cohort: 0 };
      const count = (name, answer) => () => {
        read[name] += 1;
        return answer();
      };
      const { page, close } = await stage(
        `<known-for-source cohort="api/cohort"></known-for-source>${elements('standing', 'challenge', 'board')}`,
        {},
        {
          view: count('view', () => view),
          board: count('board', () => ({ ...board, rows: [{ ...board.rows[0], total: read.board }] })),
          cohort: count('cohort', () => views.cohort),
        },
      );
      let tell;
      await page.route('**/api/live', (route) => {
        tell = (body) => route.fulfill({ contentType: 'text/event-stream', body });
      });
      await page.locator('known-for-source').evaluate((source) => {
        for (const name of ['view', 'board', 'live']) source.setAttribute(name, `api/${name}`);
      });
      await page.locator('known-for-board [part~=own-row]').waitFor();
      await until('somebody listens', () => tell && (!view.own || read.cohort === 1));
      await tell('retry: 60000\n\nevent: changed\ndata: {"member":false}\n\n');
      await until('the board is read again', () => read.board === 2);
      await page.locator('known-for-board').getByText('2', { exact: true }).waitFor();
      await caughtUp(page);
      assert.deepEqual(read, { view: reads, board: 2, cohort: view.own ? 1 : 0 });
      await close();
    });
  }

  it('sends deeds below the path of an address, and its query with them', async () => {
    const { page, close } = await stage(
      `${SOURCE.replace('api/me', 'api/me?tenant=1')}<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>`,
    );
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    assert.match((await sent).url(), /\/api\/me\/kudos\?tenant=1$/);
    await close();
  });

  it('leaves to the page what happens in its own content', async () => {
    let view = views.own;
    const { page, close } = await stage(
      `${SOURCE}<known-for-profile><a href="#profile">Your profile</a></known-for-profile>
      <known-for-challenge><a href="#challenge">The challenge</a></known-for-challenge>
      <known-for-experts>
        <form><label>Of what? <input name="about"></label> <button>Find</button></form>
      </known-for-experts>`,
      {},
      { view: () => view ?? undefined },
    );
    await page.locator('known-for-profile [role=progressbar]').first().waitFor();
    await page.locator('known-for-experts [part=search]').waitFor();
    for (const name of ['field', 'leave']) await hear(page, `known-for-${name}`);
    await page.evaluate(() => {
      addEventListener('known-for-field', (event) => event.preventDefault());
      addEventListener('submit', (event) => {
        window.prevented = event.defaultPrevented;
        event.preventDefault();
      });
    });
    view = null;
    await page.locator('#mara').evaluate((source) => {
      source.removeAttribute('experts');
      return source.refresh();
    });
    for (const [text, hash] of [
      ['Your profile', '#profile'],
      ['The challenge', '#challenge'],
    ]) {
      await page.getByText(text).click();
      await becomes(() => new URL(page.url()).hash, hash);
    }
    await page.getByLabel('Of what?').fill('whales');
    await page.getByRole('button', { name: 'Find' }).click();
    await becomes(() => page.evaluate(() => window.prevented), false);
    await caughtUp(page);
    assert.deepEqual(await heard(page), []);
    await close([/404/]);
  });

  it('has its elements drawn once the drawing can be loaded again', async () => {
    const { page, said, close } = await stage(`${SOURCE}<known-for-standing>mine</known-for-standing>`);
    await page.route('**/draw_bg.wasm', (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await until('it is told', () => said.some((line) => line.includes('answered 503')));
    assert.ok(await page.getByText('mine', { exact: true }).isVisible());
    await page.unroute('**/draw_bg.wasm');
    await page.locator('#mara').evaluate((source) => source.refresh());
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    await close([/503/]);
  });
});
