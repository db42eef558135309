/**
 * Languages: which language an element speaks, and its texts. English is part of the package's first script; every
 * other language is a file of its own, loaded when an element first needs it.
 */
import { texts as english } from './en.js';

/** What loads each language. Bundlers find the files by these addresses, so each is written out. */
const languages = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  en: { texts: english },
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  it: () => import('./it.js'),
  ja: () => import('./ja.js'),
  nl: () => import('./nl.js'),
  pl: () => import('./pl.js'),
  pt: () => import('./pt.js'),
};

/** The elements and sources that hear of a change of language, by the root in which `lang` may change. */
const followed = new WeakMap();
const followers = new Set();

/**
 * Adds a language, or replaces one of the package's.
 *
 * @param {string} tag a BCP 47 tag such as `sv` or `de-CH`
 * @param {object | (() => Promise<{ texts: object }>)} texts a table of all texts, or what imports a module that
 *   exports one as `texts`
 */
export function addLanguage(tag, texts) {
  languages[Intl.getCanonicalLocales(tag)[0]] = typeof texts === 'function' ? texts : { texts };
  for (const changed of [...followers]) changed();
}

/**
 * The texts of a locale's language, or a promise of them while they load; undefined if there are none. `de-CH` speaks
 * `de` unless there is a language `de-CH`.
 */
export function textsOf(locale) {
  const [tag] = tagsOf(locale);
  if (tag === undefined) return undefined;
  const language = languages[tag];
  return typeof language === 'function' ? load(tag, language) : language.texts;
}

/** The tags under which a locale's language may be listed and is, the most particular first. */
function tagsOf(locale) {
  const parts = locale.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-')).filter((tag) => tag in languages);
}

const loading = new Map();

/** Loads a language once. If that fails, it is loaded when it is next needed, and the elements speak English. */
function load(tag, language) {
  if (!loading.has(language)) loading.set(language, loaded(tag, language));
  return loading.get(language);
}

async function loaded(tag, language) {
  try {
    const module = await language();
    // From now on it is there at once.
    if (languages[tag] === language) languages[tag] = module;
    return module.texts;
  } catch (error) {
    console.warn(`known-for: the texts of the language ${tag} could not be loaded. ${error.message}`);
    return undefined;
  } finally {
    loading.delete(language);
  }
}

/** The locale of an element: the nearest `lang`, across shadow roots, else the browser's. A tag that `Intl` accepts. */
export function localeOf(element) {
  for (let at = element; at; at = at.getRootNode().host) {
    const lang = at.closest('[lang]')?.getAttribute('lang');
    if (lang) return supported(lang);
  }
  return supported(navigator.language);
}

/** A page's `lang` may be one that `Intl` rejects. */
function supported(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * Calls `changed` when a `lang` around an element may have changed, in its shadow root or any outside it, and when a
 * language is added. The function returned ends this.
 */
export function followLanguage(element, changed) {
  followers.add(changed);
  const stops = [];
  for (let root = element.getRootNode(); root; root = root.host?.getRootNode()) stops.push(followRoot(root, changed));
  return () => {
    followers.delete(changed);
    for (const stop of stops) stop();
  };
}

/** One observer a root, however many elements are in it. */
function followRoot(root, changed) {
  if (!followed.has(root)) {
    const calls = new Set();
    const observer = new MutationObserver(() => calls.forEach((call) => call()));
    followed.set(root, { calls, observer });
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
  }
  const { calls, observer } = followed.get(root);
  calls.add(changed);
  return () => {
    calls.delete(changed);
    if (calls.size > 0) return;
    observer.disconnect();
    followed.delete(root);
  };
}
