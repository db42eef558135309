/** Bare: the engine for hosts that give the WebAssembly themselves, by `initSync({ module })`. */
export { initSync } from '../engine-host.js';
export * from './classes.js';
