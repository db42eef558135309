/** Define: gives the elements their names in the page. */
import * as elements from './elements.js';

const NAMES = [
  'badges',
  'board',
  'celebration',
  'challenge',
  'experts',
  'gains',
  'kudos',
  'profile',
  'standing',
  'steps',
  'topics',
];

/**
 * Defines the elements, all or none: if another copy of this package has already defined them, its elements and its
 * source belong together, and ours stay out. On a server, where there is no registry, nothing happens.
 */
export function define(registry = globalThis.customElements) {
  if (!registry) return;
  const defined = registry.get('known-for-source');
  // Only `warnings.js` wants to know.
  if (defined && defined !== elements.KnownForSource) define.foundOther?.();
  if (defined) return;
  registry.define('known-for-source', elements.KnownForSource);
  for (const name of NAMES)
    registry.define(`known-for-${name}`, elements[`KnownFor${name[0].toUpperCase()}${name.slice(1)}`]);
}
