/** The recipes of the package, RECIPES.md: their code, word for word, under the restrictions of each portal. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { launch, open } from '../browser/browser.mjs';
import * as views from '../browser/views.mjs';
import { becomes } from '../browser/waiting.mjs';
import { fixture, outOf } from './build.mjs';
import { install, PACKAGE } from './packed.mjs';
import { serve } from './server.mjs';

const VIEW = '/api/mara';
const STRICT = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self' data:; script-src 'self'";
const ICON = '<link rel="icon" href="data:,">';
/** A host that does not serve `.wasm`. */
const WITHOUT_WASM = {};

/** The code that the recipes show for a file. */
async function shown(file) {
  const recipes = await readFile(join(PACKAGE, 'RECIPES.md'), 'utf8');
  const at = recipes.indexOf(`\n\`${file}\``);
  assert.ok(at >= 0, `RECIPES.md shows no \`${file}\``);
  return recipes.slice(at).match(/\n```\w+\n([^]*?)\n```/)[1];
}

/** A folder with these files, by path below it. */
async function folderOf(name, files) {
  const folder = await outOf(`recipe-${name}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Files of the package below one path, and those of a folder below all others. */
const beside = (below, folder) => (path) =>
  path.startsWith(below) && !['widget.js', 'view.js', 'index.html'].includes(path.slice(below.length))
    ? join(PACKAGE, path.slice(below.length))
    : join(folder, path);

describe('the recipes', () => {
  let browser;
  before(async () => {
    await install();
    browser = await launch();
  });
  after(() => browser?.close());

  /** Opens a page, waits until the elements are drawn in it or a frame of it, and looks at it further. */
  async function look(server, path, further = () => {}, frame) {
    const { page, close } = await open(browser);
    try {
      await page.goto(new URL(path, server.address).href);
      const place = frame ? page.frameLocator(frame) : page;
      await becomes(() => place.locator('known-for-standing [part=figure]').first().innerText(), '1,240');
      await place.locator('known-for-badges [part=badge]').first().waitFor();
      await further(page);
      await close();
    } finally {
      server.close();
    }
  }

  it('SharePoint: a web part, bundled and loaded as AMD, without `.wasm`', async () => {
    const { default: webpack } = await import('webpack');
    const ts = (await import('typescript')).default;
    const assets = '/sites/intranet/SiteAssets/known-for/';
    const source = await shown('KnownForWebPart.ts');
    const { outputText } = ts.transpileModule(source, { compilerOptions: { target: 'es2022', module: 'esnext' } });
    const folder = await folderOf('sharepoint', {
      'part.js': outputText,
      // Stands in for SPFx: loads the bundle by its id, gives it what it asks for, and renders it.
      'host.js': `class BaseClientSideWebPart {}
        const given = { '@microsoft/sp-webpart-base': { BaseClientSideWebPart } };
        window.define = (names, make) => {
          const { default: WebPart } = make(...names.map((name) => given[name]));
          const part = Object.assign(new WebPart(), {
            domElement: document.querySelector('#canvas'), properties: { view: '${VIEW}' } });
          part.render();
        };
        window.define.amd = {};`,
      'page.html': `<!doctype html><html lang="en"><title>SharePoint</title>${ICON}<div id="canvas"></div>
        <script src="host.js"></script><script src="${assets}part.js"></script></html>`,
    });
    const stats = await promisify(webpack)({
      mode: 'production',
      devtool: false,
      entry: join(folder, 'part.js'),
      externals: ['@microsoft/sp-webpart-base'],
      output: { path: join(folder, assets), filename: 'part.js', library: { type: 'amd' } },
    });
    assert.ok(!stats.hasErrors(), stats.toString('errors-only'));
    const policy = `${STRICT} 'wasm-unsafe-eval'`;
    await look(await serve((path) => join(folder, path), { types: WITHOUT_WASM, policy }), 'page.html');
  });

  it('Confluence: a sandboxed frame of another origin, without `.wasm`', async () => {
    const { build } = await import('esbuild');
    const folder = await folderOf('confluence', {
      'static/index.html': await shown('index.html'),
      'view.js': await shown('view.js'),
      'bridge.js': `export const invoke = async (name) => (await fetch('/api/mara')).json();`,
    });
    await build({
      entryPoints: [join(folder, 'view.js')],
      outfile: join(folder, 'static/view.js'),
      bundle: true,
      format: 'esm',
      alias: { '@forge/bridge': join(folder, 'bridge.js') },
    });
    const manifest = await shown('manifest.yml');
    const [, scripts] = manifest.match(/scripts: \['([\w-]+)'\]/);
    const policy = `${STRICT} '${scripts}'`;
    const app = await serve(beside('/static/', folder), { types: WITHOUT_WASM, policy });
    const frame = `<iframe sandbox="allow-scripts allow-same-origin" src="${app.address}/static/index.html"></iframe>`;
    const around = await folderOf('confluence-around', {
      'page.html': `<!doctype html><html lang="en"><title>Confluence</title>${ICON}${frame}</html>`,
    });
    const wiki = await serve((path) => join(around, path), { policy: `frame-src ${app.address}; img-src data:` });
    try {
      await look(wiki, 'page.html', undefined, 'iframe');
    } finally {
      app.close();
    }
  });

  it('WordPress: the HTML of the plugin, with a checked module', async () => {
    const hashes = JSON.parse(await readFile(join(PACKAGE, 'integrity.json'), 'utf8'));
    const plugin = (await shown('known-for.php')).replace('@hash@', hashes['knownfor.min.js']);
    const folder = await folderOf('wordpress', { 'known-for.php': plugin });
    const html = await readFile(fixture('recipes/wordpress.html'), 'utf8');
    const recorded = html.replace('@hash@', hashes['knownfor.min.js']);
    const args = [fixture('recipes/wordpress.php'), join(folder, 'known-for.php')];
    const made = await promisify(execFile)('php', args).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (made) assert.equal(made.stdout, recorded);
    await writeFile(join(folder, 'page.html'), recorded);
    const server = await serve(beside('/wp-content/plugins/known-for/known-for/', folder));
    await look(server, 'page.html');
  });

  it('Liferay: a client extension below `/o/`, removed and added again', async () => {
    const below = '/o/known-for-client-extension/';
    const [, address] = (await shown('client-extension.yaml')).match(/view: (\S+)/);
    const widget = `<known-for-widget view="${address}"></known-for-widget>`;
    const folder = await folderOf('liferay', {
      [`${below}widget.js`]: await shown('widget.js'),
      'page.html': `<!doctype html><html lang="en"><title>Liferay</title>${ICON}
        <script type="module" src="${below}widget.js"></script>${widget}${widget}</html>`,
    });
    const server = await serve(beside(below, folder), { answers: { [address]: views.own } });
    await look(server, 'page.html', async (page) => {
      assert.equal(await page.locator('known-for-widget').count(), 2);
      await page.evaluate(() => {
        const widget = document.querySelector('known-for-widget');
        widget.remove();
        document.body.append(widget);
      });
      await page.locator('known-for-widget').last().locator('known-for-badges [part=badge]').first().waitFor();
    });
  });

  it('is told of each file that it shows', async () => {
    const recipes = await readFile(join(PACKAGE, 'RECIPES.md'), 'utf8');
    const files = [...recipes.matchAll(/\n`([\w.-]+)`[^\n]*:\n\n```/g)].map(([, file]) => file);
    const [web, forge] = [['KnownForWebPart.ts'], ['manifest.yml', 'index.html', 'view.js']];
    assert.deepEqual(files, [...web, ...forge, 'known-for.php', 'client-extension.yaml', 'widget.js']);
  });
});
