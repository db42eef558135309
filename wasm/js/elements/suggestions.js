/** Suggestions: topics known here that match what somebody is writing. */

/** The pause after a key before topics are looked up: short enough to help, and one request for several keys. */
const PAUSE_MS = 120;

export class Suggestions {
  #changed;
  #timer;
  #origin;
  #beginning;
  #topics = [];

  /** @param {() => void} changed called when other topics are to be suggested */
  constructor(changed) {
    this.#changed = changed;
  }

  /** The topics to suggest now. */
  get topics() {
    return this.#topics;
  }

  /** Looks up topics that begin with a text. A source that cannot be asked suggests the topics of its view. */
  async look(source, beginning = this.#beginning ?? '') {
    const origin = source.canAsk('topics') ? source : source.view;
    if (this.#origin === origin && this.#beginning === beginning) return;
    [this.#origin, this.#beginning] = [origin, beginning];
    let topics = source.view?.topics ?? [];
    if (origin === source) {
      try {
        topics = (await source.ask({ ask: 'topics', beginning })) ?? [];
      } catch (error) {
        topics = [];
        source.fail(error);
      }
    }
    if (this.#origin !== origin || this.#beginning !== beginning) return;
    this.#topics = topics;
    this.#changed();
  }

  /** Looks up topics for what somebody has written so far, after a pause. */
  follow(source, written) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(source, written.trim()), PAUSE_MS);
  }

  /**
   * The topic that a text means: a suggested one with that id or name, else the text itself; undefined if it is
   * empty.
   */
  topic(written) {
    const text = written.trim();
    const isSame = (name) => name.toLowerCase() === text.toLowerCase();
    return this.#topics.find(({ topic, name }) => isSame(topic) || isSame(name))?.topic ?? (text || undefined);
  }
}
