/** `<known-for-topics>`. */
import { isOn } from '../host.js';
import { KnownForElement } from './element.js';
import { changeClaims } from './stated-lists.js';
import { Suggestions } from './suggestions.js';

/**
 * What a member is known for. Members claim topics and take them back here.
 *
 * @tag known-for-topics
 * @attr {boolean} lead - one sentence in large type: the topic that most speaks for, or the question that begins it
 * @fires known-for-claim - the viewer wants to be known for exactly these topics: `{ topics }`
 * @csspart topic - a topic
 * @csspart topic-name - its name
 * @csspart topic-button - claims it or takes it back
 * @csspart topic-input - where another one is written
 * @csspart thread - its strands: one that the member claims it, one that something shows it, one for each colleague
 * @csspart evidence - who says so, and what shows it
 * @csspart portrait - the face of a colleague who says so
 * @csspart audience - who will see it
 */
export class KnownForTopics extends KnownForElement {
  static {
    this.reflect(['lead'], isOn);
  }

  #suggestions = new Suggestions(() => this.redraw());

  draw(drawing, view, words) {
    if (view.own) this.#suggestions.look(this.source);
    drawing.topics(view, words, this.#suggestions.topics, this.lead);
  }

  clicked({ claim, unclaim }) {
    this.#change({ claim, unclaim });
  }

  /** The same topic's button: a topic moves when it is claimed or taken back. */
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
    // A topic that could not be sent returns to the field, unless something else has been written in the meantime.
    if (claim !== undefined && !(await this.#change({ claim }))) field.value ||= written;
  }

  #change(change) {
    return this.attempt(changeClaims(this.source, change, (topics) => this.do('claim', { topics })));
  }
}
