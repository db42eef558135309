/** The manifest: `custom-elements.json` describes the classes, the types, the drawing and the README as they are. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

const PACKAGE = new URL('../../wasm/pkg/', import.meta.url);
const read = (name, base = PACKAGE) => readFile(new URL(name, base), 'utf8');
const names = (items) => items.map(({ name }) => name).sort();
const unique = (items) => [...new Set(items)].sort();
const found = (text, pattern) => unique([...text.matchAll(pattern)].map(([, name]) => name));

/** The class of each element, by its tag. */
const classes = async () => {
  const defined = new Map();
  const { define } = await import(new URL('define.js', PACKAGE));
  define({ get: (name) => defined.get(name), define: (name, made) => defined.set(name, made) });
  return defined;
};

const manifest = JSON.parse(await read('custom-elements.json'));
const declarations = manifest.modules.flatMap((module) => module.declarations);
const all = (part) => unique(declarations.flatMap((declared) => (declared[part] ?? []).map(({ name }) => name)));

describe('the manifest', () => {
  it('is named by the package', async () => {
    assert.equal(JSON.parse(await read('package.json')).customElements, 'custom-elements.json');
  });

  it('has the attributes and properties of each class', async () => {
    const defined = await classes();
    assert.deepEqual(declarations.map(({ tagName }) => tagName).sort(), [...defined.keys()].sort());
    for (const { tagName, name, attributes, members } of declarations) {
      const made = defined.get(tagName);
      assert.equal(made.name, name);
      assert.deepEqual(names(attributes), [...made.observedAttributes].sort(), tagName);
      for (const { name } of members) assert.ok(name in made.prototype, `${tagName}: no ${name}`);
      const described = members.filter(({ kind }) => kind === 'field').map(({ name }) => name);
      assert.deepEqual(described.sort(), [...made.properties].sort(), tagName);
      for (const { fieldName } of attributes) assert.ok(described.includes(fieldName), `${tagName}: no ${fieldName}`);
    }
  });

  it('has what the types declare', async () => {
    const types = await read('elements.d.ts');
    const events = types.match(/interface KnownForEvents \{([^]*?)\n\}/)[1];
    assert.deepEqual(all('events'), found(events, /'(known-for-[a-z]+)':/g));
    for (const { name, members } of declarations) {
      const declared = (name) => types.match(new RegExp(`class ${name} extends \\w+ \\{([^]*?)\\}\\n`))[1];
      const own = name === 'KnownForSource' ? declared(name) : declared(name) + declared('KnownForElement');
      assert.deepEqual(names(members), found(own, /^\s*(?:get )?(?!set )(\w+)(?:\(|:)/gm), name);
    }
  });

  it('has the parts that are drawn, and the custom properties that are read', async () => {
    const drawn = [];
    for (const folder of ['elements/', 'pieces/', 'shell/']) {
      const base = new URL(`../../wasm/elements/src/${folder}`, import.meta.url);
      for (const file of await readdir(base)) {
        const text = await read(file, base);
        drawn.push(...found(text, /\.part\("([^"]+)"/g), ...found(text, /\.part\(if [\w.]+ \{ "([^"]+)"/g));
      }
    }
    const shell = ['elements/element.js', 'elements/failures.js'];
    for (const text of await Promise.all(shell.map((file) => read(file))))
      drawn.push(...found(text, /\bpart(?: =|:) '([^']+)'/g));
    assert.deepEqual(all('cssParts'), unique(drawn.flatMap((parts) => parts.split(' '))));
    const styles = (await Promise.all(['look/styles.js', 'look/parts.js'].map((path) => read(path)))).join('');
    assert.deepEqual(all('cssProperties'), found(styles, /(--known-for-[a-z0-9-]+)/g));
  });

  it('has what the README lists', async () => {
    const readme = await read('README.md');
    const parts = readme.match(/`::part\(\)` reaches the parts: ([^]*?)\n\n/)[1];
    assert.deepEqual(all('cssParts'), found(parts, /`([a-z-]+)`/g));
    assert.deepEqual(all('cssStates'), found(readme, /^\| `:state\(([a-z]+)\)` \|/gm));
    assert.deepEqual(all('cssProperties'), found(readme, /`(--known-for-[a-z0-9-]+)`/g));
    for (const name of [...all('attributes'), ...all('events')]) assert.ok(readme.includes(`\`${name}`), name);
  });
});
