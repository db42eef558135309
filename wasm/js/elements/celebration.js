/** `<known-for-celebration>`. */
import { KnownForElement } from './element.js';
import { keepSeen, seenBy } from './seen.js';

/**
 * Badges and levels that are new since the member’s last visit, shown once.
 *
 * @tag known-for-celebration
 * @fires known-for-accept - the viewer wants others to see a badge: `{ badge }`
 * @cssstate news - something is new and shown, so that a page can put it in the place of something else
 * @csspart badge - a new badge
 * @csspart badge-face - its picture
 * @csspart accept-button - puts the badge on the profile
 * @csspart audience - who will see it there
 * @csspart close-button - closes it
 */
export class KnownForCelebration extends KnownForElement {
  static hasParts = true;

  /** What the member had seen before the news that is shown; undefined if there is none. */
  #seen;
  #view;
  /** The badge that the viewer has put on their profile last. */
  #accepted;

  #hasNews = false;

  /** Told to the page once there is news. */
  get states() {
    return this.#hasNews ? ['news'] : [];
  }

  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  get loads() {
    return undefined;
  }

  draw(drawing, view, words) {
    if (this.#view?.member !== view.member) this.#seen = undefined;
    if (this.#view !== view) {
      this.#view = view;
      const seen = seenBy(view.member);
      // What is shown stays until it is closed.
      this.#seen ??= seen;
      keepSeen(view.member, drawing.seen(view, seen));
    }
    this.#hasNews = drawing.celebration(view, this.#seen, words, this.#accepted);
    if (!this.#hasNews) this.#seen = undefined;
    this.show(this.#hasNews);
  }

  clicked({ accept, close }) {
    if (accept !== undefined) {
      this.#accepted = accept;
      this.attempt(this.do('accept', { badge: accept }));
    }
    if (close === undefined) return;
    this.#seen = undefined;
    this.redraw();
  }
}
