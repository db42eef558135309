/** Build: each bundler as its documentation starts it, and where its page is then. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
/** What is built, one folder for each fixture and mode. */
const OUT = fileURLToPath(new URL('out/', import.meta.url));

export const fixture = (name) => join(FIXTURES, name);

/** An empty folder for what is built. */
export async function outOf(name) {
  const folder = join(OUT, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** The page of the fixtures without a framework, with these lines in its head. */
export async function plainPage(folder, head) {
  const body = await readFile(join(fixture('plain'), 'body.html'), 'utf8');
  const start = '<!doctype html><html lang="en"><meta charset="utf-8"><title>knownfor</title><link rel="icon" href="data:,">';
  await writeFile(join(folder, 'index.html'), `${start}\n${head}\n${body}</html>\n`);
}

/** A fixture with Vite, as built for production. */
export async function viteBuild(name, out) {
  const { build } = await import('vite');
  await build({ ...(await viteOptions(name)), build: { outDir: out, emptyOutDir: true } });
}

/** A fixture with Vite's development server. Its API is at another address. */
export async function viteServe(name, api, cacheDir) {
  const { createServer } = await import('vite');
  const server = await createServer({
    ...(await viteOptions(name)),
    cacheDir,
    server: { host: '127.0.0.1', port: 0, hmr: false, proxy: { '/api': api } },
  });
  await server.listen();
  return { address: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() };
}

async function viteOptions(name) {
  return { root: fixture(name), logLevel: 'warn' };
}

/** The fixtures without a framework, by bundler; each gives the address of its script in the folder. */
export const BUNDLERS = {
  async webpack(mode, out) {
    const { default: webpack } = await import('webpack');
    const options = { mode, devtool: false, entry: join(fixture('bundled'), 'main.js') };
    const output = { path: out, filename: 'main.js' };
    const stats = await new Promise((resolve, reject) => {
      webpack({ ...options, output }, (error, stats) => (error ? reject(error) : resolve(stats)));
    });
    if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
    return '<script defer src="main.js"></script>';
  },

  // esbuild does not look for files named by `new URL`, so the script imports the wasm and says where it is.
  async esbuild(mode, out) {
    await esbuild(mode, out, 'esbuild.js', { loader: { '.wasm': 'file' } });
    return '<script type="module" src="esbuild.js"></script>';
  },

  async 'esbuild, the wasm inside'(mode, out) {
    await esbuild(mode, out, 'inline.js', {});
    return '<script type="module" src="inline.js"></script>';
  },

  async rollup(mode, out) {
    const { rollup } = await import('rollup');
    const { default: resolve } = await import('@rollup/plugin-node-resolve');
    const { importMetaAssets } = await import('@web/rollup-plugin-import-meta-assets');
    const plugins = [resolve(), importMetaAssets()];
    const bundle = await rollup({ input: join(fixture('bundled'), 'main.js'), plugins });
    await bundle.write({ dir: out, format: 'es', compact: mode === 'production' });
    return '<script type="module" src="main.js"></script>';
  },

  async parcel(mode, out) {
    const { Parcel } = await import('@parcel/core');
    const source = await outOf(`parcel-source-${mode}`);
    await plainPage(source, '<script type="module" src="../../fixtures/bundled/main.js"></script>');
    const parcel = new Parcel({
      entries: join(source, 'index.html'),
      defaultConfig: '@parcel/config-default',
      mode,
      shouldDisableCache: true,
      defaultTargetOptions: { distDir: out, publicUrl: './', engines: { browsers: 'last 2 Chrome versions' } },
    });
    await parcel.run();
    // It has written the page itself.
    return undefined;
  },
};

async function esbuild(mode, outdir, entry, options) {
  const { build } = await import('esbuild');
  // The worker is an entry point of its own, and looked for beside the script.
  const entryPoints = [join(fixture('bundled'), entry), 'knownfor/engine-worker.js'];
  const entryNames = '[name]';
  const minify = mode === 'production';
  await build({ entryPoints, entryNames, outdir, bundle: true, splitting: true, format: 'esm', minify, ...options });
}
