/** Words: texts filled in, numbers, percentages and dates, as readers of one locale write them. */
import { texts as english } from './texts.js';

export class Words {
  #texts;
  #locale;
  #plural;
  #number;
  #percent;
  #date;

  /** @param {string} locale a BCP 47 tag @param {object[]} tables tables of texts, the first that has a key is used */
  constructor(locale, tables) {
    this.#locale = supported(locale);
    this.#texts = Object.assign({}, english, ...tables.filter(Boolean).reverse());
    this.#plural = new Intl.PluralRules(this.#locale);
    this.#number = new Intl.NumberFormat(this.#locale);
    this.#percent = new Intl.NumberFormat(this.#locale, { style: 'percent' });
    this.#date = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'medium' });
  }

  say(key, values) {
    const entry = this.#texts[key] ?? key;
    const text = typeof entry === 'string' ? entry : (entry[this.#plural.select(values.n ?? 0)] ?? entry.other ?? key);
    return text.replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values[name];
      return typeof value === 'number' ? this.number(value) : (value ?? hole);
    });
  }

  number(number) {
    return this.#number.format(number);
  }

  percent(percent) {
    return this.#percent.format(percent / 100);
  }

  date(at) {
    const time = new Date(at);
    return Number.isNaN(time.valueOf()) ? at : this.#date.format(time);
  }
}

/** The locale of an element: the nearest `lang`, through shadow roots, else the browser's. */
export function localeOf(element) {
  for (let at = element; at; at = at.getRootNode().host) {
    const lang = at.closest('[lang]')?.getAttribute('lang');
    if (lang) return lang;
  }
  return navigator.language || 'en';
}

/** A tag that `Intl` takes: a page may say `lang` in a way it does not. */
function supported(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
