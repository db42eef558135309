/** `<known-for-steps>`: what to do next. Steps that only the member sees come first, then the nearest. */
import { changeClaims } from './claims.js';
import { KnownForElement } from './element.js';

export class KnownForSteps extends KnownForElement {
  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    drawing.steps(view, words, this.links, this.asked(view));
  }

  clicked({ field, kind, claim, publish }, event) {
    if (claim !== undefined)
      this.attempt(changeClaims(this.source, { claim }, (topics) => this.do('claim', { topics })));
    else if (publish !== undefined) this.attempt(this.do('publish', {}));
    else if (!this.dispatch(...(field === undefined ? ['known-for-step', { kind }] : ['known-for-field', { field }])))
      event.preventDefault();
  }
}
