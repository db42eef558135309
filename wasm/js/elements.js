/** The elements' classes, without side effects: `define.js` gives them their names. */
import { KnownForElement } from './element.js';

export { KnownForSource } from './source.js';
export { texts } from './texts.js';

/** `<known-for-standing>`: points, this month beside the last, the way to the next level. */
export class KnownForStanding extends KnownForElement {
  draw(drawing, view, words) {
    drawing.standing(view, words);
  }
}

/** `<known-for-profile>`: how complete the profile is, the kindest next step, what each field asks. */
export class KnownForProfile extends KnownForElement {
  draw(drawing, view, words) {
    const template = this.getAttribute('edit-href');
    drawing.profile(view, words, template ? (field) => this.#address(template, field) : undefined);
  }

  clicked(target, event) {
    if (!this.dispatch('known-for-field', { field: target.dataset.field })) event.preventDefault();
  }

  /** The address of a field's editor; nothing where it is none that a link may lead to. */
  #address(template, field) {
    const href = template.replaceAll('{field}', encodeURIComponent(field));
    const address = URL.canParse(href, this.baseURI) ? new URL(href, this.baseURI) : undefined;
    return /^https?:$/.test(address?.protocol) ? href : undefined;
  }
}

/** `<known-for-badges>`: badges earned, with why, and badges on the way. */
export class KnownForBadges extends KnownForElement {
  #reasons = {};
  #asked = new Set();
  #of;

  draw(drawing, view, words) {
    const opened = this.#asked;
    if (this.#of !== view) {
      // A new view may have new reasons; those that are being read stay until theirs has come.
      this.#of = view;
      this.#asked = new Set();
      for (const badge of opened) this.#ask(badge);
    }
    drawing.badges(view, words, this.source.explains ? JSON.stringify(this.#reasons) : undefined);
    this.shadowRoot.addEventListener('toggle', this.#toggled, true);
  }

  #toggled = ({ target }) => {
    if (target.open && target.dataset.why) this.#ask(target.dataset.why);
  };

  async #ask(badge) {
    if (this.#asked.has(badge)) return;
    this.#asked.add(badge);
    const of = this.#of;
    try {
      const reason = (await this.source?.why(badge)) ?? null;
      if (of !== this.#of) return;
      this.#reasons[badge] = reason;
    } catch (error) {
      this.#reasons[badge] = null;
      this.#asked.delete(badge);
      this.source?.fail(error);
    }
    this.redraw();
  }
}

/** `<known-for-board>`: those who joined, near the viewer. */
export class KnownForBoard extends KnownForElement {
  shown() {
    return this.source?.boardView;
  }

  draw(drawing, board, words) {
    drawing.board(board, words, this.hasAttribute('hide-join'));
  }

  clicked(target) {
    const { join, leave } = target.dataset;
    this.dispatch(join === undefined ? 'known-for-leave' : 'known-for-join', { board: join ?? leave });
  }
}
