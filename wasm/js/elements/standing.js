/** `<known-for-standing>`. */
import { KnownForElement } from './element.js';

/**
 * Points and where they come from, this month beside the last, and the way to the next level.
 *
 * @tag known-for-standing
 * @csspart figure - a total
 * @csspart currency - its name
 * @csspart month - this month beside the last
 * @csspart audience - who sees it, beside a private currency
 * @csspart level - the level
 * @csspart entries - where points come from
 * @csspart entry - one of these
 * @csspart why - a question, such as *why?*
 * @csspart reason - the answer to it
 */
export class KnownForStanding extends KnownForElement {
  draw(drawing, view, words) {
    drawing.standing(view, words, this.asked(view));
  }
}
