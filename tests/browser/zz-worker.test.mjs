/** The engine in a worker: the page stays responsive while a large feed is recorded, and works without a worker too. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { becomes } from './waiting.mjs';

const ACTIVITIES = 100_000;
/** The longest that a page may keep its reader waiting. */
const MAX_TASK_MS = 50;
const SOURCE = `<known-for-source program="program.json" feed="large.jsonl" member="Member 7" board="helpful"
  now="2026-04-01T12:00:00Z" kudos="thanks_given"></known-for-source>`;

/** A feed as the page's program reads it: 1,000 members write, like and comment in turn. */
function largeFeed(count) {
  const begun = Date.parse('2026-01-01T08:00:00Z');
  const events = ['page_published', 'like_added', 'comment_added'];
  const name = (number) => `Member ${number % 1000}`;
  const lines = Array.from({ length: count }, (_, number) =>
    JSON.stringify({
      eventId: number,
      event: events[number % events.length],
      when: new Date(begun + number * 60_000).toISOString(),
      user: { name: name(number * 7) },
      page: { id: `P-${number % 5000}`, author: name(number * 13 + 1), words: 250, labels: ['on-call'] },
      comment: { words: 20 },
    }),
  );
  return `${lines.join('\n')}\n`;
}

/**
 * The longest task of the page's thread while `work` runs, in milliseconds of the processor's time: on a busy machine
 * any task takes longer by the clock.
 */
async function longestTask(browser, page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isOurs = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && isOurs(event));
  assert.ok(tasks.length > 100, `${tasks.length} tasks were traced`);
  const at = tasks.map(({ ts }) => ts); const first = Math.min(...at), last = Math.max(...at);
  const html = traceEvents.find((e) => e.name === 'ParseHTML' || e.name === 'EvaluateScript');
  console.log('SPAN', last - first, 'RENDERERS', threads.length, 'eval at', html && html.ts - first);
  for (const t of tasks.filter((e) => e.tdur > 25000 && !e.done)) {
    const inside = traceEvents.filter((e) => e.pid === t.pid && e.tid === t.tid && e.ts >= t.ts && e.ts <= t.ts + t.dur && e !== t);
    console.log('LONG', t.pid, t.ts - first, t.dur, t.tdur, JSON.stringify(t.args).slice(0, 300), JSON.stringify(inside.slice(0, 12).map((e) => [e.name, e.ph, e.ts - t.ts, e.dur, JSON.stringify(e.args).slice(0, 200)])));
  }
  return Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000;
}

/** A page with a source of this feed; `policy` is added to that of the server, and the file `missing` is not there. */
async function open(running, feed, { policy = '', missing } = {}) {
  const opened = await running.open();
  const { page } = opened;
  if (missing) await page.route(missing, (route) => route.fulfill({ status: 404 }));
  await page.route('**/large.jsonl', (route) => route.fulfill({ contentType: 'application/jsonl', body: feed }));
  await page.route('**/large.html', async (route) => {
    const stated = (await route.fetch({ url: running.server.address })).headers()['content-security-policy'];
    const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Large</title>
      <link rel="icon" href="icon.svg"><script type="module" src="watch.js"></script>
      <script type="module" src="known-for/index.js"></script>
      <main>${SOURCE}<known-for-standing></known-for-standing></main></html>`;
    const headers = { 'content-security-policy': `${stated}; ${policy}` };
    await route.fulfill({ contentType: 'text/html', headers, body });
  });
  // Before the elements are there: keeps how far the feed is recorded.
  await page.route('**/watch.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `window.recorded = [];
        addEventListener('known-for-progress', ({ detail }) => recorded.push(detail));`,
    }),
  );
  return { ...opened, load: () => page.goto(new URL('large.html', running.server.address).href) };
}

const figure = (page) => page.locator('known-for-standing [part=figure]').first();

describe('the engine in a worker', () => {
  const running = run(start);

  it(`records ${ACTIVITIES} activities without a task over ${MAX_TASK_MS} ms on the page's thread`, async () => {
    const feed = largeFeed(ACTIVITIES);
    const { page, load, close } = await open(running, feed);
    const begun = Date.now();
    const milliseconds = await longestTask(running.browser, page, async () => {
      await load();
      await figure(page).waitFor({ timeout: 300_000 });
    });
    if (process.env.FIGURES) console.log({ milliseconds, 'until it is drawn': Date.now() - begun });
    assert.equal(page.workers().length, 1);
    const answer = await page.evaluate(() => document.querySelector('known-for-source').view);
    assert.ok(answer.standing.points[0].total > 100);
    const recorded = await page.evaluate(() => window.recorded);
    const total = Buffer.byteLength(feed);
    assert.ok(recorded.length > 10 && recorded.length <= 20, `recorded in ${recorded.length} slices`);
    assert.deepEqual(recorded.at(-1), { loaded: total, total });
    assert.ok(milliseconds <= MAX_TASK_MS, `a task took ${milliseconds} ms`);
    await close();
  });

  it('answers while it records a feed again, and ends when its source is removed', async () => {
    const { page, load, close } = await open(running, largeFeed(20_000));
    await load();
    await figure(page).waitFor();
    const order = await page.evaluate(async () => {
      const source = document.querySelector('known-for-source');
      const order = [];
      source.addEventListener('known-for-progress', ({ detail: { loaded, total } }) => {
        if (loaded === total) order.push('recorded');
        else if (order.length === 0) source.ask({ ask: 'entries' }).then((entries) => order.push(entries.length), order.push('asked'));
      });
      await source.refresh();
      return order;
    });
    assert.deepEqual(order, ['asked', 24, 'recorded']);
    await page.evaluate(() => document.querySelector('known-for-source').remove());
    await becomes(() => page.workers().length, 0);
    await close();
  });

  for (const [what, hinder, allowed] of [
    ['the policy forbids it', { policy: "worker-src 'none'" }, [/worker/]],
    ['the policy forbids its Trusted Types', { policy: 'trusted-types another' }, [/known-for/, /trusted-types/]],
    ['its script is not there', { missing: '**/engine-worker.js' }, [/404/, /known-for/]],
  ]) {
    it(`gives the same answer on the page's own thread if ${what}`, async () => {
      const feed = largeFeed(20_000);
      const views = [];
      for (const hindered of [{}, hinder]) {
        const { page, said, load, close } = await open(running, feed, hindered);
        await load();
        await figure(page).waitFor();
        views.push(await page.evaluate(() => document.querySelector('known-for-source').view));
        assert.equal(page.workers().length, hindered === hinder ? 0 : 1);
        assert.equal(said.some((line) => line.includes('no worker can be started')), hindered === hinder);
        await close(hindered === hinder ? allowed : []);
      }
      assert.deepEqual(views[1], views[0]);
    });
  }
});
