/** Seeking: how an element finds its source, also one that comes later. */

const seekers = new Set();

/** Calls `seek` now, and again whenever a source comes or goes, until the function it gives is called. */
export function keepSeeking(seek) {
  seekers.add(seek);
  seek();
  return () => seekers.delete(seek);
}

/** Says that a source has come or gone. */
export function sourcesChanged() {
  for (const seek of [...seekers]) seek();
}

/** The source of an element: the one its attribute `source` selects, else the nearest around it, else the page's first. */
export function sourceOf(element) {
  const selector = element.getAttribute('source');
  if (selector) return element.getRootNode().querySelector(selector) ?? document.querySelector(selector);
  for (let at = element; at; at = at.getRootNode().host) {
    const source = at.closest('known-for-source');
    if (source) return source;
  }
  return document.querySelector('known-for-source');
}
