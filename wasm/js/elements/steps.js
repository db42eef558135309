/** `<known-for-steps>`. */
import { KnownForElement } from './element.js';
import { changeClaims, changeDeclined, declinedIn } from './stated-lists.js';

/**
 * One thing to do next, the nearest that the fewest see. Others come in its place when the member asks for something
 * else.
 *
 * @tag known-for-steps
 * @attr {string} edit-href - the address of a field’s editor, with `{field}`; without it, fields are buttons
 * @attr {string} do-href - where an activity of a kind is done, with `{kind}`; without it, such steps are plain text
 * @fires known-for-field - a field was chosen: `{ field }`. `preventDefault()` keeps its link from being followed
 * @fires known-for-step - the activity of a step was chosen: `{ kind }`. `preventDefault()` keeps its link from
 *   being followed
 * @fires known-for-claim - the viewer wants to be known for exactly these topics: `{ topics }`
 * @fires known-for-publish - the viewer wants to publish their profile: `{}`
 * @fires known-for-decline - exactly these steps are not for the viewer: `{ steps }`
 * @cssstate away - there is nothing to offer, and it takes no space
 * @csspart next-step - the step
 * @csspart step-name - what to do
 * @csspart step-button - its button or link
 * @csspart other-button - offers something else in its place
 * @csspart decline-button - says that the step is not for the viewer, or takes that back
 * @csspart audience - who will see the result
 */
export class KnownForSteps extends KnownForElement {
  static {
    this.reflect(['edit-href', 'do-href']);
  }

  /** How often the member has asked for something else. */
  #asked = 0;
  /** The steps declined last, as their button names them. */
  #declined;
  /** The topic claimed last. */
  #claimed;
  #isAway = false;

  /** Told to the page, so that what stands beside it can take its place. */
  get states() {
    return this.#isAway ? ['away'] : [];
  }

  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    const [first] = this.#declined?.split('\n') ?? [];
    const declined = declinedIn(view).includes(first) ? this.#declined : undefined;
    this.#isAway = !drawing.steps(view, words, this.links, this.#asked, declined, this.#claimed);
    this.show(!this.#isAway);
  }

  /** What takes a decline back: the step that comes in its place could be declined by a second press. */
  successor({ decline, claim }) {
    const isDone = decline !== undefined || claim !== undefined;
    return (isDone && this.shadowRoot.querySelector('[data-take-back], [data-unclaim]')) || super.successor();
  }

  clicked({ field, kind, claim, unclaim, publish, other, decline, takeBack }, event) {
    if (decline !== undefined || takeBack !== undefined) {
      [this.#declined, this.#claimed] = [decline];
      this.attempt(changeDeclined(this.source, { decline, takeBack }, (steps) => this.do('decline', { steps })));
    } else if (other !== undefined) {
      this.#asked += 1;
      this.redraw();
    } else if (claim !== undefined || unclaim !== undefined) {
      this.#claimed = claim;
      this.attempt(changeClaims(this.source, { claim, unclaim }, (topics) => this.do('claim', { topics })));
    } else if (publish !== undefined) this.attempt(this.do('publish', {}));
    else if (!this.dispatch(...(field === undefined ? ['known-for-step', { kind }] : ['known-for-field', { field }])))
      event.preventDefault();
  }
}
