/** Source lookup: how an element finds its source, even one that is added to the page later. */

const lookups = new Set();

/** Calls `look` now and whenever a source is added or removed. The function returned ends this. */
export function followSources(look) {
  lookups.add(look);
  look();
  return () => lookups.delete(look);
}

/** Called by a source that has been added to the page or removed from it. */
export function sourcesChanged() {
  for (const look of [...lookups]) look();
}

/**
 * The source of an element: the one its attribute `source` selects, else the nearest one around it, else the first.
 * It is looked for in the element's own shadow root, then in the root around that, and so on to the document.
 */
export function sourceOf(element) {
  const selector = element.getAttribute('source');
  for (let at = element; at; at = at.getRootNode().host) {
    const root = at.getRootNode();
    const around = selector ? undefined : at.closest('known-for-source');
    const source = around ?? root.querySelector?.(selector || 'known-for-source');
    if (source) return source;
  }
  return undefined;
}
