/** `<known-for-profile>`. */
import { KnownForElement } from './element.js';

/**
 * How complete the profile is, the kindest next step, and what each field asks.
 *
 * @tag known-for-profile
 * @attr {string} edit-href - the address of a field’s editor, with `{field}`; without it, fields are buttons
 * @fires known-for-field - a field was chosen: `{ field }`. `preventDefault()` keeps its link from being followed
 * @csspart level - the level
 * @csspart audience - who will see an answer
 * @csspart ring - how complete the profile is
 * @csspart next-step - the next step
 * @csspart next-step-button - the link to it
 * @csspart open - the open questions
 * @csspart section - a section of them
 * @csspart field - a field
 * @csspart field-button - the link to its editor
 * @csspart done - the answers given
 */
export class KnownForProfile extends KnownForElement {
  static hasParts = true;

  static {
    this.reflect(['edit-href']);
  }

  draw(drawing, view, words) {
    drawing.profile(view, words, this.links);
  }

  clicked({ field }, event) {
    if (!this.dispatch('known-for-field', { field })) event.preventDefault();
  }
}
