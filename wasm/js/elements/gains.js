/** `<known-for-gains>`: what a member has from taking part. */
import { KnownForElement } from './element.js';

export class KnownForGains extends KnownForElement {
  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    drawing.gains(view, words);
  }
}
