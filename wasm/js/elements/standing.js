/** `<known-for-standing>`: points and where they come from, this month beside the last, the way to the next level. */
import { KnownForElement } from './element.js';

export class KnownForStanding extends KnownForElement {
  draw(drawing, view, words) {
    drawing.standing(view, words, this.asked(view));
  }
}
