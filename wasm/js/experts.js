/** `<known-for-experts>`: who is known for something. */
import { KnownForElement } from './element.js';
import { Suggestions } from './suggestions.js';

export class KnownForExperts extends KnownForElement {
  #suggestions = new Suggestions(() => this.redraw());
  #asked = '';
  #answer;

  shown() {
    return this.source?.canAsk('experts') ? this.source : undefined;
  }

  draw(drawing, source, words) {
    this.#suggestions.look(source);
    const [topics, asked, answer] = [this.#suggestions.topics, this.#asked, this.#answer];
    drawing.experts({ topics, asked, isAnswered: answer !== undefined, answer }, words, this.links);
  }

  typed(text) {
    this.#suggestions.follow(this.source, text);
  }

  async submitted(form) {
    const topic = this.#suggestions.topic(new FormData(form).get('topic'));
    if (topic === undefined) return;
    this.#answered(topic, undefined);
    await this.attempt(this.#ask(topic));
  }

  /** False where no answer could be had: that is not to read as nobody. */
  async #ask(topic) {
    // An answer that a later question has overtaken is not shown.
    const told = (asked, answer) => this.#asked === topic && this.#answered(asked, answer);
    try {
      told(topic, await this.source.ask({ ask: 'experts', topic }));
      return true;
    } catch (error) {
      told('', undefined);
      this.source?.fail(error);
      return false;
    }
  }

  #answered(topic, answer) {
    this.#asked = topic;
    this.#answer = answer;
    this.redraw();
  }
}
