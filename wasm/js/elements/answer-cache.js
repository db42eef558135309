/**
 * Answer cache: the answers to questions that a viewer asked, such as *why?*. Each is asked again when another view
 * is shown.
 */

const QUESTIONS = ['why', 'why-not', 'entries'];

export class AnswerCache {
  #changed;
  #asked = new Map();
  #answers = new Map();
  #view;

  /** @param {() => void} changed called when an answer has arrived */
  constructor(changed) {
    this.#changed = changed;
  }

  /** What can be asked about this view and what has been answered so far, as the drawing takes it. */
  forDrawing(source, view) {
    if (this.#view !== view) {
      // Earlier answers stay until the new ones arrive.
      this.#view = view;
      const questions = [...this.#asked.values()];
      this.#asked.clear();
      for (const question of questions) this.ask(source, question);
    }
    const answers = [...this.#answers.values()];
    const to = (name) => answers.filter(({ ask }) => ask === name);
    return {
      can: QUESTIONS.filter((name) => source.canAsk(name)),
      ...Object.fromEntries(QUESTIONS.map((name) => [name, to(name)])),
    };
  }

  /** Asks a source, at most once for each view. */
  async ask(source, question) {
    const key = JSON.stringify(question);
    if (this.#asked.has(key)) return;
    this.#asked.set(key, question);
    const view = this.#view;
    let answer = null;
    try {
      answer = (await source.ask(question)) ?? null;
    } catch (error) {
      this.#asked.delete(key);
      source.fail(error);
    }
    if (view !== this.#view) return;
    const { ask, ...about } = question;
    this.#answers.set(key, { ask, about, answer });
    this.#changed();
  }
}
