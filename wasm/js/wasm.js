/** Wasm: the two modules, each loaded when first needed and once; after an outage again when next needed. */

/**
 * The drawing, which every element needs; or nothing where WebAssembly cannot be had: a browser without it, a content security
 * policy that forbids it, a server that does not have the file. Then the page's own content stays, and the console says why, once.
 */
export const drawModule = once(() => load(import('./draw.js'), new URL('./draw_bg.wasm', import.meta.url)));

/** The engine, which only a source without a server needs; or nothing, likewise. */
export const engineModule = once(() => load(import('./engine.js'), new URL('./engine_bg.wasm', import.meta.url)));

let told = false;

/** A file could not be had, which may be otherwise the next time; what the browser or a policy refuses stays refused. */
class Outage extends Error {}

function once(loading) {
  let loaded;
  return () =>
    (loaded ??= loading().catch((error) => {
      if (error instanceof Outage) loaded = undefined;
      tell(error);
    }));
}

function tell(error) {
  if (told) return;
  told = true;
  console.warn(`known-for: showing the page's own content, because WebAssembly could not be loaded. ${error.message}`);
}

async function load(importing, address) {
  const [module, response] = await Promise.all([importing, fetch(address)]).catch(({ message }) => {
    throw new Outage(message);
  });
  if (!response.ok) throw new Outage(`${response.url} answered ${response.status}`);
  // Compiling while it arrives needs the right type, and servers that do not know wasm send another.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  await module.default({ module_or_path: streams ? response : await response.arrayBuffer() });
  return module;
}
