/** Frameworks with a server of their own: built for production, rendered there, and taken over by the page. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch, open } from '../browser/browser.mjs';
import * as views from '../browser/views.mjs';
import { becomes } from '../browser/waiting.mjs';
import { fixture } from './build.mjs';
import { install } from './packed.mjs';
import { environment, running } from './running.mjs';

const require = createRequire(import.meta.url);
const OUT = fileURLToPath(new URL('out/', import.meta.url));
const inPackage = (name, path) => join(require.resolve(`${name}/package.json`), '..', path);
const ASTRO = inPackage('astro', 'astro.js');
const NEXT = inPackage('next', 'dist/bin/next');
const NUXT = fileURLToPath(new URL('node_modules/nuxt/bin/nuxt.mjs', import.meta.url));
const VITE = inPackage('vite', 'bin/vite.js');

/** By fixture: how it is built, and how its server is started on a port. */
const FRAMEWORKS = {
  // Without a server of its own: its preview serves what it has built.
  astro: { build: [ASTRO, 'build'], start: (port) => [ASTRO, 'preview', '--host', '127.0.0.1', '--port', port] },
  next: { build: [NEXT, 'build'], start: (port) => [NEXT, 'start', '--hostname', '127.0.0.1', '--port', port] },
  nuxt: { build: [NUXT, 'build'], start: () => [join(OUT, 'nuxt/server/index.mjs')] },
  sveltekit: { build: [VITE, 'build'], start: () => [join(OUT, 'sveltekit/index.js')] },
};

describe('a framework on its server', () => {
  let browser;
  before(async () => {
    await install();
    browser = await launch();
  });
  after(() => browser?.close());

  for (const [name, { build, start }] of Object.entries(FRAMEWORKS)) {
    it(`${name} renders the page's own content, and its page draws the elements`, async () => {
      const options = { cwd: fixture(name), env: environment({ NODE_ENV: 'production' }) };
      await promisify(execFile)('node', build, options);
      const { address, html, stop } = await running(start, options);
      try {
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
        stop();
      }
    });
  }
});
