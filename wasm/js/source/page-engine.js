/**
 * Page engine: a program, its feed, and the answers to what the elements ask. It runs in a worker, and on the page's
 * own thread where no worker can be started.
 */
import { Engine } from '../engine.js';
import { zone } from '../zone.js';

export { default } from '../engine.js';

/** The number of board rows shown around the viewer. */
const BOARD_ROWS = 5;
/** The largest number of entries listed. */
const ENTRIES = 30;
/** The largest number of experts found. */
const EXPERTS = 10;
/** The largest number of topics suggested at once. */
const SUGGESTIONS = 20;

/**
 * A feed is recorded in at most this many slices. Between two of them, questions are answered. There are no more,
 * because a feed with the newest activity first folds its members once for each slice.
 */
const SLICES = 20;
/** No slice is smaller, because each costs a turn of the thread. */
const MIN_SLICE_BYTES = 64 * 1024;
const NEWLINE = 10;

/** How the engine answers each question, asked in a context: by whom, in which language, about which time. */
const ANSWERS = {
  why: (engine, asker, about) => engine.why(asker.member, about, asker),
  'why-not': (engine, asker, about) => engine.whyNot(asker.member, about, asker),
  entries: (engine, asker) => engine.entries(asker.member, asker, ENTRIES),
  experts: (engine, asker, { topic }) => engine.experts(topic, asker, EXPERTS),
  topics: (engine, asker, { beginning }) => engine.topics(beginning, asker, SUGGESTIONS),
  cohort: (engine, asker, { challenge }) => engine.cohort(challenge, asker),
};

/** Its methods take and give plain data, which can be posted from thread to thread. */
export class PageEngine {
  #engine;
  #feed = new Uint8Array(0);
  #isClosed = false;

  /** Reads a feed of activities, one JSON object a line, to be taken up next. Gives its length in bytes. */
  async read(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    this.#feed = new Uint8Array(await response.arrayBuffer());
    return this.#feed.length;
  }

  /**
   * Takes up a program and the feed read last in place of the ones before. Until all of the feed is recorded, the
   * earlier ones answer.
   *
   * @param {{program: string, name: string}} files a program as JSON, and what the feed is called
   * @param {(loaded: number) => void} report called with the number of bytes of the feed that are recorded
   * @returns {Promise<{line: number, message: string}[]>} the lines that cannot be read; the others count
   */
  async load({ program, name }, report) {
    const engine = new Engine(program, zone);
    const refused = [];
    let line = 1;
    let loaded = 0;
    const feed = this.#feed;
    this.#feed = new Uint8Array(0);
    for (const slice of slices(feed)) {
      if (loaded > 0) await turn();
      if (this.#isClosed) break;
      refused.push(...engine.applyLines(new TextDecoder().decode(slice), name, line));
      line += lineEnds(slice);
      loaded += slice.length;
      report(loaded);
    }
    this.#engine?.free();
    this.#engine = engine;
    if (this.#isClosed) this.close();
    return refused;
  }

  /** The views of the asker's member and board. */
  views(asker) {
    const { member, board } = asker;
    return {
      view: member === undefined ? null : this.#engine.view(member, asker),
      board: board === undefined ? null : this.#engine.board(board, asker, BOARD_ROWS),
    };
  }

  /** The answer to a question; null if there is none. */
  answer(ask, asker, about) {
    return ANSWERS[ask](this.#engine, asker, about);
  }

  /** Records an activity in the program's own format, and gives the views that it leads to. */
  preview(activity, asker) {
    this.#engine.applyOwn(JSON.stringify(activity));
    return this.views(asker);
  }

  /** Frees the engine, which can be large and which the browser would collect only much later. */
  close() {
    this.#isClosed = true;
    this.#engine?.free();
    this.#engine = undefined;
  }
}

/** Cuts a feed into slices of whole lines. */
function* slices(bytes) {
  const size = Math.max(MIN_SLICE_BYTES, Math.ceil(bytes.length / SLICES));
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from + size);
    const until = end < 0 ? bytes.length : end + 1;
    yield bytes.subarray(from, until);
    from = until;
  }
}

function lineEnds(bytes) {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Lets the thread do what has come up. A timer would wait for up to a second in a page that is not shown. */
function turn() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
