/**
 * Manifest: describes the elements for editors, documentation and frameworks, from the comments of their classes.
 * The format is that of custom-elements-manifest, https://github.com/webcomponents/custom-elements-manifest.
 */
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What of a class is written, in this order. A class has what its superclass has. */
const PARTS = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'];

/** Writes `custom-elements.json` into the folder of a package. */
export async function writeManifest(folder) {
  const elements = (await readdir(join(folder, 'elements'))).filter((name) => name.endsWith('.js')).sort();
  const paths = ['host.js', 'source/source.js', ...elements.map((name) => `elements/${name}`)];
  const read = async (path) =>
    ts.createSourceFile(path, await readFile(join(folder, path), 'utf8'), ts.ScriptTarget.ES2022, true);
  const analyzed = create({ modules: await Promise.all(paths.map(read)), plugins: [], context: { dev: false } });
  const classes = new Map(
    analyzed.modules.flatMap(({ path, declarations }) =>
      declarations.filter(({ kind }) => kind === 'class').map((declared) => [declared.name, { path, ...declared }]),
    ),
  );
  const modules = [...classes.values()].filter(({ tagName }) => tagName).map((declared) => moduleOf(declared, classes));
  const manifest = { schemaVersion: '2.1.0', modules };
  await writeFile(join(folder, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function moduleOf(declared, classes) {
  const { path, name, tagName, description } = declared;
  const lines = lineage(declared, classes);
  const parts = PARTS.map((part) => [part, lines.flatMap((line) => own(line, part))]);
  const said = Object.fromEntries(parts.filter(([, items]) => items.length > 0));
  const declaration = { name, module: path };
  return {
    kind: 'javascript-module',
    path,
    declarations: [{ kind: 'class', name, tagName, customElement: true, description, ...said }],
    exports: [
      { kind: 'js', name, declaration },
      { kind: 'custom-element-definition', name: tagName, declaration },
    ],
  };
}

/** A class and those that it extends, itself first. */
function lineage(declared, classes) {
  const above = classes.get(declared.superclass?.name);
  return above ? [declared, ...lineage(above, classes)] : [declared];
}

/** What a class itself adds to a part of the description. */
function own(declared, part) {
  const items = (declared[part] ?? []).filter(({ inheritedFrom }) => !inheritedFrom);
  if (part === 'attributes') return items.filter(({ type }) => type).map(attribute);
  if (part === 'events') return items.filter(({ name }) => name?.startsWith('known-for-')).map(event);
  if (part !== 'members') return items;
  // Everything public has a comment; the analyzer also lists what is only assigned.
  const isPublic = ({ name, description, privacy, static: isStatic }) => description && !isStatic && !privacy && name[0] !== '#';
  const members = items.filter(isPublic).map(({ attribute: _, reflects: __, ...member }) => member);
  const reflecting = own(declared, 'attributes').map(({ name, fieldName, type, description }) => {
    const text = type.text === 'boolean' ? 'boolean' : `${type.text} | null`;
    return { kind: 'field', name: fieldName, type: { text }, description, attribute: name, reflects: true };
  });
  // Of an attribute and a member of the same name, such as `view`, the member says what the property is.
  return [...members, ...reflecting.filter(({ name }) => !members.some((member) => member.name === name))];
}

function event({ name, description }) {
  return { name, type: { text: `KnownForEvents['${name}']` }, description };
}

function attribute({ name, type, description }) {
  const fieldName = name.replace(/-./g, (dash) => dash[1].toUpperCase());
  return { name, fieldName, type, description };
}
