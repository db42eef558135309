/** `<known-for-source>`: where the other elements get what they show. */
import { rank } from './grades.js';
import { PageFeed } from './page-feed.js';
import { sourcesChanged } from './seeking.js';
import { ServerFeed } from './server-feed.js';
import { Reading } from './reading.js';
import { sourceStyles } from './styles.js';
import { localeOf } from './words.js';

/** The attributes that say where a server answers what. */
const ADDRESSES = ['view', 'board', 'live', 'why', 'why-not', 'entries', 'experts', 'topics', 'cohort', 'deeds'];

/** What is shown no longer once an attribute says something else. */
const NOTHING = { view: null, board: null };
const GONE = { view: { view: null }, board: { board: null }, program: NOTHING, feed: NOTHING, member: NOTHING, viewer: NOTHING };

export class KnownForSource extends HTMLElement {
  static observedAttributes = [...ADDRESSES, 'program', 'feed', 'member', 'viewer', 'kudos', 'now'];

  #feed;
  #view = null;
  #board = null;
  #texts;
  #watchers = new Set();
  /** By what is read for itself. */
  #readings = new Map();
  #starting = false;
  #locale;
  #language = new MutationObserver(() => this.#follow());

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sourceStyles()];
    root.append(document.createElement('slot'));
  }

  /** What the viewer sees of the member (a MemberView), or null. A page may set it by itself. */
  get view() {
    return this.#view;
  }

  set view(view) {
    this.#take({ view });
  }

  /** The board (a BoardView), or null. A page may set it by itself. */
  get boardView() {
    return this.#board;
  }

  set boardView(board) {
    this.#take({ board });
  }

  /** Texts that replace the English ones, for this source's elements. */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.#tell();
  }

  connectedCallback() {
    for (const name of ['view', 'boardView', 'texts']) adoptProperty(this, name);
    sourcesChanged();
    this.#start();
    this.#locale = localeOf(this);
    this.#language.observe(document, { attributeFilter: ['lang'], subtree: true });
  }

  disconnectedCallback() {
    this.#follows(undefined);
    this.#language.disconnect();
    sourcesChanged();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    // What another address answered is not to be taken for what this one does, not even until that has answered.
    if (before !== null && now !== null) this.#take(GONE[name] ?? {});
    this.#start();
  }

  /** Reads everything again. The promise ends when what has come is shown. */
  refresh() {
    return this.#refresh();
  }

  /** Whether there is somebody to answer questions of this name: `why`, `why-not`, `entries`, `experts`, `topics`, `cohort`. */
  canAsk(name) {
    return this.#feed?.canAsk(name) ?? false;
  }

  /** The answer to a question, `{ ask: name, …about }`, from the server or the engine; null where there is none. */
  async ask(question) {
    return this.canAsk(question.ask) ? ((await this.#feed.ask(question)) ?? null) : null;
  }

  /** Ends when the view is shown that is being read by now. */
  async reading() {
    await this.#readings.get('view')?.running;
  }

  /**
   * Sends what a member has done on the page to where it belongs, and ends when that has answered; false where it failed. What it
   * changes is being read by then.
   */
  async send(deed) {
    try {
      // What the page has by other means is the page's to change.
      await this.#feed?.send(deed);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Calls `changed` whenever there is something new to show, until the function it gives is called. */
  watch(changed) {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** Tells the page that something went wrong. */
  fail(error) {
    this.#dispatch('known-for-error', { error });
  }

  /** Begins anew after the attributes that are set together have all been set. */
  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    await null;
    this.#starting = false;
    this.#follows(undefined);
    try {
      if (this.isConnected) this.#follows(this.#choose());
    } catch (error) {
      this.fail(error);
    }
    this.#tell();
    if (this.#feed) await this.refresh();
  }

  /** Follows the page into another language. */
  #follow() {
    const locale = localeOf(this);
    if (locale === this.#locale) {
      this.#tell();
      return;
    }
    this.#locale = locale;
    this.refresh();
  }

  #choose() {
    const attribute = (name) => this.getAttribute(name) ?? undefined;
    const address = (name) => attribute(name) && addressOf(name, attribute(name), this.baseURI);
    if (this.hasAttribute('program')) {
      const [member, viewer] = [attribute('member'), attribute('viewer') ?? attribute('member')];
      const [board, now, kudos] = ['board', 'now', 'kudos'].map(attribute);
      const ask = { member, viewer, board, now, kudos, locale: () => localeOf(this) };
      return new PageFeed(address('program'), address('feed'), ask, (shown) => this.#take(shown));
    }
    const addresses = Object.fromEntries(ADDRESSES.map((name) => [name, address(name)]));
    return Object.values(addresses).some(Boolean) ? new ServerFeed(addresses, (parts) => this.#refresh(parts)) : undefined;
  }

  /** Follows a feed, and no other any more. */
  #follows(feed) {
    this.#feed?.stop();
    this.#feed = feed;
    const reading = (part) => [part, new Reading(() => this.#read(feed, part))];
    this.#readings = new Map(feed?.parts.map(reading));
  }

  /** Reads these parts again, each for itself, so that one that hangs holds back no other. */
  async #refresh(parts = this.#readings.keys()) {
    const readings = Array.from(parts, (part) => this.#readings.get(part)?.again());
    if (readings.length === 0) this.#tell();
    await Promise.all(readings);
  }

  async #read(feed, part) {
    let shown;
    let failed;
    try {
      shown = await feed.read(part);
    } catch (error) {
      failed = error;
    }
    // By now another may be read.
    if (feed !== this.#feed) return;
    if (shown) this.#take(shown);
    if (failed) this.fail(failed);
    // Also where the same has come: what can be asked, and in which language all this is told, may have changed.
    this.#tell();
  }

  #take({ view = this.#view, board = this.#board }) {
    const [before, boardBefore] = [this.#view, this.#board];
    // What says the same stays what it was, so that nothing is asked about it again.
    this.#view = sameOr(before, view);
    this.#board = sameOr(boardBefore, board);
    if (this.#view === before && this.#board === boardBefore) return;
    this.#tell();
    this.#dispatch('known-for-change', { view, board });
    const news = before && view && before.member === view.member ? earned(before, view) : undefined;
    if (news) this.#dispatch('known-for-earned', news);
  }

  #tell() {
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

/** The badges and the level that `view` has and `before` had not; nothing where there are none. */
function earned(before, view) {
  const held = new Map(before.badges.earned.map((badge) => [badge.badge, badge]));
  const badges = view.badges.earned.filter((badge) => !held.has(badge.badge) || rose(held.get(badge.badge), badge));
  const [then, now] = [before.standing.level, view.standing.level];
  const level = now && now.number > (then?.number ?? 0) ? now : undefined;
  return badges.length || level ? { badges, level } : undefined;
}

/** What fell, in times or in grade, is no news. */
function rose(before, badge) {
  return badge.times > before.times || rank(badge) > rank(before);
}

/** A property that was set before the element had its class hides the class's own; this sets it again, properly. */
export function adoptProperty(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  delete element[name];
  element[name] = value;
}
