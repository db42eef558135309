/** Wasm: the two modules, each loaded when first needed and once. */

/**
 * The drawing, which every element needs; or nothing where WebAssembly cannot be had: a browser without it, a content security
 * policy that forbids it, a server that does not have the file. Then the page's own content stays, and the console says why, once.
 */
export const drawModule = once(() => load(import('./draw.js'), new URL('./draw_bg.wasm', import.meta.url)));

/** The engine, which only a source without a server needs; or nothing, likewise. */
export const engineModule = once(() => load(import('./engine.js'), new URL('./engine_bg.wasm', import.meta.url)));

let told = false;

function once(loading) {
  let loaded;
  return () => (loaded ??= loading().catch(tell));
}

function tell(error) {
  if (told) return;
  told = true;
  console.warn(`known-for: showing the page's own content, because WebAssembly could not be loaded. ${error.message}`);
}

async function load(importing, address) {
  const [module, response] = await Promise.all([importing, fetch(address)]);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Compiling while it arrives needs the right type, and servers that do not know wasm send another.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  await module.default({ module_or_path: streams ? response : await response.arrayBuffer() });
  return module;
}
