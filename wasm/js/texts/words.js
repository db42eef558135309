/** Words: fills in texts, and writes numbers, percentages and dates as one locale does. */
import { texts as english } from './en.js';

const DATE = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

/** A letter or a mark that is written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export class Words {
  #texts;
  #locale;
  #formats = new Map();
  #firstDay;

  /**
   * @param {string} locale a BCP 47 tag that `Intl` accepts
   * @param {object[]} tables tables of texts in that language; the first table with a key provides its text, and
   *   English if none has it
   */
  constructor(locale, tables) {
    this.#locale = locale;
    this.#texts = Object.assign({}, ...tables.filter(Boolean).reverse());
  }

  say(key, values) {
    const own = this.#texts[key];
    const text = this.#form(own ?? english[key], own === undefined ? 'en' : this.#locale, values.n ?? 0) ?? key;
    const isMixed = RIGHT_TO_LEFT.test(text);
    return text.replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values[name];
      return typeof value === 'number' ? this.number(value) : value === undefined ? hole : isolated(value, isMixed);
    });
  }

  /** The plural form of an entry, by the rules of the language that the entry is written in. */
  #form(entry, locale, n) {
    if (typeof entry !== 'object') return entry;
    return entry[this.#format('PluralRules', undefined, locale).select(n)] ?? entry.other;
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
    const list = (items) => this.#format('ListFormat').format(items);
    return RIGHT_TO_LEFT.test(list(texts)) ? list(texts.map((text) => isolated(text, true))) : list(texts);
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
  #format(kind, options, locale = this.#locale) {
    const key = JSON.stringify([kind, options, locale]);
    if (!this.#formats.has(key)) this.#formats.set(key, new Intl[kind](locale, options));
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

/**
 * A value between the characters that isolate it, so that a name from left to right keeps its place in a text from
 * right to left, and the other way round. Where everything runs from left to right, it stays as it is.
 */
function isolated(value, isMixed) {
  return isMixed || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
