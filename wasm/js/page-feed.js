/** Page feed: a program and a feed of activities, worked out by the engine in the page. No server of ours. */
import { engineModule } from './wasm.js';
import { zone } from './zone.js';

/** How many rows of a board are shown around the viewer. */
const BOARD_ROWS = 5;
/** How many bad lines of a feed are told one by one. */
const TOLD_LINES = 10;

export class PageFeed {
  #program;
  #feed;
  #ask;
  #engine;
  #stopped = new AbortController();

  /**
   * @param {URL} program a program as JSON
   * @param {URL | undefined} feed activities, one JSON object a line
   * @param {{member?: string, viewer?: string, board?: string, now?: string, locale: string}} ask what is shown, to whom, and
   *   when; without `now` the browser's clock says
   */
  constructor(program, feed, ask) {
    this.#program = program;
    this.#feed = feed;
    this.#ask = ask;
  }

  /** Reads both files anew and answers with what is to be shown; nothing where the engine cannot be had. */
  async read() {
    const lines = this.#feed ? this.#text(this.#feed) : '';
    const [module, program, text] = await Promise.all([engineModule(), this.#text(this.#program), lines]);
    if (!module) return undefined;
    const engine = this.#check(module, program);
    this.#apply(engine, text);
    this.#engine?.free();
    this.#engine = engine;
    const { member, viewer, board, locale, now = new Date().toISOString() } = this.#ask;
    return {
      view: member === undefined ? null : JSON.parse(engine.view(member, viewer, locale, now)),
      board: board === undefined ? null : JSON.parse(engine.board(board, viewer ?? '', locale, now, BOARD_ROWS)),
    };
  }

  explains = true;

  async why(badge) {
    const { member, locale } = this.#ask;
    return this.#engine && JSON.parse(this.#engine.why(member, badge, locale));
  }

  stop() {
    this.#stopped.abort();
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
    const refused = JSON.parse(engine.applyLines(text, name));
    if (refused.length === 0) return;
    const told = refused.slice(0, TOLD_LINES).map(({ line, message }) => `\n  line ${line}: ${message}`);
    const more = refused.length > told.length ? `\n  and ${refused.length - told.length} more` : '';
    console.error(`known-for: ${this.#feed}: ${refused.length} of its lines cannot be read and do not count${told.join('')}${more}`);
  }
}
