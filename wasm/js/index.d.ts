export * from './define.js';
export * from './elements.js';
