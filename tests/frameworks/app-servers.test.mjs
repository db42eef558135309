/** Frameworks with a server of their own: built for production, rendered there, and taken over by the page. */
import assert from 'node:assert/strict';
import { spawn, execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch, open } from '../browser/browser.mjs';
import * as views from '../browser/views.mjs';
import { becomes, until } from '../browser/waiting.mjs';
import { fixture } from './build.mjs';
import { install } from './packed.mjs';

const require = createRequire(import.meta.url);
const OUT = fileURLToPath(new URL('out/', import.meta.url));
const VITE = join(require.resolve('vite/package.json'), '../bin/vite.js');

/** By fixture: how it is built, and how its server is started. */
const FRAMEWORKS = {
  sveltekit: { build: [VITE, 'build'], start: [join(OUT, 'sveltekit/index.js')] },
};

/** A port that is free now. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe('a framework on its server', () => {
  let browser;
  before(async () => {
    await install();
    browser = await launch();
  });
  after(() => browser?.close());

  for (const [name, { build, start }] of Object.entries(FRAMEWORKS)) {
    it(`${name} renders the page's own content, and its page draws the elements`, async () => {
      const env = { ...process.env, NODE_ENV: 'production' };
      const options = { cwd: fixture(name), env };
      await promisify(execFile)('node', build, options);
      const port = await freePort();
      const here = { ...env, PORT: port, HOST: '127.0.0.1' };
      const server = spawn('node', start, { ...options, env: here, stdio: 'ignore' });
      try {
        const address = `http://127.0.0.1:${port}/`;
        const answer = () => fetch(address, { signal: AbortSignal.timeout(10_000) }).then((answer) => answer.text());
        const html = await until('the server answers', () => answer().catch(() => ''), 120_000);
        assert.match(html, /<known-for-standing[^>]*>You have points\.<\/known-for-standing>/);
        assert.match(html, /<known-for-source view="\/api\/mara"/);
        const { page, close } = await open(browser);
        await page.route('**/api/mara', (route) => route.fulfill({ json: views.own }));
        await page.goto(address);
        await becomes(() => page.locator('known-for-standing [part=figure]').first().innerText(), '1,240');
        await becomes(async () => {
          await page.getByRole('button', { name: /Pressed/ }).click();
          return page.getByRole('button', { name: /Pressed/ }).innerText();
        }, /Pressed [1-9]/);
        await close();
      } finally {
        server.kill();
      }
    });
  }
});
