/** The package's README: what it shows of each framework is what the fixture has, line by line. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fixture } from './build.mjs';

const README = new URL('../../wasm/js/README.md', import.meta.url);

/** By a line before its block in the README, the file that has the block's lines. */
const SHOWN = {
  'React:': 'react/App.tsx',
  'Vue:': 'vue/App.vue',
  'Svelte, ': 'svelte/App.svelte',
  'Solid, ': 'solid/App.tsx',
  'Angular:': 'angular/app.ts',
  "Angular's builder": '../angular.json',
  '"assets"': 'angular/app.ts',
  '| esbuild |': 'bundled/esbuild.js',
};

describe('the README of the package', () => {
  for (const [before, file] of Object.entries(SHOWN)) {
    it(`shows ${file}`, async () => {
      const lines = (text) => text.split('\n').map((line) => line.trim());
      const readme = await readFile(README, 'utf8');
      const at = readme.indexOf(`\n${before}`);
      assert.ok(at >= 0, `no line begins with ${before}`);
      const [, block] = readme.slice(at).match(/\n```\w+\n([^]*?)\n```/);
      const source = lines(await readFile(join(fixture('.'), file), 'utf8'));
      let from = 0;
      for (const line of lines(block).filter(Boolean)) {
        const found = source.indexOf(line, from);
        assert.ok(found >= 0, `${file} does not have, from its line ${from + 1}: ${line}`);
        from = found + 1;
      }
    });
  }
});
