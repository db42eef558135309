/** `<known-for-source>`: loads what the other elements show. */
import { adoptProperty, HostElement } from '../host.js';
import { sourceStyles } from '../look/styles.js';
import { followLanguage, localeOf } from '../texts/languages.js';
import { PageFeed } from './page-feed.js';
import { Reloader } from './reloader.js';
import { ServerFeed } from './server-feed.js';
import { sourcesChanged } from './source-lookup.js';
import { drawModule } from '../wasm.js';

/** The attributes that hold a server's addresses. */
const ADDRESSES = ['view', 'board', 'live', 'why', 'why-not', 'entries', 'experts', 'topics', 'cohort', 'deeds'];

/** What is cleared when an attribute gets another value. */
const BOTH = { view: null, board: null };
const CLEARED = { view: { view: null }, board: { board: null }, program: BOTH, feed: BOTH, member: BOTH, viewer: BOTH };

export class KnownForSource extends HostElement {
  static observedAttributes = [...ADDRESSES, 'program', 'feed', 'member', 'viewer', 'kudos', 'now'];

  #feed;
  #view = null;
  #board = null;
  #texts;
  #watchers = new Set();
  /** By part of the feed. */
  #reloaders = new Map();
  #isStarting = false;
  #locale;
  #stopFollowingLanguage;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sourceStyles()];
    root.append(document.createElement('slot'));
  }

  /**
   * What the viewer sees of the member (a MemberView), or null. A page may set the data itself, or an address as a
   * string.
   */
  get view() {
    return this.#view;
  }

  set view(view) {
    this.#setPart('view', view);
  }

  /**
   * The board (a BoardView), or null. A page may set the data itself, or the value of the attribute `board` as a
   * string.
   */
  get boardView() {
    return this.#board;
  }

  set boardView(board) {
    this.#setPart('board', board);
  }

  /** Texts that replace those of the language in the elements of this source. */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.#notify();
  }

  connectedCallback() {
    for (const name of ['view', 'boardView', 'texts']) adoptProperty(this, name);
    sourcesChanged();
    this.#start();
    this.#locale = localeOf(this);
    this.#stopFollowingLanguage = followLanguage(this, () => this.#followLanguage());
  }

  disconnectedCallback() {
    this.#use(undefined);
    this.#stopFollowingLanguage();
    sourcesChanged();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    // The answer of one address must not pass for that of another, not even until the other has answered.
    if (before !== null && now !== null) this.#take(CLEARED[name] ?? {});
    this.#start();
  }

  /** Loads everything again. The promise resolves once it is shown. */
  refresh() {
    return this.#refresh();
  }

  /** Whether questions of this name can be asked: `why`, `why-not`, `entries`, `experts`, `topics`, `cohort`. */
  canAsk(name) {
    return this.#feed?.canAsk(name) ?? false;
  }

  /** The answer to a question `{ ask: name, …about }`, from the server or the engine; null if there is none. */
  async ask(question) {
    return this.canAsk(question.ask) ? ((await this.#feed.ask(question)) ?? null) : null;
  }

  /** Resolves once the view that is loading now has been shown. */
  async viewLoaded() {
    await this.#reloaders.get('view')?.running;
  }

  /**
   * * Sends a deed to the server or the engine. Resolves once it has been answered, to false if it failed; what it
   * changed is loading then.
   */
  async send(deed) {
    try {
      // Without a feed the page has set the data itself, and changes it itself.
      await this.#feed?.send(deed);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Calls `changed` whenever there is something new to show. The function returned ends this. */
  watch(changed) {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** Reports an error to the page. */
  fail(error) {
    this.#dispatch('known-for-error', { error });
  }

  /**
   * Frameworks set a property where one exists, even if the page's author wrote an attribute: a string goes to the
   * attribute.
   */
  #setPart(part, value) {
    if (typeof value === 'string') {
      this.setAttribute(part, value);
      return;
    }
    // With its address left in place, the next loading would bring back what is removed here.
    if (value === null || value === undefined) this.removeAttribute(part);
    this.#take({ [part]: value ?? null });
  }

  /** Starts afresh, once for all attributes that are set together. */
  async #start() {
    if (this.#isStarting) return;
    this.#isStarting = true;
    await null;
    this.#isStarting = false;
    this.#use(undefined);
    try {
      if (this.isConnected) this.#use(this.#createFeed());
    } catch (error) {
      this.fail(error);
    }
    this.#notify();
    if (this.#feed) await this.refresh();
  }

  #followLanguage() {
    const locale = localeOf(this);
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.refresh();
  }

  #createFeed() {
    const attribute = (name) => this.getAttribute(name) ?? undefined;
    const address = (name) => attribute(name) && addressOf(name, attribute(name), this.baseURI);
    if (this.hasAttribute('program')) {
      const [member, viewer] = [attribute('member'), attribute('viewer') ?? attribute('member')];
      const [board, now, kudos] = ['board', 'now', 'kudos'].map(attribute);
      const ask = { member, viewer, board, now, kudos, locale: () => localeOf(this) };
      return new PageFeed(address('program'), address('feed'), ask, (shown) => this.#take(shown));
    }
    const addresses = Object.fromEntries(ADDRESSES.map((name) => [name, address(name)]));
    return Object.values(addresses).some(Boolean)
      ? new ServerFeed(addresses, (parts) => this.#refresh(parts), () => localeOf(this))
      : undefined;
  }

  /** Stops the feed in use and uses another one. */
  #use(feed) {
    this.#feed?.stop();
    this.#feed = feed;
    const reloader = (part) => [part, new Reloader(() => this.#load(feed, part))];
    this.#reloaders = new Map(feed?.parts.map(reloader));
  }

  /** Loads these parts again, each on its own, so that one that hangs does not hold back the others. */
  async #refresh(parts = this.#reloaders.keys()) {
    const loading = Array.from(parts, (part) => this.#reloaders.get(part)?.reload());
    if (loading.length === 0) this.#notify();
    await Promise.all(loading);
  }

  async #load(feed, part) {
    let shown;
    let failure;
    try {
      shown = await feed.read(part);
    } catch (error) {
      failure = error;
    }
    // Another feed is in use now.
    if (feed !== this.#feed) return;
    if (shown) this.#take(shown);
    if (failure) this.fail(failure);
    // Even if the data is the same: what can be asked may have changed, or the language.
    this.#notify();
  }

  /** Shows what has arrived. Data of another shape is reported and stops nothing that arrives later. */
  #take(shown) {
    try {
      this.#show(shown);
    } catch (error) {
      this.fail(error);
    }
  }

  #show({ view = this.#view, board = this.#board }) {
    const [viewBefore, boardBefore] = [this.#view, this.#board];
    // Equal data keeps its identity, so that questions about it are not asked again.
    this.#view = sameOr(viewBefore, view);
    this.#board = sameOr(boardBefore, board);
    if (this.#view === viewBefore && this.#board === boardBefore) return;
    this.#notify();
    this.#dispatch('known-for-change', { view, board });
    if (viewBefore && view) this.#tellEarned(view, viewBefore);
  }

  /** Tells the page which badges and level rose between two views, if it can load the module that compares them. */
  async #tellEarned(view, before) {
    try {
      const earned = (await drawModule())?.earnedSince(view, before);
      if (earned) this.#dispatch('known-for-earned', earned);
    } catch (error) {
      this.fail(error);
    }
  }

  #notify() {
    for (const changed of this.#watchers) changed();
  }

  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function addressOf(name, text, base) {
  if (!URL.canParse(text, base)) throw new Error(`the source's \`${name}\` is no address: ${text}`);
  return new URL(text, base);
}

function sameOr(before, now) {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
