/** Words: fills in texts, and writes numbers, percentages and dates as one locale does. */
import { texts as english } from './texts.js';

const DATE = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

export class Words {
  #texts;
  #locale;
  #formats = new Map();
  #firstDay;

  /**
   * @param {string} locale a BCP 47 tag
   * @param {object[]} tables tables of texts; the first table with a key provides its text
   */
  constructor(locale, tables) {
    this.#locale = supported(locale);
    this.#texts = Object.assign({}, english, ...tables.filter(Boolean).reverse());
  }

  say(key, values) {
    const entry = this.#texts[key] ?? key;
    const text =
      typeof entry === 'string'
        ? entry
        : (entry[this.#format('PluralRules').select(values.n ?? 0)] ?? entry.other ?? key);
    return text.replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values[name];
      return typeof value === 'number' ? this.number(value) : (value ?? hole);
    });
  }

  number(number) {
    return this.#format('NumberFormat').format(number);
  }

  percent(percent) {
    return this.#format('NumberFormat', { style: 'percent' }).format(percent / 100);
  }

  signed(number) {
    return this.#format('NumberFormat', { signDisplay: 'exceptZero' }).format(number);
  }

  list(texts) {
    return this.#format('ListFormat').format(texts);
  }

  /**
   * The day of a time in the reader's time zone, or a date, which no time zone changes. Without spaces at which lines
   * may break.
   */
  date(at) {
    const time = new Date(at);
    if (Number.isNaN(time.valueOf())) return at;
    const medium = { dateStyle: 'medium' };
    const date = DATE.test(at) ? this.#ofDate(at, medium) : this.#format('DateTimeFormat', medium).format(time);
    return date.replaceAll(' ', '\u00a0');
  }

  day(date) {
    return this.#ofDate(date, { day: 'numeric' });
  }

  /** The number of days before a date's weekday in the reader's week. */
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
    return this.#format('DateTimeFormat', { ...options, timeZone: 'UTC' }).format(new Date(date));
  }

  /** A formatter of `Intl`. Creating one takes longer than using it, so each is created once. */
  #format(kind, options) {
    const key = JSON.stringify([kind, options]);
    if (!this.#formats.has(key)) this.#formats.set(key, new Intl[kind](this.#locale, options));
    return this.#formats.get(key);
  }

  /** The first day of the reader's week, counted from Sunday as 0; Monday if the browser does not know. */
  #weekStart() {
    if (this.#firstDay === undefined) {
      const locale = new Intl.Locale(this.#locale);
      this.#firstDay = (locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1) % 7;
    }
    return this.#firstDay;
  }
}

/** The locale of an element: the nearest `lang`, across shadow roots, else the browser's. */
export function localeOf(element) {
  for (let at = element; at; at = at.getRootNode().host) {
    const lang = at.closest('[lang]')?.getAttribute('lang');
    if (lang) return lang;
  }
  return navigator.language || 'en';
}

/** A tag that `Intl` accepts. A page's `lang` may be one that it rejects. */
function supported(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
