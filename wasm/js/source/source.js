/** `<known-for-source>`: loads what the other elements show. */
import { HostElement, setAttribute } from '../host.js';
import { sourceStyles } from '../look/styles.js';
import { followLanguage, localeOf } from '../texts/languages.js';
import { Reloader } from './reloader.js';
import { ServerFeed } from './server-feed.js';
import { sourcesChanged } from './source-lookup.js';
import { drawModule, engine } from '../wasm.js';

/** The attributes that hold a server's addresses, beside those of the view and the board. */
const SERVER = ['live', 'why', 'why-not', 'entries', 'experts', 'topics', 'cohort', 'deeds'];
/** The attributes of a source that works in the page. */
const PAGE = ['program', 'feed', 'member', 'viewer', 'kudos', 'now'];

/** What is cleared when an attribute gets another value. */
const BOTH = ['view', 'board'];
const CLEARED = { view: ['view'], board: ['board'], program: BOTH, feed: BOTH, member: BOTH, viewer: BOTH };

/**
 * Loads what the other elements show, from a server or by the engine in the page. It shows nothing itself.
 *
 * @tag known-for-source
 * @attr {string} view - address of a member's view
 * @attr {string} board - address of a board; with `program`, the id of a board in it
 * @attr {string} live - address of server-sent events
 * @attr {string} why - address that answers why something was given
 * @attr {string} why-not - address that answers why something was not given
 * @attr {string} entries - address of the member's latest entries
 * @attr {string} experts - address that answers who is known for a topic
 * @attr {string} topics - address of topics that begin with a text
 * @attr {string} cohort - address of what the participants of a challenge reach together
 * @attr {string} deeds - address below which deeds are posted
 * @attr {string} program - address of a program, for a page without a server
 * @attr {string} feed - address of the activities, one JSON object a line
 * @attr {string} member - the member whose view is shown
 * @attr {string} viewer - the member who looks; by default `member`
 * @attr {string} kudos - the kind of activity that thanks a colleague
 * @attr {string} now - the time at which the views are worked out, RFC 3339; by default the browser's clock
 * @slot - elements that show this source
 * @fires known-for-change - there is something new to show: `{ view, board }`
 * @fires known-for-earned - a badge or the level rose since the last view of the same member: `{ badges, level }`
 * @fires known-for-progress - without a server: more of the feed is recorded: `{ loaded, total }` in bytes
 * @fires known-for-error - loading or a deed failed: `{ error }`
 */
export class KnownForSource extends HostElement {
  static observedAttributes = ['view', 'board'];
  static properties = ['view', 'board', 'texts'];

  static {
    this.reflect([...SERVER, ...PAGE]);
  }

