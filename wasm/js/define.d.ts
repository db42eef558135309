/** Defines the elements, all or none; importing the package itself has done it. */
export function define(registry?: CustomElementRegistry): void;
