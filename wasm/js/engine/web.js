/** Web: the engine for scripts and workers in a browser, which fetch the WebAssembly. */
import init from '../engine-host.js';

await init({ module_or_path: new URL('../engine-host_bg.wasm', import.meta.url) });

export * from './classes.js';
