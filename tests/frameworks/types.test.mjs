/** The types: each fixture is checked by its framework's own checker, which knows the elements by the package alone. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fixture, outOf } from './build.mjs';
import { install } from './packed.mjs';

const require = createRequire(import.meta.url);

/** By fixture: its checker with the options, and the file with its template. */
const CHECKERS = {
  typescript: ['typescript/bin/tsc', ['-p', '.']],
  react: ['typescript/bin/tsc', ['-p', '.'], 'App.tsx'],
  solid: ['typescript/bin/tsc', ['-p', '.'], 'App.tsx'],
  vue: ['vue-tsc/bin/vue-tsc.js', ['-p', '.'], 'App.vue'],
  svelte: ['svelte-check/bin/svelte-check', ['--tsconfig', './tsconfig.json', '--output', 'machine'], 'App.svelte'],
};

/** The mistakes that a checker finds in a folder. A mistake may take several lines, of which the first says *error*. */
async function mistakes(name, folder) {
  const [script, options] = CHECKERS[name];
  const run = promisify(execFile)('node', [require.resolve(script), ...options], { cwd: folder });
  const { stdout } = await run.catch((failed) => failed);
  const lines = stdout.split('\n').filter((line) => !/START|COMPLETED/.test(line));
  return lines.join('\n').split(/^(?=.*\berror\b)/im).filter((text) => text.trim());
}

describe('the types', () => {
  before(install);

  for (const [name, [, , template]] of Object.entries(CHECKERS)) {
    it(`suit ${name}, and find what is misspelt`, async () => {
      const folder = await outOf(`types/${name}`);
      await cp(fixture('shared'), join(folder, '../shared'), { recursive: true });
      await cp(fixture(name), folder, { recursive: true });
      if (!template) {
        // Its file says itself what is wrong in it.
        assert.deepEqual(await mistakes(name, folder), []);
        return;
      }
      const text = await readFile(join(folder, template), 'utf8');
      const misspelt = text.replace('detail.topics', 'detail.topix').replace('to="jonas"', 'too="jonas"');
      await writeFile(join(folder, `Misspelt${extname(template)}`), misspelt);
      const found = await mistakes(name, folder);
      assert.equal(found.length, 2, found.join('\n'));
      assert.match(found.find((text) => text.includes('topix')) ?? '', /Misspelt[^]*'topix' does not exist/);
      assert.match(found.find((text) => text.includes('too')) ?? '', /Misspelt[^]*'\W*too\W*' does not exist/);
    });
  }
});
