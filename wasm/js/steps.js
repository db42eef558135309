/** `<known-for-steps>`: what to do next, nearest and kindest first. */
import { KnownForElement } from './element.js';
import { claims } from './topics.js';

export class KnownForSteps extends KnownForElement {
  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    drawing.steps(JSON.stringify(view), words, this.links, this.asked(view));
  }

  clicked({ field, kind, claim, publish }, event) {
    if (claim !== undefined) this.do('claim', { topics: [...claims(this.source.view), claim] });
    else if (publish !== undefined) this.do('publish', {});
    else if (!this.dispatch(...(field === undefined ? ['known-for-step', { kind }] : ['known-for-field', { field }]))) event.preventDefault();
  }
}
