/** `<known-for-challenge>`. */
import { KnownForElement } from './element.js';
import { changeDeclined } from './stated-lists.js';

/**
 * A challenge in one line: its days, how much is done, and what is next. Behind it are all its steps.
 *
 * @tag known-for-challenge
 * @attr {string} challenge - its id; by default the one joined, else the next
 * @fires known-for-join - the viewer wants to be in the challenge: `{ challenge }`
 * @fires known-for-leave - the viewer wants to leave it: `{ challenge }`
 * @fires known-for-decline - exactly these steps are not for the viewer: `{ steps }`
 * @csspart days - its days, a stroke for each
 * @csspart whole - all that is behind the line
 * @csspart task - a step
 * @csspart together - what all participants reach together
 * @csspart change - how much has changed since the beginning
 * @csspart join-button - joins or leaves
 * @csspart decline-button - says that a step is not for the viewer, or takes that back
 * @csspart audience - who will see a result of that
 */
export class KnownForChallenge extends KnownForElement {
  static hasParts = true;

  static {
    this.reflect(['challenge']);
  }

  #asked;
  #cohort;
  #view;

  shown() {
    const view = this.source?.view;
    return view?.own && this.#chosen(view) ? view : undefined;
  }

  /** What the participants reach together belongs to no member's view, so it is a question of its own. */
  completed(view) {
    if (this.#view !== view) {
      this.#view = view;
      this.#asked = this.#askCohort(view, this.#chosen(view).challenge);
    }
    return this.#asked;
  }

  draw(drawing, view, words) {
    this.completed(view);
    const { challenge } = this.#chosen(view);
    const cohort = this.#cohort?.challenge === challenge ? this.#cohort : undefined;
    drawing.challenge(view, words, challenge, cohort);
  }

  clicked({ join, leave, decline, takeBack }) {
    const challenge = join ?? leave;
    this.attempt(
      challenge === undefined
        ? changeDeclined(this.source, { decline, takeBack }, (steps) => this.do('decline', { steps }))
        : this.do(join === undefined ? 'leave' : 'join', { challenge }),
    );
  }

  /** The challenge that the attribute names, else the one the member has joined, else the next one, else the first. */
  #chosen({ challenges = [] }) {
    const named = this.getAttribute('challenge');
    if (named !== null) return challenges.find(({ challenge }) => challenge === named);
    const open = challenges.filter(({ phase }) => phase !== 'over');
    return open.find(({ joined }) => joined) ?? open[0] ?? challenges[0];
  }

  async #askCohort(view, challenge) {
    if (!this.source.canAsk('cohort')) return;
    try {
      const cohort = await this.source.ask({ ask: 'cohort', challenge });
      if (this.#view !== view) return;
      this.#cohort = cohort ?? undefined;
      this.redraw();
    } catch (error) {
      this.source?.fail(error);
    }
  }
}
