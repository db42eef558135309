/** The bundlers, and pages without one: each finds the script and its WebAssembly. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch, open } from '../browser/browser.mjs';
import { BUNDLERS, fixture, outOf, plainPage } from './build.mjs';
import { install, PACKAGE } from './packed.mjs';
import { serve, within } from './server.mjs';
import { walk } from './walk.mjs';

let browser;
before(async () => {
  await install();
  browser = await launch();
});
after(() => browser?.close());

describe('the bundlers', () => {
  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    for (const mode of ['development', 'production']) {
      it(`${name}, in ${mode}`, async () => {
        const out = await outOf(`${name.replace(/\W+/g, '-')}-${mode}`);
        const script = await bundle(mode, out);
        if (script) await plainPage(out, script);
        // Parcel writes the page itself, with a script inside that the strict policy forbids.
        const server = await serve(within(out), script ? {} : { policy: '' });
        try {
          await walk(browser, server.address);
        } finally {
          server.close();
        }
      });
    }
  }
});

describe('a page without a bundler', () => {
  /** Serves the page with one of the package's scripts, which it checks by the hash that the package tells. */
  const stage = async (script, types) => {
    const hashes = JSON.parse(await readFile(join(PACKAGE, 'integrity.json'), 'utf8'));
    const integrity = hashes[script] ? ` integrity="${hashes[script]}"` : '';
    const out = await outOf(`plain-${script}`);
    const element = `<script type="module" src="/known-for/${script}"${integrity}></script>`;
    await plainPage(out, `${element}\n<script type="module" src="/plain/page.js"></script>`);
    const fileOf = (path) => {
      if (path.startsWith('/known-for/')) return join(PACKAGE, path.replace('/known-for/', ''));
      return path === '/index.html' ? join(out, path) : join(fixture('.'), path);
    };
    return serve(fileOf, { types });
  };

  for (const [what, script, types] of [
    ['loads one file', 'knownfor.min.js'],
    ['loads the modules as they are', 'index.js'],
    ['has the wasm inside, where the host serves none', 'knownfor.inline.min.js', {}],
  ]) {
    it(what, async () => {
      const server = await stage(script, types);
      try {
        await walk(browser, server.address, process.env.SHOTS && join(process.env.SHOTS, `${script}.png`));
      } finally {
        server.close();
      }
    });
  }

  it('needs three requests to its first element', async () => {
    const server = await stage('knownfor.min.js');
    const { page, close } = await open(browser);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.route('**/plain/page.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await page.goto(server.address);
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    // The page's other elements may ask for their style meanwhile.
    const others = ['/', '/plain/page.js', '/known-for/parts.min.js'];
    const own = asked.filter((path) => !others.includes(path));
    assert.deepEqual(own.sort(), ['/api/mara', '/known-for/draw_bg.wasm', '/known-for/knownfor.min.js']);
    await close();
    server.close();
  });

  it('refuses a script that is not the one of its hash', async () => {
    const server = await stage('knownfor.min.js');
    const { page, said, close } = await open(browser);
    await page.route('**/knownfor.min.js', async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, body: `${await answer.text()};` });
    });
    await page.goto(server.address);
    await page.getByText('Nothing to show', { exact: true }).waitFor();
    assert.ok(said.some((line) => /integrity/.test(line)), said.join('\n'));
    assert.equal(await page.evaluate(() => customElements.get('known-for-source')), undefined);
    await close([/integrity/]);
    server.close();
  });
});
