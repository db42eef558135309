/** Host: what every element is built on. */

/** The class to extend. On a server there is no `HTMLElement`, and importing the package must not throw there. */
export const HostElement = globalThis.HTMLElement ?? class {};

/** Passes a property that was set before the element had its class to the class's setter, which it hides until then. */
export function adoptProperty(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  delete element[name];
  element[name] = value;
}
