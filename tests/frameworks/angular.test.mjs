/** Angular, by its own command: built for development and for production, and by its development server. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch } from '../browser/browser.mjs';
import { outOf } from './build.mjs';
import { install } from './packed.mjs';
import { environment, running } from './running.mjs';
import { serve, within } from './server.mjs';
import { walk } from './walk.mjs';

const NG = createRequire(import.meta.url).resolve('@angular/cli/bin/ng.js');
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

describe('angular', () => {
  let browser;
  before(async () => {
    await install();
    browser = await launch();
  });
  after(() => browser?.close());

  for (const mode of ['development', 'production']) {
    it(`is built for ${mode}`, async () => {
      const out = await outOf('angular');
      await promisify(execFile)('node', [NG, 'build', '--configuration', mode], { cwd: FOLDER });
      const server = await serve(within(out));
      try {
        await walk(browser, server.address, process.env.SHOTS && join(process.env.SHOTS, `angular-${mode}.png`));
      } finally {
        server.close();
      }
    });
  }

  it('is served while it is developed', async () => {
    const api = await serve(within('/nowhere'));
    const options = { cwd: FOLDER, env: environment({ API: api.address }) };
    const server = await running((port) => [NG, 'serve', '--port', port], options);
    try {
      await walk(browser, server.address);
    } finally {
      server.stop();
      api.close();
    }
  });
});
