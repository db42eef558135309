/** The types: each fixture is checked by its framework's own checker, which knows the elements by the package alone. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fixture, outOf } from './build.mjs';
import { install } from './packed.mjs';

const require = createRequire(import.meta.url);

/** By fixture: its checker and the options. */
const CHECKERS = {
  typescript: ['typescript/bin/tsc', ['-p', '.']],
  react: ['typescript/bin/tsc', ['-p', '.']],
  solid: ['typescript/bin/tsc', ['-p', '.']],
  vue: ['vue-tsc/bin/vue-tsc.js', ['-p', '.']],
  svelte: ['svelte-check/bin/svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings']],
};

/** By framework, the file with its template. */
const TEMPLATES = { react: 'App.tsx', solid: 'App.tsx', vue: 'App.vue', svelte: 'App.svelte' };

/** What a checker says against a fixture in this folder; nothing if it says nothing. */
async function check(name, folder) {
  const [script, options] = CHECKERS[name];
  try {
    await promisify(execFile)('node', [require.resolve(script), ...options], { cwd: folder });
    return '';
  } catch ({ stdout, stderr }) {
    return stdout + stderr;
  }
}

describe('the types', () => {
  before(install);
  for (const name of Object.keys(CHECKERS)) {
    it(`suit ${name}`, async () => assert.equal(await check(name, fixture(name)), ''));
  }

  for (const [name, file] of Object.entries(TEMPLATES)) {
    it(`find what is misspelt with ${name}`, async () => {
      const folder = await outOf(`misspelt/${name}`);
      await cp(fixture('shared'), join(folder, '../shared'), { recursive: true });
      await cp(fixture(name), folder, { recursive: true });
      const text = await readFile(join(folder, file), 'utf8');
      await writeFile(join(folder, file), text.replace('detail.topics', 'detail.topix').replace('to="jonas"', 'too="jonas"'));
      const said = await check(name, folder);
      assert.match(said, /'topix' does not exist/);
      assert.match(said, /'"?too"?' does not exist/);
    });
  }
});
