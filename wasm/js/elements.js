/** The elements' classes, without side effects: `define.js` gives them their names. */
import { KnownForElement } from './element.js';

export { KnownForCelebration } from './celebration.js';
export { KnownForChallenge } from './challenge.js';
export { KnownForExperts } from './experts.js';
export { KnownForKudos } from './kudos.js';
export { KnownForSource } from './source.js';
export { KnownForSteps } from './steps.js';
export { KnownForTopics } from './topics.js';
export { texts } from './texts.js';

/** `<known-for-standing>`: points and where they come from, this month beside the last, the way to the next level. */
export class KnownForStanding extends KnownForElement {
  draw(drawing, view, words) {
    drawing.standing(view, words, this.asked(view));
  }
}

/** `<known-for-profile>`: how complete the profile is, the kindest next step, what each field asks. */
export class KnownForProfile extends KnownForElement {
  draw(drawing, view, words) {
    drawing.profile(view, words, this.links);
  }

  clicked({ field }, event) {
    if (!this.dispatch('known-for-field', { field })) event.preventDefault();
  }
}

/** `<known-for-badges>`: badges earned, with why, and badges on the way, with why not yet. */
export class KnownForBadges extends KnownForElement {
  draw(drawing, view, words) {
    drawing.badges(view, words, this.asked(view));
  }
}

/** `<known-for-gains>`: what a member has from taking part. */
export class KnownForGains extends KnownForElement {
  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    drawing.gains(view, words);
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

  clicked({ join, leave }) {
    this.attempt(this.do(join === undefined ? 'leave' : 'join', { board: join ?? leave }));
  }
}
