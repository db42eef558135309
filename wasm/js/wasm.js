/**
 * Wasm: loads each of the two modules once, when it is first needed. After an outage it is loaded when it is next
 * needed.
 */

/** Where the WebAssembly of each module is. Bundlers find files by the form of these two lines. */
const places = {
  draw: () => new URL('./draw_bg.wasm', import.meta.url),
  engine: () => new URL('./engine_bg.wasm', import.meta.url),
};

/**
 * * Says where the WebAssembly is, for a bundler or a server that does not keep it beside the script. Call it in the
 * script that imports the package: the modules are loaded after that.
 *
 * @param {Partial<Record<'draw' | 'engine', string | URL | (() => Promise<BufferSource>)>>} changed an address, or a
 *   function that gives the bytes
 */
export function setWasm(changed) {
  for (const [name, place] of Object.entries(changed)) places[name] = typeof place === 'function' ? place : () => place;
}

/**
 * * The drawing, which every element needs. Undefined if WebAssembly is not available: the browser does not have it,
 * the content security policy forbids it, or the server does not have the file. The page's own content stays then,
 * and one line on the console says why.
 */
export const drawModule = once('draw', () => import('./draw.js'));

/** The engine, which only a source without a server needs. Undefined if WebAssembly is not available. */
export const engineModule = once('engine', () => import('./engine.js'));

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
  const [module, wasm] = await Promise.all([importing(), wasmOf(name)]).catch(({ message }) => {
    throw new Outage(message);
  });
  await module.default({ module_or_path: wasm });
  return module;
}

/** What the glue takes: an answer that the browser compiles while it loads, or bytes. */
async function wasmOf(name) {
  const place = await places[name]();
  if (place instanceof ArrayBuffer || ArrayBuffer.isView(place)) return place;
  const response = await fetch(place);
  const type = response.headers.get('content-type') ?? '';
  // A development server may answer any unknown address with its first page.
  if (!response.ok || type.startsWith('text/html'))
    throw new Error(
      `${response.url} answered ${response.status} ${type}; expected ${name}_bg.wasm of the package: copy it there, or ` +
        `say where it is by setWasm({ ${name}: '…' })`,
    );
  // Browsers compile while loading only if the content type is right. Servers that do not know `.wasm` send another
  // one.
  return type.startsWith('application/wasm') ? response : response.arrayBuffer();
}
