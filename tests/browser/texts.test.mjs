/** The texts of every language, without a browser: nothing is missing, nothing is left over, plurals are complete. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { addLanguage, textsOf } from '../../wasm/js/texts/languages.js';
import { Words } from '../../wasm/js/texts/words.js';

const WASM = new URL('../../wasm/', import.meta.url);
const FOLDER = new URL('js/texts/', WASM);
const NO_LANGUAGES = ['languages.js', 'words.js'];
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js') && !NO_LANGUAGES.includes(name));
const languages = Object.fromEntries(
  await Promise.all(
    files.map(async (name) => [name.replace('.js', ''), (await import(new URL(name, FOLDER))).texts]),
  ),
);
const { en: english, ...translations } = languages;

/** Words that are the same in English and another language. */
const ALIKE = ['Badges', 'Bronze', 'Gold', 'Name', 'Place', 'bronze'];

const forms = (text) => (typeof text === 'string' ? [text] : Object.values(text));
const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const allHoles = (text) => [...new Set(forms(text).flatMap(holes))].sort();

/** The numbers that a text is asked for. One that has no singular in English counts what is more than a few. */
const numbers = (key) => {
  const least = typeof english[key] === 'object' && !english[key].one ? 6 : 0;
  return [...Array.from({ length: 1000 - least }, (_, index) => index + least), 1_000_000, 2_000_000];
};

/** By plural category of a language: the numbers of a text that have it. */
function categories(locale, key) {
  const rules = new Intl.PluralRules(locale);
  const groups = {};
  for (const n of numbers(key)) (groups[rules.select(n)] ??= []).push(n);
  return groups;
}

