/** Host: what every element is built on, and how its properties and attributes agree. */

/**
 * The class that all elements extend. On a server there is no `HTMLElement`, and importing the package must not throw
 * there.
 */
export class HostElement extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = [];
  /** The properties that a page may have set before the element had its class. */
  static properties = [];
  /** Called with each element that is added to a page; only `warnings.js` sets it. */
  static connected;

  /**
   * Gives the class a property for each of these attributes, as the elements of HTML have: `edit-href` is `editHref`.
   *
   * @param {string[]} attributes
   * @param {(value: string | null) => unknown} read what the property gives for the attribute's value
   */
  static reflect(attributes, read = (value) => value) {
    const properties = attributes.map((name) => name.replace(/-./g, (dash) => dash[1].toUpperCase()));
    this.observedAttributes = [...this.observedAttributes, ...attributes];
    this.properties = [...this.properties, ...properties];
    for (const [index, name] of attributes.entries()) {
      Object.defineProperty(this.prototype, properties[index], {
        configurable: true,
        enumerable: true,
        get() {
          return read(this.getAttribute(name));
        },
        set(value) {
          setAttribute(this, name, value);
        },
      });
    }
  }

  /**
   * Passes what was set before the element had its class to the class's setters, which it hides until then.
   *
   * @protected
   */
  connectedCallback() {
    HostElement.connected?.(this);
    for (const name of this.constructor.properties) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }
}

/** Sets an attribute, or removes it: frameworks write *nothing* as null, undefined or false. */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

/**
 * Whether a boolean attribute is on. Frameworks write a false one as the text `false` where an element has no property
 * of the attribute's name.
 */
export function isOn(value) {
  return value !== null && value !== 'false';
}
