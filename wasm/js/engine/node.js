/** Node: the engine for Node.js, Bun and Deno, which read the WebAssembly from the package. */
import { readFileSync } from 'node:fs';
import { initSync } from '../engine-host.js';

initSync({ module: readFileSync(new URL('../engine-host_bg.wasm', import.meta.url)) });

export * from './classes.js';
