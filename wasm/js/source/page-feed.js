/**
 * Page feed: works out views in the page, by the engine, from a program and a file of activities. No server is
 * needed.
 */
import { zone } from '../zone.js';
import { activityOf } from './preview.js';

/** The number of board rows shown around the viewer. */
const BOARD_ROWS = 5;
/** The largest number of entries listed. */
const ENTRIES = 30;
/** The largest number of experts found. */
const EXPERTS = 10;
/** The largest number of topics suggested at once. */
const SUGGESTIONS = 20;
/** The `source` of activities that are only previewed. */
const PREVIEW = 'known-for-preview';
/** The largest number of unreadable lines reported one by one. */
const REPORTED_LINES = 10;

/** How the engine answers each question. */
const ANSWERS = {
  why: (engine, { member, locale, now }, about) => engine.why(member, about, locale, now),
  'why-not': (engine, { member, locale, now }, about) => engine.whyNot(member, about, locale, now),
  entries: (engine, { member, locale, now }) => engine.entries(member, locale, now, ENTRIES),
  experts: (engine, { viewer, locale, now }, { topic }) => engine.experts(topic, viewer, locale, now, EXPERTS),
  topics: (engine, { viewer, locale, now }, { beginning }) =>
    engine.topics(beginning, viewer, locale, now, SUGGESTIONS),
  cohort: (engine, { viewer, locale, now }, { challenge }) => engine.cohort(challenge, viewer, locale, now),
};

export class PageFeed {
  #engineModule;
  #program;
  #feed;
  #ask;
  #engine;
  #data;
  #previews = 0;
  #show;
  #ready;
  #isReady;
  #isBroken = false;
  #stopped = new AbortController();
  /** The view and the board come together. */
  parts = ['all'];

  /**
   * @param {() => Promise<object | undefined>} engineModule loads the engine
   * @param {URL} program a program as JSON
   * @param {URL | undefined} feed activities, one JSON object a line
   * @param {{member?: string, viewer?: string, board?: string, now?: string, kudos?: string, locale: () => string}}
   *   ask what to show, to whom, in which language, and at which time; without `now`, the time of the browser's clock
   * @param {(shown: object) => void} show called with the views that a previewed deed leads to
   */
  constructor(engineModule, program, feed, ask, show) {
    this.#engineModule = engineModule;
    this.#program = program;
    this.#feed = feed;
    this.#ask = ask;
    this.#show = show;
    this.#ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
  }

  /** Reads both files and gives what to show; undefined if the engine cannot be loaded. */
  async read() {
    try {
      await this.#load();
      return this.#engine && this.#views();
    } finally {
      this.#isBroken = !this.#engine;
      this.#isReady();
    }
  }

  async #load() {
    const lines = this.#feed ? this.#text(this.#feed) : '';
    const [module, program, text] = await Promise.all([this.#engineModule(), this.#text(this.#program), lines]);
    if (!module || this.#stopped.signal.aborted) return;
    const engine = this.#check(module, program);
    this.#apply(engine, text);
    this.#engine?.free();
    this.#engine = engine;
    this.#data = JSON.parse(program);
  }

  canAsk(name) {
    return ANSWERS[name] !== undefined && !this.#isBroken;
  }

  async ask({ ask, ...about }) {
    await this.#ready;
    return this.#engine && ANSWERS[ask](this.#engine, this.#asker(), about);
  }

  /** Shows what a deed would change. Nothing is stored: that is up to the page. */
  async send(deed) {
    await this.#ready;
    if (!this.#engine) throw new Error(`${this.#program}: there is no engine to show what this changes`);
    const said = activityOf(deed, this.#data, this.#ask.kudos);
    if (!said) return;
    const { viewer, now } = this.#asker();
    this.#previews += 1;
    const activity = {
      source: PREVIEW,
      id: String(this.#previews),
      at: now,
      sequence: this.#previews,
      actor: viewer,
      ...said,
    };
    this.#engine.applyOwn(JSON.stringify(activity));
    this.#show(this.#views());
  }

  /** Stops reading and frees the engine, which can be large and which the browser would collect only much later. */
  stop() {
    this.#stopped.abort();
    this.#engine?.free();
    this.#engine = undefined;
  }

  /** Whose view, for which viewer, in which language, and at which time. */
  #asker() {
    const { member, viewer = '', locale, now = new Date().toISOString() } = this.#ask;
    return { member, viewer, locale: locale(), now };
  }

  #views() {
    const { member, viewer, locale, now } = this.#asker();
    const { board } = this.#ask;
    return {
      view: member === undefined ? null : this.#engine.view(member, viewer, locale, now),
      board: board === undefined ? null : this.#engine.board(board, viewer, locale, now, BOARD_ROWS),
    };
  }

  async #text(address) {
    const response = await fetch(address, { signal: this.#stopped.signal });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return response.text();
  }

  #check(module, program) {
    try {
      return new module.Engine(program, zone);
    } catch (error) {
      // The author of the program has to fix it, and looks at the console.
      console.error(`known-for: ${this.#program}: ${error.message}`);
      throw error;
    }
  }

  /** Applies the feed. A line that cannot be read is skipped and reported; the others count. */
  #apply(engine, text) {
    const name = this.#feed?.pathname.split('/').pop() ?? '';
    const refused = engine.applyLines(text, name);
    if (refused.length === 0) return;
    const reported = refused.slice(0, REPORTED_LINES).map(({ line, message }) => `\n  line ${line}: ${message}`);
    const more = refused.length > reported.length ? `\n  and ${refused.length - reported.length} more` : '';
    const summary = `${refused.length} of its lines cannot be read and do not count`;
    console.error(`known-for: ${this.#feed}: ${summary}${reported.join('')}${more}`);
  }
}
