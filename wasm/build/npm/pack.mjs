/** Pack: adds to the folder of a package what Node.js tools make of its sources. Usage: `node pack.mjs FOLDER`. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeBundles } from './bundles.mjs';
import { writeManifest } from './manifest.mjs';

const [folder] = process.argv.slice(2);
await writeManifest(folder);
await writeBundles(folder);

/** The style of what a server draws, in which no script can set it. */
const sheets = ['look/styles.js', 'look/parts.js'].map((path) => import(pathToFileURL(resolve(folder, path))));
const texts = (await Promise.all(sheets)).map(({ css }) => css.trimStart());
await writeFile(join(folder, 'elements.css'), texts.join(''));
