/**
 * Bundles: the files for pages without a bundler, each minified, and the hashes that pages check them by.
 *
 * `knownfor.min.js` has everything but the engine's side of the package, which only a page without a server loads.
 * `knownfor.inline.min.js` has the drawing's WebAssembly inside as well.
 */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

/** Files that a bundle loads when it first needs them, by the names of their sources. */
const LATER = {
  'engine.js': 'engine.min.js',
  'engine-inline.js': 'engine-inline.js',
  'page-feed.js': 'page-feed.min.js',
};
/** The languages are such files, too. */
const LANGUAGE = /^[a-z]{2}\.js$/;
const BUNDLES = {
  'knownfor.min.js': 'index.js',
  'knownfor.inline.min.js': 'inline.js',
  'page-feed.min.js': 'source/page-feed.js',
  'engine.min.js': 'engine.js',
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
      plugins: [later(source)],
    });
    hashes[bundle] = `sha384-${createHash('sha384').update(await readFile(outfile)).digest('base64')}`;
  }
  await writeFile(join(folder, 'integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
}

/** Leaves out of a bundle what is a file of its own. */
const later = (source) => ({
  name: 'later',
  setup({ onResolve }) {
    onResolve({ filter: /\.js$/ }, ({ path, kind }) => {
      const file = LANGUAGE.test(basename(path)) ? `texts/${basename(path)}` : LATER[basename(path)];
      return file && kind === 'dynamic-import' && basename(path) !== basename(source)
        ? { path: `./${file}`, external: true }
        : undefined;
    });
  },
});
