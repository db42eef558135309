/** `<known-for-badges>`. */
import { KnownForElement } from './element.js';

/**
 * Badges earned and badges on the way. Pressed, a badge of one’s own says why.
 *
 * @tag known-for-badges
 * @csspart badge - a badge, earned or on the way
 * @csspart badge-face - its picture
 * @csspart badge-name - its name
 * @csspart on-the-way - the badges on the way
 * @csspart why - a badge that can be pressed
 * @csspart reason - the answer to it
 * @cssprop --known-for-cloth-0 - a cloth that badges are printed on
 * @cssprop --known-for-cloth-1 - a cloth that badges are printed on
 * @cssprop --known-for-cloth-2 - a cloth that badges are printed on
 * @cssprop --known-for-cloth-3 - a cloth that badges are printed on
 * @cssprop --known-for-cloth-4 - a cloth that badges are printed on
 * @cssprop --known-for-cloth-5 - a cloth that badges are printed on
 * @cssprop --known-for-foil-plain - what is printed on it, without a grade
 * @cssprop --known-for-foil-bronze - what is printed on it, for bronze
 * @cssprop --known-for-foil-silver - what is printed on it, for silver
 * @cssprop --known-for-foil-gold - what is printed on it, for gold
 */
export class KnownForBadges extends KnownForElement {
  static hasParts = true;

  draw(drawing, view, words) {
    drawing.badges(view, words, this.asked(view));
  }
}
