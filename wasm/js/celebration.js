/** `<known-for-celebration>`: what has come since the member last looked, said once. */
import { KnownForElement } from './element.js';
import { GRADES, rank } from './grades.js';
import { recalled, remember } from './memory.js';
import { awayStyles, styles } from './styles.js';

export class KnownForCelebration extends KnownForElement {
  #news = { badges: [], levels: [] };
  #of;

  shown() {
    return this.source?.view?.own ? this.source.view : undefined;
  }

  draw(drawing, view, words) {
    if (this.#of !== view) {
      if (this.#of?.member !== view.member) this.#news = { badges: [], levels: [] };
      this.#of = view;
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

  /** Finds what is new. On the first visit all of it is history, and nothing is said. */
  #look(view) {
    const { level } = view.standing;
    const badges = view.badges.earned.map((badge) => [nameOf(badge, badge.face.grade), badge]);
    const levels = level?.number ? [[`level ${level.number}`, level]] : [];
    const told = recalled(view.member);
    if (told) {
      const isNew = ([name]) => !told.has(name);
      this.#news.badges.push(...badges.filter(isNew).map(([, badge]) => badge));
      this.#news.levels = [...this.#news.levels, ...levels.filter(isNew).map(([, now]) => now)].slice(-1);
    }
    const names = [...badges, ...levels].map(([name]) => name);
    // What is gone stays told: should it come again, it is no news. Nor is a grade below one that was told.
    const lower = view.badges.earned.flatMap((badge) => GRADES.slice(0, Math.max(rank(badge), 0)).map((grade) => nameOf(badge, grade)));
    remember(view.member, new Set([...(told ?? []), ...names, ...lower]));
  }
}

function nameOf({ badge }, grade = '') {
  return `badge ${badge} ${grade}`;
}
