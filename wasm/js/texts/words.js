/** Words: fills in texts, and writes numbers, percentages and dates as one locale does. */
import { texts as english } from './en.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** A letter or a mark that is written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The formatters of `Intl`: creating one takes much longer than using it, so all elements share them. */
const formatters = new Map();

function formatter(kind, locale, options) {
  const key = JSON.stringify([kind, locale, options]);
  if (!formatters.has(key)) formatters.set(key, new Intl[kind](locale, options));
  return formatters.get(key);
}

export class Words {
  #texts;
  #locale;

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
      const value = name === 'count' ? this.#inWords(values.n) : values[name];
      return typeof value === 'number' ? this.number(value) : value === undefined ? hole : isolated(value, isMixed);
    });
  }

  /** The plural form of an entry, by the rules of the language that the entry is written in. */
  #form(entry, locale, n) {
    if (typeof entry !== 'object') return entry;
    return entry[formatter('PluralRules', locale).select(n)] ?? entry.other;
  }

  /** A number up to ten in words. */
  #inWords(number) {
    return this.say('numbers', {}).split(' ')[number - 1] ?? number;
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
    const options = { dateStyle: 'medium', ...(DATE.test(at) && { timeZone: 'UTC' }) };
    return this.#format('DateTimeFormat', options).format(time).replaceAll(' ', '\u00a0');
  }

  #format(kind, options) {
    return formatter(kind, this.#locale, options);
  }
}

/**
 * A value between the characters that isolate it, so that a name from left to right keeps its place in a text from
 * right to left, and the other way round. Where everything runs from left to right, it stays as it is.
 */
function isolated(value, isMixed) {
  return isMixed || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
