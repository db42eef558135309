/** The package on a server: a framework that renders pages in Node imports it, and nothing must happen there. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PACKAGE = new URL('../../wasm/pkg/', import.meta.url);

/** Runs a module in a Node of its own and gives what it printed; it fails if the module throws or never ends. */
const run = async (script) => {
  const options = { timeout: 30_000 };
  const { stdout, stderr } = await promisify(execFile)('node', ['--input-type=module', '--eval', script], options);
  return stdout + stderr;
};

describe('the package on a server', () => {
  it('is packed with every file that it was built with', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], { cwd: PACKAGE });
    const packed = JSON.parse(stdout)[0].files.map(({ path }) => path);
    const built = (await readdir(PACKAGE, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath, path }) => relative(fileURLToPath(PACKAGE), join(parentPath ?? path, name)));
    assert.deepEqual(packed.sort(), built.sort());
  });

  it('is imported, whole or in parts, without an effect', async () => {
    const { exports } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8'));
    const scripts = Object.values(exports)
      .map((entry) => entry.node ?? entry.default)
      .filter(Boolean);
    assert.ok(scripts.includes('./index.js') && scripts.length >= 6, scripts.join());
    for (const script of scripts) {
      const printed = await run(`
        const before = Object.getOwnPropertyNames(globalThis).join();
        await import(${JSON.stringify(new URL(script, PACKAGE).href)});
        if (Object.getOwnPropertyNames(globalThis).join() !== before) console.log('changes what is global');
      `);
      assert.equal(printed, '', script);
    }
  });

  it('defines nothing by its classes, and all of them where there is a registry', async () => {
    const printed = await run(`
      const names = [];
      const registry = { get: (name) => names.includes(name) || undefined, define: (name) => names.push(name) };
      globalThis.customElements = registry;
      const { KnownForSource } = await import(${JSON.stringify(new URL('elements.js', PACKAGE).href)});
      const { define } = await import(${JSON.stringify(new URL('define.js', PACKAGE).href)});
      const byClasses = names.length;
      define();
      define();
      console.log(JSON.stringify([typeof KnownForSource, byClasses, names.length, names[0]]));
    `);
    assert.deepEqual(JSON.parse(printed), ['function', 0, 12, 'known-for-source']);
  });
});
