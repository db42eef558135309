/** `<known-for-badges>`. */
import { KnownForElement } from './element.js';

/**
 * Badges earned, with why, and badges on the way, with why not yet.
 *
 * @tag known-for-badges
 * @csspart badge - a badge, earned or on the way
 * @csspart badge-face - its picture
 * @csspart badge-name - its name
 * @csspart on-the-way - the badges on the way
 * @csspart bar - how far a badge on the way is
 * @csspart why - a question, such as *why?*
 * @csspart reason - the answer to it
 */
export class KnownForBadges extends KnownForElement {
  draw(drawing, view, words) {
    drawing.badges(view, words, this.asked(view));
  }
}
