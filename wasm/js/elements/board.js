/** `<known-for-board>`. */
import { isOn } from '../host.js';
import { KnownForElement } from './element.js';

/**
 * The members who joined a board, near the viewer.
 *
 * @tag known-for-board
 * @attr {boolean} hide-join - no button to join or leave
 * @fires known-for-join - the viewer wants to be on the board: `{ board }`
 * @fires known-for-leave - the viewer wants to leave it: `{ board }`
 * @csspart row - a member
 * @csspart own-row - the viewer
 * @csspart join-button - joins or leaves
 */
export class KnownForBoard extends KnownForElement {
  static {
    this.reflect(['hide-join'], isOn);
  }

  shown() {
    return this.source?.board;
  }

  get loads() {
    return 'board';
  }

  draw(drawing, board, words) {
    drawing.board(board, words, this.hideJoin);
  }

  clicked({ join, leave }) {
    this.attempt(this.do(join === undefined ? 'leave' : 'join', { board: join ?? leave }));
  }
}
