/** `<known-for-gains>`. */
import { KnownForElement } from './element.js';

/**
 * What a member has from taking part.
 *
 * @tag known-for-gains
 * @csspart gain - one of these
 */
export class KnownForGains extends KnownForElement {
  static hasParts = true;

  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    drawing.gains(view, words);
  }
}
