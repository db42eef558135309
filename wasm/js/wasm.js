/**
 * Wasm: loads each of the two modules once, when it is first needed. After an outage it is loaded when it is next
 * needed.
 */

/**
 * * The drawing, which every element needs. Undefined if WebAssembly is not available: the browser does not have it,
 * the content security policy forbids it, or the server does not have the file. The page's own content stays then,
 * and one line on the console says why.
 */
export const drawModule = once(() => load(import('./draw.js'), new URL('./draw_bg.wasm', import.meta.url)));

/** The engine, which only a source without a server needs. Undefined if WebAssembly is not available. */
export const engineModule = once(() => load(import('./engine.js'), new URL('./engine_bg.wasm', import.meta.url)));

let hasWarned = false;

/**
 * A file could not be loaded. The next time may be different, whereas a refusal of the browser or the policy is
 * final.
 */
class Outage extends Error {}

function once(loading) {
  let loaded;
  return () =>
    (loaded ??= loading().catch((error) => {
      if (error instanceof Outage) loaded = undefined;
      warn(error);
    }));
}

function warn(error) {
  if (hasWarned) return;
  hasWarned = true;
  console.warn(`known-for: showing the page's own content, because WebAssembly could not be loaded. ${error.message}`);
}

async function load(importing, address) {
  const [module, response] = await Promise.all([importing, fetch(address)]).catch(({ message }) => {
    throw new Outage(message);
  });
  if (!response.ok) throw new Outage(`${response.url} answered ${response.status}`);
  // Browsers compile while loading only if the content type is right. Servers that do not know `.wasm` send another
  // one.
  const canStream = response.headers.get('content-type')?.startsWith('application/wasm');
  await module.default({ module_or_path: canStream ? response : await response.arrayBuffer() });
  return module;
}
