/** `<known-for-board>`. */
import { isOn } from '../host.js';
import { KnownForElement } from './element.js';

/**
 * The members who joined a board, near the viewer. A long board has pages, and the viewer's own row is on each.
 *
 * @tag known-for-board
 * @attr {boolean} hide-join - no button to join or leave
 * @fires known-for-join - the viewer wants to be on the board: `{ board }`
 * @fires known-for-leave - the viewer wants to leave it: `{ board }`
 * @csspart row - a member
 * @csspart own-row - the viewer
 * @csspart pages - which rows are seen, of a long board
 * @csspart page-button - leads to the rows before or after them
 * @csspart audience - who will see the viewer on it
 * @csspart join-button - joins or leaves
 */
export class KnownForBoard extends KnownForElement {
  static hasParts = true;

  static {
    this.reflect(['hide-join'], isOn);
  }

  /** The index of the first row that is seen, and the board in which that was chosen. */
  #from = 0;
  #turned;

  shown() {
    return this.source?.board;
  }

  get loads() {
    return 'board';
  }

  draw(drawing, board, words) {
    if (this.#turned !== board.board) [this.#turned, this.#from] = [board.board, 0];
    drawing.board(board, words, this.hideJoin, this.#from);
  }

  clicked({ from, join, leave }) {
    if (from !== undefined) {
      this.#from = Number(from);
      this.redraw();
      return;
    }
    this.attempt(this.do(join === undefined ? 'leave' : 'join', { board: join ?? leave }));
  }
}
