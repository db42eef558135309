/**
 * First element: how long a page takes until its first element is drawn, and how much it loads for that.
 *
 * `node first-element.mjs 21` prints both, over 21 loads with an empty cache. Chromium itself slows the network down.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { launch } from './browser.mjs';
import { html } from './stage.mjs';
import * as views from './views.mjs';

const PACKAGE = new URL('../../wasm/pkg/', import.meta.url);
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Round trips of 60 ms and 10 Mbit a second, as `Network.emulateNetworkConditions` takes them. */
const SLOW = { latency: 60, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000, offline: false };

/** As the package's README says, with the WebAssembly beside the script. */
const BODY = `<link rel="preload" href="/known-for/draw_bg.wasm" as="fetch" crossorigin>
  <known-for-source view="/api/view"></known-for-source><known-for-standing></known-for-standing>`;

/** A server that sends every file compressed by brotli, once worked out, as servers of such files do. */
async function serve() {
  const packed = new Map();
  const answer = async (path) => {
    if (path === '/') return ['text/html', html(BODY).replace('known-for/index.js', 'known-for/knownfor.min.js')];
    if (path === '/api/view') return ['application/json', JSON.stringify(views.own)];
    const file = path.match(/^\/known-for\/(.*)$/)?.[1];
    return file ? [TYPES[extname(file)], await readFile(new URL(file, PACKAGE))] : ['text/css', ''];
  };
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (!packed.has(pathname)) {
      const [type, content] = await answer(pathname);
      packed.set(pathname, [type, brotliCompressSync(content)]);
    }
    const [type, bytes] = packed.get(pathname);
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br' }).end(bytes);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/**
 * Loads a page with one element `times` times. Returns the median and the least time from the start of a navigation
 * until the element is drawn, in milliseconds, and the package's requests and compressed bytes of one load.
 */
export async function measure(network, times) {
  const server = await serve();
  const browser = await launch();
  const address = `http://localhost:${server.address().port}/`;
  const loads = [];
  try {
    // The first load compresses the files.
    for (let load = 0; load <= times; load += 1) loads.push(await loadOnce(browser, address, network));
  } finally {
    await browser.close();
    server.close();
  }
  const sorted = loads.slice(1).map(({ milliseconds }) => Math.round(milliseconds));
  sorted.sort((a, b) => a - b);
  const [, { requests, bytes }] = loads;
  return { median: sorted[Math.floor(times / 2)], least: sorted[0], requests, bytes };
}

async function loadOnce(browser, address, network) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  if (network) await session.send('Network.emulateNetworkConditions', network);
  await page.addInitScript(() => {
    const isDrawn = () => document.querySelector('known-for-standing')?.shadowRoot?.querySelector('[part=figure]');
    const look = () => {
      if (isDrawn()) window.drawnAt = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(address);
  await page.waitForFunction(() => window.drawnAt);
  const load = await page.evaluate(() => {
    const loaded = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/known-for/'));
    const bytes = loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return { milliseconds: window.drawnAt, requests: loaded.length, bytes };
  });
  await context.close();
  return load;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const times = Number(process.argv[2] ?? 21);
  console.log('60 ms, 10 Mbit/s:', await measure(SLOW, times));
  console.log('loopback:', await measure(undefined, times));
}
