/** `<known-for-topics>`: what a member is known for, and saying so. */
import { changeClaims } from './claims.js';
import { KnownForElement } from './element.js';
import { Suggestions } from './suggestions.js';

export class KnownForTopics extends KnownForElement {
  #suggestions = new Suggestions(() => this.redraw());

  draw(drawing, view, words) {
    if (view.own) this.#suggestions.look(this.source);
    drawing.topics(view, words, this.#suggestions.topics);
  }

  clicked({ claim, unclaim }) {
    this.#change({ claim, unclaim });
  }

  /** A topic that is claimed, or no longer, stands elsewhere. */
  successor({ claim, unclaim }) {
    const buttons = [...this.shadowRoot.querySelectorAll('[data-claim], [data-unclaim]')];
    const same = ({ dataset }) => (dataset.claim ?? dataset.unclaim) === (claim ?? unclaim);
    return buttons.find(same) ?? super.successor();
  }

  typed(text) {
    this.#suggestions.follow(this.source, text);
  }

  async submitted(form) {
    const field = form.elements.topic;
    const written = field.value;
    const claim = this.#suggestions.topic(written);
    form.reset();
    // What could not be said is there to be sent again, unless something else is being written by now.
    if (claim !== undefined && !(await this.#change({ claim }))) field.value ||= written;
  }

  #change(change) {
    return this.attempt(changeClaims(this.source, change, (topics) => this.do('claim', { topics })));
  }
}
