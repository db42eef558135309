/** `<known-for-board>`: those who joined, near the viewer. */
import { KnownForElement } from './element.js';

export class KnownForBoard extends KnownForElement {
  shown() {
    return this.source?.boardView;
  }

  draw(drawing, board, words) {
    drawing.board(board, words, this.hasAttribute('hide-join'));
  }

  clicked({ join, leave }) {
    this.attempt(this.do(join === undefined ? 'leave' : 'join', { board: join ?? leave }));
  }
}
