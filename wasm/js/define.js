/** Define: gives the elements their names in the page. */
import { KnownForBadges, KnownForBoard, KnownForProfile, KnownForSource, KnownForStanding } from './elements.js';

/**
 * Defines the elements, all or none: where another copy of this package has defined them before, its elements and its source
 * belong together and ours stay away.
 */
export function define(registry = customElements) {
  if (registry.get('known-for-source')) return;
  registry.define('known-for-source', KnownForSource);
  registry.define('known-for-standing', KnownForStanding);
  registry.define('known-for-profile', KnownForProfile);
  registry.define('known-for-badges', KnownForBadges);
  registry.define('known-for-board', KnownForBoard);
}
