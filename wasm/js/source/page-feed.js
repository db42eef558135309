/**
 * Page feed: works out views in the page, by the engine, from a program and a file of activities. No server is
 * needed.
 */
import { startEngine } from './engine-thread.js';
import { activityOf } from './preview.js';

/** The `source` of activities that are only previewed. */
const PREVIEW = 'known-for-preview';
/** The largest number of unreadable lines reported one by one. */
const REPORTED_LINES = 10;

/** What can be asked. */
const QUESTIONS = ['why', 'why-not', 'entries', 'experts', 'topics', 'cohort'];

export class PageFeed {
  #from;
  #files;
  #ask;
  #tell;
  /** The engine in its thread, once it has started. */
  #engine;
  #data;
  #previews = 0;
  #ready;
  #isReady;
  #hasLoaded = false;
  #isBroken = false;
  #stopped = new AbortController();
  /** The view and the board come together. */
  parts = ['all'];

  /**
   * @param {import('../wasm.js').engine} from where the engine is
   * @param {{program: URL, feed?: URL}} files a program as JSON; activities, one JSON object a line
   * @param {{member?: string, viewer?: string, board?: string, now?: string, kudos?: string, locale: () => string}}
   *   ask what to show, to whom, in which language, and at which time; without `now`, the time of the browser's clock
   * @param {{show: (shown: object) => void, progress: (progress: {loaded: number, total: number}) => void}} tell
   *   called with the views that a previewed deed leads to, and with the bytes of the feed that are recorded
   */
  constructor(from, files, ask, tell) {
    this.#from = from;
    this.#files = files;
    this.#ask = ask;
    this.#tell = tell;
    this.#ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
  }

  /** Reads both files and gives what to show; undefined if the engine cannot be loaded. */
  async read() {
    try {
      await this.#load();
      return this.#hasLoaded ? await this.#engine.call('views', [this.#asker()]) : undefined;
    } finally {
      this.#isBroken = !this.#hasLoaded;
      this.#isReady();
    }
  }

  async #load() {
    const { program: address, feed: feedAddress } = this.#files;
    const starting = this.#start();
    // Read in the engine's thread: a large feed would hold up the page's.
    const reading = starting.then(
      (engine) => this.#can(engine) && feedAddress && engine.call('read', [feedAddress.href]),
    );
    const [engine, program, total] = await Promise.all([starting, this.#text(address), reading]);
    if (!this.#can(engine)) return;
    const name = feedAddress?.pathname.split('/').pop() ?? '';
    const report = (loaded) => this.#tell.progress({ loaded, total });
    const refused = await engine.call('load', [{ program, name }], report).catch((error) => {
      // The author of the program has to fix it, and looks at the console.
      console.error(`known-for: ${address}: ${error.message}`);
      throw error;
    });
    if (!refused) return;
    this.#report(refused);
    this.#data = JSON.parse(program);
    this.#hasLoaded = true;
  }

  /** Whether an engine has started, and is still wanted. */
  #can(engine) {
    return Boolean(engine) && !this.#stopped.signal.aborted;
  }

  /** Starts the engine, unless it has started. */
  async #start() {
    this.#engine ??= await startEngine(this.#from);
    if (this.#stopped.signal.aborted) this.#engine?.stop();
    return this.#engine;
  }

  canAsk(name) {
    return QUESTIONS.includes(name) && !this.#isBroken;
  }

  async ask({ ask, ...about }) {
    await this.#ready;
    return this.#hasLoaded ? this.#engine.call('answer', [ask, this.#asker(), about]) : undefined;
  }

  /** Shows what a deed would change. Nothing is stored: that is up to the page. */
  async send(deed) {
    await this.#ready;
    if (!this.#hasLoaded) throw new Error(`${this.#files.program}: there is no engine to show what this changes`);
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
    const shown = await this.#engine.call('preview', [activity, this.#asker()]);
    if (shown) this.#tell.show(shown);
  }

  /** Stops reading and ends the engine's thread, whose memory can be large. */
  stop() {
    this.#stopped.abort();
    this.#hasLoaded = false;
    this.#engine?.stop();
  }

  /** Whose view, for which viewer, of which board, in which language, and at which time. */
  #asker() {
    const { member, viewer = '', board, locale, now = new Date().toISOString() } = this.#ask;
    return { member, viewer, board, locale: locale(), now };
  }

  async #text(address) {
    const response = await fetch(address, { signal: this.#stopped.signal });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return response.text();
  }

  /** Reports the lines that cannot be read. */
  #report(refused) {
    if (refused.length === 0) return;
    const reported = refused.slice(0, REPORTED_LINES).map(({ line, message }) => `\n  line ${line}: ${message}`);
    const more = refused.length > reported.length ? `\n  and ${refused.length - reported.length} more` : '';
    const summary = `${refused.length} of its lines cannot be read and do not count`;
    console.error(`known-for: ${this.#files.feed}: ${summary}${reported.join('')}${more}`);
  }
}
