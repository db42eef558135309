/** `<known-for-celebration>`: badges and levels that are new since the member's last visit, shown once. */
import { KnownForElement } from './element.js';
import { GRADES, rank } from '../source/grades.js';
import { keepSeen, seenBy } from './seen.js';
import { awayStyles, styles } from '../look/styles.js';

export class KnownForCelebration extends KnownForElement {
  #news = { badges: [], levels: [] };
  #view;

  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    if (this.#view !== view) {
      if (this.#view?.member !== view.member) this.#news = { badges: [], levels: [] };
      this.#view = view;
      this.#look(view);
    }
    const { badges, levels } = this.#news;
    this.shadowRoot.adoptedStyleSheets = badges.length + levels.length > 0 ? [styles()] : [styles(), awayStyles()];
    drawing.celebration(this.#news, words);
  }

  clicked({ close }) {
    if (close === undefined) return;
    this.#news = { badges: [], levels: [] };
    this.redraw();
  }

  /** Finds what is new. On the first visit everything is history, so nothing is. */
  #look(view) {
    const { level } = view.standing;
    const badges = view.badges.earned.map((badge) => [nameOf(badge, badge.face.grade), badge]);
    const levels = level?.number ? [[`level ${level.number}`, level]] : [];
    const seen = seenBy(view.member);
    if (seen) {
      const isNew = ([name]) => !seen.has(name);
      this.#news.badges.push(...badges.filter(isNew).map(([, badge]) => badge));
      this.#news.levels = [...this.#news.levels, ...levels.filter(isNew).map(([, now]) => now)].slice(-1);
    }
    const names = [...badges, ...levels].map(([name]) => name);
    // A badge that is lost stays seen and is no news when it returns. Neither is a grade below one that was seen.
    const lower = view.badges.earned.flatMap((badge) =>
      GRADES.slice(0, Math.max(rank(badge), 0)).map((grade) => nameOf(badge, grade)),
    );
    keepSeen(view.member, new Set([...(seen ?? []), ...names, ...lower]));
  }
}

function nameOf({ badge }, grade = '') {
  return `badge ${badge} ${grade}`;
}
