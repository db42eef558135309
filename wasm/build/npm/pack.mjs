/** Pack: adds to the folder of a package what Node.js tools make of its sources. Usage: `node pack.mjs FOLDER`. */
import { writeBundles } from './bundles.mjs';
import { writeManifest } from './manifest.mjs';

const [folder] = process.argv.slice(2);
await writeManifest(folder);
await writeBundles(folder);
