/** Workerd: the engine for Cloudflare Workers and the like, which give WebAssembly as a compiled module. */
import module from '../engine-host_bg.wasm';
import { initSync } from '../engine-host.js';

initSync({ module });

export * from './classes.js';