describe('the languages', () => {
  it('are ten, and each can be loaded by its tag', async () => {
    assert.equal(Object.keys(languages).length, 10);
    for (const [tag, texts] of Object.entries(languages)) assert.equal(await textsOf(tag), texts, tag);
  });

  it('have every key, and no other', () => {
    for (const [tag, texts] of Object.entries(translations))
      assert.deepEqual(Object.keys(texts), Object.keys(english), tag);
  });

  it('have the keys that the types declare', () => {
    const declared = readFileSync(new URL('en.d.ts', FOLDER), 'utf8').matchAll(/^ {2}\| '([\w-]+)'/gm);
    assert.deepEqual(Array.from(declared, ([, key]) => key), Object.keys(english));
  });

  it('have no text that nothing shows', () => {
    const sources = readdirSync(WASM, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(rs|js)$/.test(entry.name))
      .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
      .filter((path) => !/\/(texts|pkg|node_modules)\//.test(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('');
    // `state-…` and `grade-…` end with what a view says, and an element's own heading is its title's key with `-own`.
    const made = /^(state|grade)-|-own$/;
    const unused = Object.keys(english).filter((key) => !made.test(key) && !new RegExp(`["']${key}["']`).test(sources));
    assert.deepEqual(unused, []);
  });

  it('have exactly the plural forms that numbers ask for', () => {
    for (const [tag, texts] of Object.entries(languages)) {
      for (const [key, text] of Object.entries(texts)) {
        assert.equal(typeof text, typeof english[key], `${tag}: ${key}`);
        if (typeof text === 'string') continue;
        const asked = new Set([...Object.keys(categories(tag, key)), 'other']);
        assert.deepEqual(Object.keys(text).sort(), [...asked].sort(), `${tag}: ${key}`);
      }
    }
  });

  it('fill in what English fills in, and the number wherever a form stands for several', () => {
    for (const [tag, texts] of Object.entries(languages)) {
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(allHoles(text), allHoles(english[key]), `${tag}: ${key}`);
        if (typeof text === 'string') continue;
        const ofNumbers = categories(tag, key);
        const whole = allHoles(text);
        for (const [form, sentence] of Object.entries(text)) {
          // A form for one number alone may say it in words; English itself leaves it out of `why-rests`.
          const isOfOne = ofNumbers[form]?.length === 1 || !holes(english[key].one ?? '{n}').includes('n');
          // `count` is the number, in words.
          const isNumber = (name) => name === 'n' || name === 'count';
          const expected = isOfOne && !holes(sentence).some(isNumber) ? whole.filter((name) => !isNumber(name)) : whole;
          assert.deepEqual(holes(sentence), expected, `${tag}: ${key}, ${form}`);
        }
      }
    }
  });

  it('have no English left in them, and nothing empty', () => {
    for (const [tag, texts] of Object.entries(translations)) {
      for (const [key, text] of Object.entries(texts)) {
        for (const form of forms(text)) {
          assert.equal(form, form.trim(), `${tag}: ${key}`);
          assert.notEqual(form, '', `${tag}: ${key}`);
          const words = form.replace(/\{\w+\}/g, '').match(/\p{L}{3,}/gu);
          const isEnglish = words && !ALIKE.includes(form) && forms(english[key]).includes(form);
          assert.ok(!isEnglish, `${tag}: ${key} is still English: ${form}`);
        }
      }
    }
  });

  it('are written with one kind of apostrophe and dash, and end as English does', () => {
    for (const [tag, texts] of Object.entries(languages)) {
      for (const [key, text] of Object.entries(texts)) {
        for (const form of forms(text)) {
          assert.doesNotMatch(form, /['"`]|\.\.\.| {2}/, `${tag}: ${key}`);
          const [ends] = forms(english[key]).map((sentence) => /[.]$/.test(sentence));
          assert.equal(/[.。]$/.test(form), ends, `${tag}: ${key}: ${form}`);
        }
      }
    }
  });

  it('from right to left have a letter or mark of their own in each text', () => {
    for (const [key, text] of Object.entries(languages.ar))
      for (const form of forms(text))
        assert.match(form.replace(/\{\w+\}/g, ''), /[\u0621-\u064a\u200f]/, `ar: ${key}`);
  });
});

describe('words', () => {
  const words = (locale, ...tables) => new Words(locale, [...tables, languages[locale.split('-')[0]]]);

  it('choose the plural form of the language', () => {
    const said = (locale, numbers) =>
      numbers.map((n) => words(locale).say('level-to-go', { n, level: 'X' }).replace(/[\u2068\u2069]/g, ''));
    assert.deepEqual(said('pl', [1, 3, 5, 22]), [
      'Jeszcze 1 punkt do poziomu X',
      'Jeszcze 3 punkty do poziomu X',
      'Jeszcze 5 punktów do poziomu X',
      'Jeszcze 22 punkty do poziomu X',
    ]);
    assert.deepEqual(said('ar', [0, 1, 2, 3, 11, 100]), [
      'لم تبقَ نقاط للوصول إلى X',
      'بقيت نقطة واحدة للوصول إلى X',
      'بقيت نقطتان للوصول إلى X',
      'بقيت 3 نقاط للوصول إلى X',
      'بقيت 11 نقطة للوصول إلى X',
      'بقيت 100 نقطة للوصول إلى X',
    ]);
    assert.match(said('fr', [1_000_000])[0], /de points/);
    assert.deepEqual(said('ja', [1, 7]), ['Xまであと1ポイント', 'Xまであと7ポイント']);
  });

  it('isolate a name where two directions meet, and nowhere else', () => {
    assert.equal(words('en').say('kudos', { name: 'Jonas' }), 'Thank Jonas');
    assert.equal(words('en').say('kudos', { name: 'ليلى' }), 'Thank \u2068ليلى\u2069');
    assert.equal(words('ar').say('kudos', { name: 'Jonas (IT)' }), 'شكر \u2068Jonas (IT)\u2069');
    assert.equal(words('ar').list(['A (1)', 'B']), '\u2068A (1)\u2069 و\u2068B\u2069');
    assert.equal(words('en').list(['A', 'B']), 'A and B');
  });

  it('fall back on English, with the plurals of English', () => {
    const japanese = new Words('ja', [{ kudos: 'ありがとう' }]);
    assert.equal(japanese.say('kudos', { name: 'Jonas' }), 'ありがとう');
    assert.equal(japanese.say('fields-open', { n: 1 }), '1 more question');
    assert.equal(japanese.say('no-such-key', {}), 'no-such-key');
  });

  it('take the first table that has a text', () => {
    const own = words('de', { kudos: 'Merci, {name}' }, { kudos: 'Dank an {name}', why: 'Wieso?' });
    assert.deepEqual(['kudos', 'why', 'kudos-do'].map((key) => own.say(key, { name: 'J' })), [
      'Merci, J',
      'Wieso?',
      'Danken',
    ]);
  });

  it('write numbers, percentages, lists and dates as the language does', () => {
    const written = (locale) => {
      const own = words(locale);
      return [own.number(12345), own.percent(65), own.list(['A', 'B', 'C']), own.date('2026-03-07')].map((text) =>
        text.replace(/[\u00a0\u202f]/g, ' '),
      );
    };
    assert.deepEqual(written('en'), ['12,345', '65%', 'A, B, and C', 'Mar 7, 2026']);
    assert.deepEqual(written('de'), ['12.345', '65 %', 'A, B und C', '07.03.2026']);
    assert.deepEqual(written('fr'), ['12 345', '65 %', 'A, B et C', '7 mars 2026']);
    assert.deepEqual(written('ja'), ['12,345', '65%', 'A、B、C', '2026/03/07']);
  });
});

describe('a language of the page', () => {
  it('is a table, or a module loaded when it is needed', async () => {
    addLanguage('sv', { ...english, why: 'Varför?' });
    assert.equal(textsOf('sv-FI').why, 'Varför?');
    let loads = 0;
    addLanguage('fi', async () => {
      loads += 1;
      return { texts: { ...english, why: 'Miksi?' } };
    });
    assert.equal(loads, 0);
    const [first, second] = await Promise.all([textsOf('fi'), textsOf('fi')]);
    assert.deepEqual([first.why, second.why, loads], ['Miksi?', 'Miksi?', 1]);
    assert.equal(textsOf('fi').why, 'Miksi?', 'it is there at once from then on');
  });

  it('goes before the more general one, and none is English', async () => {
    assert.equal(textsOf('xx'), undefined);
    addLanguage('de-ch', { ...languages.de, why: 'Wieso?' });
    assert.equal(textsOf('de-CH').why, 'Wieso?');
    assert.equal((await textsOf('de-AT')).why, 'Warum?');
  });

  it('that cannot be loaded is English, and is loaded when it is next needed', async (test) => {
    const warn = test.mock.method(console, 'warn', () => {});
    let loads = 0;
    addLanguage('nb', async () => {
      loads += 1;
      if (loads === 1) throw new Error('offline');
      return { texts: { ...english, why: 'Hvorfor?' } };
    });
    assert.equal(await textsOf('nb'), undefined);
    assert.match(warn.mock.calls[0].arguments[0], /language nb could not be loaded. offline/);
    assert.equal((await textsOf('nb')).why, 'Hvorfor?');
  });
});
