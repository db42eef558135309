/** Suggestions: the topics that are known here, as somebody begins to write one. */

/** So long after the last key they are looked for: fast enough to help, and not for every letter. */
const PAUSE_MS = 120;

export class Suggestions {
  #changed;
  #pause;
  #source;
  #beginning;
  #topics = [];

  /** @param {() => void} changed called when other topics are to be suggested */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Those to suggest now. */
  get topics() {
    return this.#topics;
  }

  /** Looks for those of a source that begin like this; of a source that cannot be asked, those of the view. */
  async look(source, beginning = this.#beginning ?? '') {
    const from = source.canAsk('topics') ? source : source.view;
    if (this.#source === from && this.#beginning === beginning) return;
    [this.#source, this.#beginning] = [from, beginning];
    let topics = from?.topics ?? [];
    if (from === source) {
      try {
        topics = (await source.ask({ ask: 'topics', beginning }))?.topics ?? [];
      } catch (error) {
        topics = [];
        source.fail(error);
      }
    }
    if (this.#source !== from || this.#beginning !== beginning) return;
    this.#topics = topics;
    this.#changed();
  }

  /** Looks for those that begin as somebody has written by now. */
  follow(source, written) {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.look(source, written.trim()), PAUSE_MS);
  }

  /** The topic that somebody wrote: one that is known by this name, else as it was written; nothing where that is empty. */
  topic(written) {
    const text = written.trim();
    const same = (name) => name.toLowerCase() === text.toLowerCase();
    return this.#topics.find(({ topic, name }) => same(topic) || same(name))?.topic ?? (text || undefined);
  }
}