  #feed;
  #view = null;
  #board = null;
  /** The parts whose data the page has set itself. */
  #given = new Set();
  #texts;
  #watchers = new Set();
  /** By part of the feed. */
  #reloaders = new Map();
  #isStarting = false;
  /** By part of the feed, `loading` or `failed`; nothing once it is loaded. */
  #states = new Map();
  /** The last start; it resolves once its feed is in use. */
  #starting;
  #locale;
  #stopFollowingLanguage;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sourceStyles(this.ownerDocument);
    root.append(document.createElement('slot'));
  }

  /**
   * What the viewer sees of the member (a MemberView), or null. A page may set the data itself, or an address as a
   * string.
   *
   * @type {MemberView | string | null}
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
   *
   * @type {BoardView | string | null}
   */
  get board() {
    return this.#board;
  }

  set board(board) {
    this.#setPart('board', board);
  }

  /**
   * Texts that replace those of the language in the elements of this source.
   *
   * @type {Texts | undefined}
   */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.#notify();
  }

  connectedCallback() {
    super.connectedCallback();
    sourcesChanged();
    this.#start();
    this.#locale = localeOf(this);
    this.#stopFollowingLanguage = followLanguage(this, () => this.#followLanguage());
  }

  disconnectedCallback() {
    this.#starting = undefined;
    this.#use(undefined);
    this.#stopFollowingLanguage();
    sourcesChanged();
  }

  /** Moved into another document, as into that of a frame. */
  adoptedCallback() {
    this.shadowRoot.adoptedStyleSheets = sourceStyles(this.ownerDocument);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    // The answer of one address must not pass for that of another, not even until the other has answered.
    if (before !== null) this.#clear(CLEARED[name] ?? [], now === null);
    this.#start();
  }

  /** Loads everything again. The promise resolves once it is shown. */
  async refresh() {
    await this.#starting;
    const loading = this.#refresh();
    this.#notify();
    await loading;
  }

  /**
   * How the loading of the view or the board stands: `loading`, `failed`, or undefined if there is nothing to wait for.
   *
   * @protected
   */
  stateOf(part) {
    const loader = this.#reloaders.has('all') ? 'all' : part;
    return this.#states.get(loader);
  }

  /** Whether questions of this name can be asked: `why`, `why-not`, `entries`, `experts`, `topics`, `cohort`. */
  canAsk(name) {
    return this.#feed?.canAsk(name) ?? false;
  }

  /** The answer to a question `{ ask: name, …about }`, from the server or the engine; null if there is none. */
  async ask(question) {
    return this.canAsk(question.ask) ? ((await this.#feed.ask(question)) ?? null) : null;
  }

  /**
   * Resolves once the view that is loading now has been shown.
   *
   * @protected
   */
  async viewLoaded() {
    await this.#reloaders.get('view')?.running;
  }

  /**
   * Sends a deed to the server or the engine. Resolves once it has been answered, to false if it failed; what it
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

  /**
   * Reports an error to the page.
   *
   * @protected
   */
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
    if (!value) setAttribute(this, part, null);
    this.#take({ [part]: value || null });
    if (value) this.#given.add(part);
    else this.#given.delete(part);
  }

  /** Shows nothing of these parts, or only what the page has set itself. */
  #clear(parts, keepsGiven) {
    const cleared = parts.filter((part) => !keepsGiven || !this.#given.has(part));
    this.#take(Object.fromEntries(cleared.map((part) => [part, null])));
  }

  /** Starts afresh, once for all attributes that are set together. */
  #start() {
    if (this.#isStarting) return;
    this.#isStarting = true;
    this.#starting = this.#restart();
  }

  async #restart() {
    await null;
    this.#isStarting = false;
    const starting = this.#starting;
    this.#use(undefined);
    const feed = this.isConnected ? await this.#createFeed() : undefined;
    // Another start has begun in the meantime, or the source has been removed.
    if (starting !== this.#starting) {
      feed?.stop();
      return;
    }
    this.#use(feed);
    this.#notify();
    if (feed) this.#refresh();
  }

  #followLanguage() {
    const locale = localeOf(this);
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.refresh();
  }

  /** The feed that the attributes describe; undefined if they describe none. */
  async #createFeed() {
    try {
      return this.hasAttribute('program') ? await this.#createPageFeed() : this.#createServerFeed();
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  async #createPageFeed() {
    const attribute = (name) => this.getAttribute(name) ?? undefined;
    const [member, board, now, kudos] = ['member', 'board', 'now', 'kudos'].map(attribute);
    const viewer = attribute('viewer') ?? member;
    const ask = { member, viewer, board, now, kudos, locale: () => localeOf(this) };
    const [program, feed] = [this.#address('program'), this.#address('feed')];
    // Pages with a server do not need it.
    const { PageFeed } = await import('./page-feed.js');
    const progress = (detail) => this.#dispatch('known-for-progress', detail);
    return new PageFeed(engine, { program, feed }, ask, { show: (shown) => this.#take(shown), progress });
  }

  #createServerFeed() {
    const addresses = Object.fromEntries(['view', 'board', ...SERVER].map((name) => [name, this.#address(name)]));
    return Object.values(addresses).some(Boolean)
      ? new ServerFeed(addresses, (parts) => this.#refresh(parts), () => localeOf(this))
      : undefined;
  }

  /** An attribute's address; undefined without the attribute, or if a server's renderer wrote data as its text. */
  #address(name) {
    const text = this.getAttribute(name);
    return text && text !== String({}) ? addressOf(name, text, this.baseURI) : undefined;
  }

  /** Stops the feed in use and uses another one. */
  #use(feed) {
    this.#feed?.stop();
    this.#feed = feed;
    this.#states.clear();
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
    if (feed === this.#feed) this.#states.set(part, 'loading');
    let shown;
    let failure;
    try {
      shown = await feed.read(part);
    } catch (error) {
      failure = error;
    }
    // Another feed is in use now.
    if (feed !== this.#feed) return;
    if (failure) this.#states.set(part, 'failed');
    else this.#states.delete(part);
    if (shown) {
      for (const part of Object.keys(shown)) this.#given.delete(part);
      this.#take(shown);
    }
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
      if (!earned) return;
      const [hasRisen, ...ids] = earned;
      const badges = view.badges.earned.filter(({ badge }) => ids.includes(badge));
      this.#dispatch('known-for-earned', { badges, ...(hasRisen && { level: view.standing.level }) });
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
