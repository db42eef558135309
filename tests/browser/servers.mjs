/** Servers under test: the examples as a user starts them, each on a port of its own, and a browser before them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, open } from './browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the programs are; the test harness says so, and by hand it is where cargo puts them. */
export const BINARIES = process.env.BINARIES ?? join(ROOT, 'target', 'debug');

/** Starts an example and waits for the address that it prints. */
function start(name, args) {
  const child = spawn(join(BINARIES, name), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  // Nothing is left behind where the tests end early.
  process.once('exit', () => stop('SIGKILL'));
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (text) => {
      printed += text;
      const address = printed.match(/http:\/\/[\d.]+:\d+/)?.[0];
      if (address) resolve({ address, child, stop });
    });
    child.on('error', ({ message }) =>
      reject(new Error(`${name} cannot be started (${message}); \`cargo build --workspace --bins\` makes it`)),
    );
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}: ${printed}`)));
  });
}

/** The intranet on a new database. `again` starts it once more on the same database, with further options. */
export async function intranet() {
  const folder = mkdtempSync(join(tmpdir(), 'knownfor-'));
  const args = ['--listen', '127.0.0.1:0', '--database', join(folder, 'intranet.sqlite'), '--pkg', 'wasm/pkg'];
  const server = await start('intranet', args);
  return {
    ...server,
    again: (...options) => start('intranet', [...args, ...options]),
    close(running = server) {
      running.stop('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The page without a server of ours. */
export async function page() {
  const server = await start('page', ['--listen', '127.0.0.1:0']);
  return { ...server, close: () => server.stop('SIGTERM') };
}

/** A server and a browser for all tests of a `describe`. `open` opens a page in that browser. */
export function run(start) {
  const running = { open: (look) => open(running.browser, look) };
  before(async () => {
    const begun = await Promise.allSettled([launch(), start()]);
    [running.browser, running.server] = begun.map(({ value }) => value);
    const failed = begun.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });
  after(async () => {
    await running.browser?.close();
    running.server?.close();
  });
  return running;
}

/** Sends activities as one of the demonstration's sources does. */
export async function send(address, token, activities) {
  const answer = await fetch(`${address}/api/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(activities),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer.json();
}
