/** The engine of servers, from the packed package: Node.js, Bun, Deno, a Worker in a browser, and Cloudflare's. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { launch, open } from '../browser/browser.mjs';
import { fixture, outOf } from './build.mjs';
import { install, PACKAGE } from './packed.mjs';
import { serve } from './server.mjs';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const MODULES = join(PACKAGE, '..');
const FIXTURE = fixture('engine');

/**
 * A program that npm installs in a package for this machine's system, of which it installs one. Where npm runs install
 * scripts, theirs may have moved it to another path.
 */
async function installed(scope, path, moved) {
  const [name] = await readdir(join(MODULES, scope));
  return [join(MODULES, scope, name, path), join(MODULES, moved)].find((program) => existsSync(program));
}

/** The output of the story, told by a program. */
async function told(program, args) {
  const { stdout } = await run(program, [...args, join(FIXTURE, 'main.js')], { cwd: FIXTURE });
  return JSON.parse(stdout);
}

/** The story, told by a script for Cloudflare's runtime, which its bundler has put together. */
async function toldByWorkerd(entry) {
  const { build } = await import('esbuild');
  const { Miniflare } = await import('miniflare');
  const out = await outOf(`workerd-${entry}`);
  await build({
    entryPoints: [join(FIXTURE, `${entry}.js`)],
    outdir: out,
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
  });
  const files = (await readdir(out)).sort((a, b) => b.endsWith('.js') - a.endsWith('.js'));
  const modules = files.map(async (path) => ({
    type: path.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
    path,
    contents: await readFile(join(out, path)),
  }));
  const worker = new Miniflare({ modules: await Promise.all(modules), compatibilityDate: '2026-01-01' });
  try {
    return await (await worker.dispatchFetch('http://localhost/')).json();
  } finally {
    await worker.dispose();
  }
}

/** The story, told by a module Worker in Chromium. */
async function toldInBrowser() {
  const names = { '/main.js': 'worker.js', '/story.js': 'story.js' };
  const worker = await readFile(join(FIXTURE, 'worker.js'), 'utf8');
  const script = worker.replace('knownfor/engine', '/known-for/engine/web.js');
  const fileOf = (path) =>
    path.startsWith('/known-for/') ? join(PACKAGE, path.slice(11)) : join(FIXTURE, names[path] ?? path);
  const server = await serve(fileOf);
  const browser = await launch();
  try {
    const { page, close } = await open(browser);
    await page.route('**/main.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    const html = '<link rel="icon" href="data:,">';
    await page.route('**/page.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(`${server.address}/page.html`);
    const story = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker('/main.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message ?? 'the worker was not loaded'));
        }),
    );
    await close();
    return JSON.parse(JSON.stringify(story));
  } finally {
    await browser.close();
    server.close();
  }
}

describe('the engine of servers', () => {
  let expected;
  before(async () => {
    await install();
    expected = await told(process.execPath, []);
  });

  it('tells its story in Node.js', () => {
    assert.equal(expected.id, 'posts');
    const [problem] = expected.problems.problems;
    assert.deepEqual(problem.position, { line: 7, column: 23 });
    assert.match(problem.message, /there is no kind `posst`; did you mean `post`\?/);
    assert.match(expected.problems.message, /7:23: \/tallies\/posts\/count/);
    assert.equal(expected.inJson.problems[0].message, 'not JSON: trailing comma');
    assert.deepEqual(expected.warnings.map(({ path }) => path), ['/groups']);
    assert.ok(expected.schema.includes('properties'));
    assert.deepEqual(expected.refused.map(({ line }) => line), [2]);
    assert.equal(expected.view.standing.points[0].total, 10);
    assert.deepEqual(expected.compared[0].points, [{ currency: 'points', before: 10, after: 2 }]);
    const bounds = { rule: 'post', currency: 'points', day: 10, week: 70, month: 310, ever: null };
    assert.deepEqual(expected.bounds, [bounds]);
    const moved = (changes) => changes.map(({ member, added, taken }) => [member, added.length, taken.length]);
    assert.deepEqual(moved(expected.renamed), [['ada', 0, 2], ['bea', 2, 0]]);
    assert.equal(expected.beaIs[0].total, 10);
    assert.match(expected.noMember.message, /`ada`/);
    assert.deepEqual(moved(expected.erased), [['bea', 0, 2]]);
    assert.deepEqual(expected.leftOver, []);
    assert.deepEqual(expected.members, ['ada']);
    const isNew = { status: 'applied', isNew: true };
    const amounts = (entries) => entries.map(({ badge, amount }) => badge ?? amount);
    assert.deepEqual([expected.two.admission, expected.two.wasLate, amounts(expected.two.added)], [isNew, false, [5]]);
    assert.deepEqual(expected.again, { admission: { status: 'duplicate', isNew: false }, wasLate: false });
    assert.match(expected.conflict.message, /already in the record with other content: `at` was/);
    assert.deepEqual(amounts(expected.third), [5, 'writer']);
    assert.deepEqual([expected.late.wasLate, amounts(expected.late.added), expected.late.taken], [true, [5], []]);
    assert.deepEqual(expected.voided.admission, { status: 'voided', isNew: true });
    assert.deepEqual([expected.voided.member, amounts(expected.voided.taken)], ['ada', [5, 'writer']]);
    assert.deepEqual(expected.brought, []);
    assert.equal(expected.sameStanding, true);
    assert.deepEqual(expected.oneView.standing.points, expected.view.standing.points);
    assert.equal(expected.why.entry.rule, 'post');
    assert.equal(expected.due, null);
  });

  it('tells the same in Bun', async () => {
    assert.deepEqual(await told(await installed('@oven', 'bin/bun', 'bun/bin/bun.exe'), ['run']), expected);
  });

  it('tells the same in Deno', async () => {
    assert.deepEqual(await told(await installed('@deno', 'deno', 'deno/deno'), ['run', '--allow-read']), expected);
  });

  it('tells the same in a Worker of a browser', async () => {
    assert.deepEqual(await toldInBrowser(), expected);
  });

  for (const [what, entry] of [
    ['finds its WebAssembly', 'workerd'],
    ['is given its WebAssembly', 'given'],
  ]) {
    it(`tells the same in Cloudflare's runtime, where it ${what}`, async () => {
      assert.deepEqual(await toldByWorkerd(entry), expected);
    });
  }

  it('has types that suit TypeScript, and find what is forgotten', async () => {
    const checked = await run('node', [require.resolve('typescript/bin/tsc'), '-p', FIXTURE]).catch((failed) => failed);
    assert.equal(checked.stdout, '');
  });
});
