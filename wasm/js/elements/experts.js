/** `<known-for-experts>`. */
import { KnownForElement } from './element.js';
import { Suggestions } from './suggestions.js';

/**
 * A search for colleagues who are known for a topic.
 *
 * @tag known-for-experts
 * @attr {string} person-href - the address of a member’s page, with `{member}`
 * @csspart search - the form
 * @csspart search-button - sends it
 * @csspart expert - a colleague
 */
export class KnownForExperts extends KnownForElement {
  static hasParts = true;

  static {
    this.reflect(['person-href']);
  }

  #suggestions = new Suggestions(() => this.redraw());
  #asked = '';
  #answer;

  shown() {
    return this.source?.canAsk('experts') ? this.source : undefined;
  }

  draw(drawing, source, words) {
    this.#suggestions.look(source);
    const [topics, asked, answer] = [this.#suggestions.topics, this.#asked, this.#answer];
    drawing.experts({ topics, asked, answered: answer !== undefined, answer }, words, this.links);
  }

  typed(text) {
    this.#suggestions.follow(this.source, text);
  }

  async submitted(form) {
    const topic = this.#suggestions.topic(new FormData(form).get('topic'));
    if (topic === undefined) return;
    this.#setAnswer(topic, undefined);
    await this.attempt(this.#ask(topic));
  }

  /** Resolves to false if there was no answer, which must not read as *nobody*. */
  async #ask(topic) {
    // An answer to an earlier question is not shown.
    const setAnswer = (asked, answer) => this.#asked === topic && this.#setAnswer(asked, answer);
    try {
      setAnswer(topic, await this.source.ask({ ask: 'experts', topic }));
      return true;
    } catch (error) {
      setAnswer('', undefined);
      this.source?.fail(error);
      return false;
    }
  }

  #setAnswer(topic, answer) {
    this.#asked = topic;
    this.#answer = answer;
    this.redraw();
  }
}
