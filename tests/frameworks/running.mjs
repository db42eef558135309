/** Running: a framework's own command, which serves pages until it is stopped. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { until } from '../browser/waiting.mjs';

/** None of them may tell its maker that it ran here. */
const QUIET = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };

/** The environment of a framework's command. */
export const environment = (more) => ({ ...process.env, ...QUIET, ...more });

/**
 * Starts a command on a free port, and waits until it answers.
 *
 * @param {(port: string) => string[]} commandOf the script of Node and its arguments
 */
export async function running(commandOf, { cwd, env }) {
  const port = await freePort();
  const options = { cwd, env: { ...env, PORT: port, HOST: '127.0.0.1' }, stdio: 'ignore' };
  const server = spawn('node', commandOf(port), options);
  const address = `http://127.0.0.1:${port}/`;
  // Some wait for every open connection when they are asked to stop.
  const stop = () => server.kill('SIGKILL');
  const answer = () => fetch(address, { signal: AbortSignal.timeout(10_000) }).then((answer) => answer.text());
  try {
    const html = await until('the server answers', () => answer().catch(() => ''), 120_000);
    return { address, html, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** A port that is free now. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
