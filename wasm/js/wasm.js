/** Wasm: the engine and its drawing, loaded when first needed and once. */

let loading;

/**
 * The module, or nothing where WebAssembly cannot be had: a browser without it, a content security policy that forbids it, a
 * server that does not have the file. Then the page's own content stays, and the console says why, once.
 */
export function wasm() {
  loading ??= load().catch((error) => {
    console.warn(`known-for: showing the page's own content, because WebAssembly could not be loaded. ${error.message}`);
  });
  return loading;
}

async function load() {
  const module = await import('./knownfor.js');
  const response = await fetch(new URL('./knownfor_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Compiling while it arrives needs the right type, and servers that do not know wasm send another.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  await module.default({ module_or_path: streams ? response : await response.arrayBuffer() });
  return module;
}
