/** `<known-for-profile>`: how complete the profile is, the kindest next step, what each field asks. */
import { KnownForElement } from './element.js';

export class KnownForProfile extends KnownForElement {
  draw(drawing, view, words) {
    drawing.profile(view, words, this.links);
  }

  clicked({ field }, event) {
    if (!this.dispatch('known-for-field', { field })) event.preventDefault();
  }
}
