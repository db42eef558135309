/** Defines the elements, all or none. Importing the package itself does this. On a server it does nothing. */
export function define(registry?: CustomElementRegistry): void;
