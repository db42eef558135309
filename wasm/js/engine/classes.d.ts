/// <reference lib="esnext.disposable" />
export { Engine, History, Program, schema } from '../engine-host.js';
export type * from './types.js';
