/** Words: texts filled in, numbers, percentages and dates, as readers of one locale write them. */
import { texts as english } from './texts.js';

const DATE = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

export class Words {
  #texts;
  #locale;
  #plural;
  #number;
  #percent;
  #signed;
  #date;

  /** @param {string} locale a BCP 47 tag @param {object[]} tables tables of texts, the first that has a key is used */
  constructor(locale, tables) {
    this.#locale = supported(locale);
    this.#texts = Object.assign({}, english, ...tables.filter(Boolean).reverse());
    this.#plural = new Intl.PluralRules(this.#locale);
    this.#number = new Intl.NumberFormat(this.#locale);
    this.#percent = new Intl.NumberFormat(this.#locale, { style: 'percent' });
    this.#signed = new Intl.NumberFormat(this.#locale, { signDisplay: 'exceptZero' });
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

  signed(number) {
    return this.#signed.format(number);
  }

  list(texts) {
    return new Intl.ListFormat(this.#locale).format(texts);
  }

  /** The day of a time as it is here; a date by itself is the same everywhere. */
  date(at) {
    const time = new Date(at);
    if (Number.isNaN(time.valueOf())) return at;
    return DATE.test(at) ? this.#ofDate(at, { dateStyle: 'medium' }) : this.#date.format(time);
  }

  day(date) {
    return this.#ofDate(date, { day: 'numeric' });
  }

  /** How many days of the reader's week come before a date's weekday. */
  weekday(date) {
    return (new Date(date).getUTCDay() + 7 - this.#weekStart()) % 7;
  }

  weekdayName(weekday, short) {
    // The fourth of January 1970 was a Sunday.
    const sunday = 3;
    const day = new Date((sunday + this.#weekStart() + weekday) * DAY_MS).toISOString();
    return this.#ofDate(day, { weekday: short ? 'narrow' : 'long' });
  }

  #ofDate(date, options) {
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: 'UTC' }).format(new Date(date));
  }

  /** The day that the reader's weeks begin with, from Sunday as 0; Monday where the browser does not know. */
  #weekStart() {
    const locale = new Intl.Locale(this.#locale);
    return (locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1) % 7;
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
