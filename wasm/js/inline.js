/**
 * Inline: the package with its WebAssembly inside, for hosts that cannot serve `.wasm`, and for bundlers that do not
 * find it. Each module is loaded when it is first needed.
 */
import { setWasm } from './wasm.js';

setWasm({
  draw: async () => unpacked(await import('./draw-inline.js')),
  engine: async () => unpacked(await import('./engine-inline.js')),
});

export * from './index.js';

/** The bytes of a module, which is kept deflated in base64. */
async function unpacked({ packed }) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).arrayBuffer();
}
