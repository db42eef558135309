/**
 * Browsers: Chromium, Firefox and WebKit, by the same few calls.
 *
 * Each has a `name`, and `missing` says what to install if it cannot be started. `start()` gives a running browser.
 * `open(address)` gives a page in it, with
 *
 * - `evaluate(ask, argument)`: what a function answers in the page, as plain data;
 * - `click(find)`: clicks the element that a function finds in the page, as a user does;
 * - `said`: what the driver is told of the console and of errors, line by line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { chromiumPath, launch } from './browser.mjs';
import { until } from './waiting.mjs';

/** Where a program is, among the folders of `PATH`. */
function programPath(name) {
  const files = process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  return files.find((file) => existsSync(file));
}

/** What Playwright and Puppeteer have in common. */
async function openIn(browser, address) {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  await page.goto(address);
  return {
    said,
    evaluate: (ask, argument) => page.evaluate(ask, argument),
    click: async (find) => (await page.evaluateHandle(find)).asElement().click(),
    close: () => page.close(),
  };
}

const firefoxPath = [process.env.FIREFOX, programPath('firefox-esr'), programPath('firefox')].find(
  (path) => path && existsSync(path),
);

const startFirefox = () => puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath, headless: true });

/** Programs that WebKit needs, each with Debian's name of the package that has it. */
const WEBKIT = { WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' };
const missingInWebKit = Object.keys(WEBKIT).filter((name) => !programPath(name));

/** WebKit by its own driver, which speaks the W3C's WebDriver and starts a small browser, on a screen of its own. */
async function startWebKit() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = await once(screen.stdio[3], 'data');
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${String(display).trim()}` },
    stdio: 'ignore',
  });
  const stop = () => [driver, screen].forEach((child) => child.kill());
  // Nothing is left behind where the tests end early.
  process.once('exit', stop);
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until('the driver listens', () => call('GET', 'status').catch(() => undefined));
  const { sessionId } = await call('POST', 'session', { capabilities: {} });
  const command = (path, body) => call('POST', `session/${sessionId}/${path}`, body);
  const run = (ask, ...args) => command('execute/sync', { script: `return (${ask})(...arguments)`, args });
  return {
    // One window for one page after the other, as its driver has it.
    async open(address) {
      await command('url', { url: address });
      const click = async (find) => command(`element/${Object.values(await run(find))[0]}/click`, {});
      return { said: [], evaluate: run, click, close: () => command('url', { url: 'about:blank' }) };
    },
    async close() {
      await call('DELETE', `session/${sessionId}`);
      stop();
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

const driven = (launching) => async () => {
  const browser = await launching();
  return { open: (address) => openIn(browser, address), close: () => browser.close() };
};

export const BROWSERS = [
  {
    name: 'Chromium',
    missing: !chromiumPath && 'install it (Debian: apt-get install chromium) or name it by CHROMIUM=/path',
    start: driven(launch),
  },
  {
    name: 'Firefox',
    missing: !firefoxPath && 'install it (Debian: apt-get install firefox-esr) or name it by FIREFOX=/path',
    start: driven(startFirefox),
  },
  {
    name: 'WebKit',
    missing:
      missingInWebKit.length > 0 &&
      `install it (Debian: apt-get install ${missingInWebKit.map((name) => WEBKIT[name]).join(' ')})`,
    start: startWebKit,
  },
];
