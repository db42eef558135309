/**
 * Wasm: loads each of the two modules once, when it is first needed. After an outage it is loaded when it is next
 * needed.
 */
import { wasmAt } from './wasm-file.js';

/**
 * Where the WebAssembly of each module is, and the worker in which the engine runs. Bundlers find files by the form of
 * these lines.
 */
const places = {
  draw: () => new URL('./draw_bg.wasm', import.meta.url),
  engine: () => new URL('./engine_bg.wasm', import.meta.url),
  worker: () => new URL('./engine-worker.js', import.meta.url),
};

/**
 * Says where the WebAssembly and the worker are, for a bundler or a server that does not keep them beside the script.
 * Call it in the script that imports the package: they are loaded after that.
 *
 * @param {{draw?: Place, engine?: Place, worker?: string | URL}} changed
 * @typedef {string | URL | (() => Promise<BufferSource>)} Place an address, or a function that gives the bytes
 */
export function setWasm(changed) {
  for (const [name, place] of Object.entries(changed)) places[name] = typeof place === 'function' ? place : () => place;
}

/**
 * The drawing, which every element needs. Undefined if WebAssembly is not available: the browser does not have it,
 * the content security policy forbids it, or the server does not have the file. The page's own content stays then,
 * and one line on the console says why.
 */
export const drawModule = once('draw', () => import('./draw.js'));

/** The engine, which only a source without a server needs: its files, and the module for the page's own thread. */
export const engine = {
  worker: async () => places.worker(),
  wasm: async () => places.engine(),
  /** Undefined if WebAssembly is not available. */
  module: once('engine', () => import('./source/page-engine.js')),
};

let hasWarned = false;

/**
 * A file could not be loaded. The next time may be different, whereas a refusal of the browser or the policy is
 * final.
 */
class Outage extends Error {}

function once(name, importing) {
  let loaded;
  return () =>
    (loaded ??= load(name, importing).catch((error) => {
      if (error instanceof Outage) loaded = undefined;
      warn(error);
    }));
}

function warn(error) {
  if (hasWarned) return;
  hasWarned = true;
  console.warn(`known-for: showing the page's own content, because WebAssembly could not be loaded. ${error.message}`);
}

async function load(name, importing) {
  // The script that imports the package may still say where the WebAssembly is.
  await null;
  const wasmOf = async () => wasmAt(await places[name](), name);
  const [module, wasm] = await Promise.all([importing(), wasmOf()]).catch(({ message }) => {
    throw new Outage(message);
  });
  await module.default({ module_or_path: wasm });
  return module;
}
