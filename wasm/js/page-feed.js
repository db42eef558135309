/** Page feed: a program and a feed of activities, worked out by the engine in the page. No server of ours. */
import { activityOf } from './deeds.js';
import { engineModule } from './wasm.js';
import { zone } from './zone.js';

/** How many rows of a board are shown around the viewer. */
const BOARD_ROWS = 5;
/** How many experts are looked for. */
const EXPERTS = 10;
/** How many topics are suggested at once. */
const SUGGESTIONS = 20;
/** The source of what is only previewed. */
const PREVIEW = 'known-for-preview';
/** How many bad lines of a feed are told one by one. */
const TOLD_LINES = 10;

/** What the engine answers to each question. */
const ANSWERS = {
  why: (engine, { member, locale, now }, about) => engine.why(member, about, locale, now),
  'why-not': (engine, { member, locale, now }, about) => engine.whyNot(member, about, locale, now),
  entries: (engine, { member, locale, now }) => ({ entries: engine.entries(member, locale, now) }),
  experts: (engine, { viewer, locale, now }, { topic }) => engine.experts(topic, viewer, locale, now, EXPERTS),
  topics: (engine, { viewer, locale, now }, { beginning }) => ({ topics: engine.topics(beginning, viewer, locale, now, SUGGESTIONS) }),
  cohort: (engine, { viewer, locale, now }, { challenge }) => engine.cohort(challenge, viewer, locale, now),
};

export class PageFeed {
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
  /** All of it comes at once. */
  parts = ['all'];

  /**
   * @param {URL} program a program as JSON
   * @param {URL | undefined} feed activities, one JSON object a line
   * @param {{member?: string, viewer?: string, board?: string, now?: string, kudos?: string, locale: () => string}} ask what is
   *   shown, to whom, in which language, and when; without `now` the browser's clock says
   * @param {(shown: object) => void} show called with what a preview shows
   */
  constructor(program, feed, ask, show) {
    this.#program = program;
    this.#feed = feed;
    this.#ask = ask;
    this.#show = show;
    this.#ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
  }

  /** Reads both files anew. Answers with what is to be shown; nothing where the engine cannot be had. */
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
    const [module, program, text] = await Promise.all([engineModule(), this.#text(this.#program), lines]);
    if (!module) return;
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

  /** Shows what a deed would change. Nothing is kept: the page does that, or nobody. */
  async send(deed) {
    await this.#ready;
    if (!this.#engine) throw new Error(`${this.#program}: there is no engine to show what this changes`);
    const said = activityOf(deed, this.#data, this.#ask.kudos);
    if (!said) return;
    const { viewer, now } = this.#asker();
    this.#previews += 1;
    const activity = { source: PREVIEW, id: String(this.#previews), at: now, sequence: this.#previews, actor: viewer, ...said };
    this.#engine.applyOwn(JSON.stringify(activity));
    this.#show(this.#views());
  }

  stop() {
    this.#stopped.abort();
  }

  /** Whom it is about, who asks, in which language, and when. */
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
      // Only who wrote the program can mend it: the console is where they look.
      console.error(`known-for: ${this.#program}: ${error.message}`);
      throw error;
    }
  }

  /** Applies the feed. A line that cannot be read is left out and told, the others count. */
  #apply(engine, text) {
    const name = this.#feed?.pathname.split('/').pop() ?? '';
    const refused = engine.applyLines(text, name);
    if (refused.length === 0) return;
    const told = refused.slice(0, TOLD_LINES).map(({ line, message }) => `\n  line ${line}: ${message}`);
    const more = refused.length > told.length ? `\n  and ${refused.length - told.length} more` : '';
    console.error(`known-for: ${this.#feed}: ${refused.length} of its lines cannot be read and do not count${told.join('')}${more}`);
  }
}
