/** The frameworks: each sets, listens and takes away in its own way, in development and in production. */
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { launch } from '../browser/browser.mjs';
import { outOf, viteBuild, viteServe } from './build.mjs';
import { install } from './packed.mjs';
import { serve, within } from './server.mjs';
import { walk } from './walk.mjs';

const shot = (name) => process.env.SHOTS && join(process.env.SHOTS, `${name}.png`);

describe('the frameworks', () => {
  let browser;
  before(async () => {
    await install();
    browser = await launch();
  });
  after(() => browser?.close());

  for (const name of ['react', 'vue', 'svelte', 'solid']) {
    it(`${name}, in development`, async () => {
      const api = await serve(within('/nowhere'));
      const server = await viteServe(name, api.address, await outOf(`${name}-cache`));
      try {
        await walk(browser, server.address, shot(`${name}-development`));
      } finally {
        await server.close();
        api.close();
      }
    });

    it(`${name}, in production`, async () => {
      const out = await outOf(name);
      await viteBuild(name, out);
      const server = await serve(within(out));
      try {
        await walk(browser, server.address, shot(name));
      } finally {
        server.close();
      }
    });
  }
});
