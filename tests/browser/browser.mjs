/** The browser under test: Chromium. A page fails its test by a line on the console or a breach of the policy. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a browser is: `CHROMIUM`, or one of the usual places; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));

export function launch() {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: chromiumPath, args });
}

/**
 * A page in a new context. `said` keeps every line on the console, every error and every breach of the content security
 * policy, and `close` fails the test for them.
 */
export async function open(browser, { width = 1280, scheme = 'light', forced, direction, motion, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    forcedColors: forced ? 'active' : 'none',
    reducedMotion: motion ?? 'no-preference',
    ...options,
  });
  // A page of many modules loads late on a busy machine.
  context.setDefaultNavigationTimeout(120_000);
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  await page.addInitScript((dir) => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
    if (dir)
      addEventListener('DOMContentLoaded', () => {
        document.documentElement.dir = dir;
      });
  }, direction);
  const close = async (allowed = []) => {
    await context.close();
    assert.deepEqual(
      said.filter((line) => !allowed.some((pattern) => pattern.test(line))),
      [],
    );
  };
  return { page, said, close };
}

/** Text has a contrast of 7:1, and large text of 4.5:1. */
const ENHANCED = { 'color-contrast-enhanced': { enabled: true } };

/** What axe finds wrong on a page, shadow roots included, in one line each. It takes the options of `axe.run`. */
export async function axe(page, options = {}) {
  // Injected over the debugger's own channel: the page's policy lets no foreign script in, and that is as it should
  // be.
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import('node:fs/promises');
  await session.send('Runtime.evaluate', { expression: await readFile(AXE, 'utf8') });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], rules: ENHANCED, ...options })}).then(({ violations }) =>
      JSON.stringify(violations.map(({ id, nodes }) =>
        [id, ...nodes.map(({ target }) => target.join(' '))].join(', '))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return JSON.parse(result.value);
}
