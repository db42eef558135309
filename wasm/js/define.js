/** Define: gives the elements their names in the page. */
import * as elements from './elements.js';

const NAMES = ['badges', 'board', 'celebration', 'challenge', 'experts', 'gains', 'kudos', 'profile', 'standing', 'steps', 'topics'];

/**
 * Defines the elements, all or none: where another copy of this package has defined them before, its elements and its source
 * belong together and ours stay away.
 */
export function define(registry = customElements) {
  if (registry.get('known-for-source')) return;
  registry.define('known-for-source', elements.KnownForSource);
  for (const name of NAMES) registry.define(`known-for-${name}`, elements[`KnownFor${name[0].toUpperCase()}${name.slice(1)}`]);
}
