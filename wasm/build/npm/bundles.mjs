/**
 * Bundles: the files for pages without a bundler, each minified, and the hashes that pages check them by.
 *
 * `knownfor.min.js` has everything but the engine's side of the package, which only a page without a server loads, and
 * the style that the first element of a page does without. `knownfor.inline.min.js` has that style and the drawing's
 * WebAssembly inside. `engine-worker.js` is one file for bundlers too,
 * because some copy a worker as it is.
 */
import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

/** What a bundle loads when it first needs it, by the names of the sources: other bundles, and modules as they are. */
const LATER = {
  'look/parts.js': 'parts.min.js',
  'engine-inline.js': 'engine-inline.js',
  'source/page-feed.js': 'page-feed.min.js',
  'source/page-engine.js': 'engine-worker.js',
};
const BUNDLES = {
  'knownfor.min.js': 'index.js',
  'knownfor.inline.min.js': 'inline.js',
  'page-feed.min.js': 'source/page-feed.js',
  'parts.min.js': 'look/parts.js',
  'engine-worker.js': 'source/worker.js',
};

/** Writes the bundles and the inline modules into the folder of a package. */
export async function writeBundles(folder) {
  for (const name of ['draw', 'engine']) {
    const packed = await promisify(deflateRaw)(await readFile(join(folder, `${name}_bg.wasm`)), { level: 9 });
    await writeFile(join(folder, `${name}-inline.js`), `export const packed = '${packed.toString('base64')}';\n`);
  }
  const hashes = {};
  for (const [bundle, source] of Object.entries(BUNDLES)) {
    const outfile = join(folder, bundle);
    await build({
      entryPoints: [join(folder, source)],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'warning',
      plugins: [later(folder, source), smallStyle],
    });
    hashes[bundle] = `sha384-${createHash('sha384').update(await readFile(outfile)).digest('base64')}`;
  }
  await writeFile(join(folder, 'integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
}

/** Leaves out of a bundle what a page may never need: what is listed above, and each language but English. */
const later = (folder, source) => ({
  name: 'later',
  setup({ onResolve }) {
    onResolve({ filter: /\.js$/ }, ({ path, kind, resolveDir }) => {
      const file = relative(folder, join(resolveDir, path)).replaceAll('\\', '/');
      // A page that loads the inline bundle may have no place for another file.
      if (source === 'inline.js' && file === 'look/parts.js') return undefined;
      const loaded = LATER[file] ?? (file.startsWith('texts/') ? file : undefined);
      return loaded && kind === 'dynamic-import' && file !== source
        ? { path: `./${loaded}`, external: true }
        : undefined;
    });
  },
});

/** The style as small as esbuild makes style sheets: to the minifier of scripts it is a text. */
const smallStyle = {
  name: 'small-style',
  setup({ onLoad }) {
    onLoad({ filter: /look\/(styles|parts)\.js$/ }, async ({ path }) => {
      const { css } = await import(pathToFileURL(path));
      const { code } = await transform(css, { loader: 'css', minify: true });
      const [before, after] = (await readFile(path, 'utf8')).split(/(?<== )`\n[^]*?\n`/);
      return { contents: before + JSON.stringify(code.trim()) + after };
    });
  },
};
