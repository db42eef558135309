export * from './elements.js';
/** Defines the elements, all or none; importing the package has done it. */
export function define(registry?: CustomElementRegistry): void;
