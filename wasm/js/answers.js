/** Answers: what was asked on demand, and asked anew once another view is shown. */

const QUESTIONS = ['why', 'why-not', 'entries'];

export class Answers {
  #changed;
  #asked = new Map();
  #answers = new Map();
  #of;

  /** @param {() => void} changed called when an answer has come */
  constructor(changed) {
    this.#changed = changed;
  }

  /** What can be asked here, and what was answered so far, as the drawing takes it. */
  told(source, view) {
    if (this.#of !== view) {
      // A new view may have new answers; those that are being read stay until theirs have come.
      this.#of = view;
      const questions = [...this.#asked.values()];
      this.#asked.clear();
      for (const question of questions) this.ask(source, question);
    }
    const answers = [...this.#answers.values()];
    const to = (name) => answers.filter(({ ask }) => ask === name);
    return { can: QUESTIONS.filter((name) => source.canAsk(name)), ...Object.fromEntries(QUESTIONS.map((name) => [name, to(name)])) };
  }

  /** Asks a source, once for each view. */
  async ask(source, question) {
    const key = JSON.stringify(question);
    if (this.#asked.has(key)) return;
    this.#asked.set(key, question);
    const of = this.#of;
    let answer = null;
    try {
      answer = (await source.ask(question)) ?? null;
    } catch (error) {
      this.#asked.delete(key);
      source.fail(error);
    }
    if (of !== this.#of) return;
    const { ask, ...about } = question;
    this.#answers.set(key, { ask, about, answer });
    this.#changed();
  }
}
