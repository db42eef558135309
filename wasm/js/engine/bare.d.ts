export * from './classes.js';

/** Loads the WebAssembly: bytes, or a module that the host has compiled. Call it once, before anything else. */
export function initSync(wasm: { module: BufferSource | WebAssembly.Module }): unknown;
