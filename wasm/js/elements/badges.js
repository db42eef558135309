/** `<known-for-badges>`: badges earned, with why, and badges on the way, with why not yet. */
import { KnownForElement } from './element.js';

export class KnownForBadges extends KnownForElement {
  draw(drawing, view, words) {
    drawing.badges(view, words, this.asked(view));
  }
}
