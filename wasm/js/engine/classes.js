/** Classes: what each entry of the engine exports, once its WebAssembly is loaded. */
export { Engine, History, Program, schema } from '../engine-host.js';
