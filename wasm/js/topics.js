/** `<known-for-topics>`: what a member is known for, and saying so. */
import { KnownForElement } from './element.js';
import { Suggestions } from './suggestions.js';

export class KnownForTopics extends KnownForElement {
  #suggestions = new Suggestions(() => this.redraw());

  draw(drawing, view, words) {
    if (view.own) this.#suggestions.look(this.source);
    drawing.topics(JSON.stringify(view), words, JSON.stringify(this.#suggestions.topics));
  }

  clicked({ claim, unclaim }) {
    const said = claims(this.source.view);
    this.do('claim', { topics: claim === undefined ? said.filter((topic) => topic !== unclaim) : [...said, claim] });
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

  submitted(form) {
    const topic = this.#suggestions.topic(new FormData(form).get('topic'));
    const said = claims(this.source.view);
    form.reset();
    if (topic !== undefined && !said.includes(topic)) this.do('claim', { topics: [...said, topic] });
  }
}

/** The topics a member says they want to be known for. */
export function claims({ topics = [] }) {
  return topics.filter(({ claimed }) => claimed).map(({ topic }) => topic);
}
