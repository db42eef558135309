/// <reference lib="esnext.disposable" />
export { Batch, Engine, History, MemberBatch, Program, schema } from '../engine-host.js';
export type * from './types.js';
