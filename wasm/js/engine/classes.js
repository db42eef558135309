/** Classes: what each entry of the engine exports, once its WebAssembly is loaded. */
export { Batch, Engine, History, MemberBatch, Program, schema } from '../engine-host.js';
