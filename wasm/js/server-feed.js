/** Server feed: views and answers from a server, its word when they have changed, and deeds to it. */
import { Again } from './again.js';
import { postOf } from './deeds.js';

/** What is read and shown, each from an address of its own. */
const PARTS = ['view', 'board'];

export class ServerFeed {
  #addresses;
  #changed;
  #events;
  #listening = new Again(() => {
    this.#listen();
    // A server that only refuses to be listened to may answer all the same.
    this.#changed();
  });
  /** By part: what could not be read is read again. */
  #reading = new Map(PARTS.map((part) => [part, new Again(() => this.#changed([part]))]));
  #missed = false;
  #isOwn = false;
  #stopped = new AbortController();

  /**
   * @param {Record<string, URL | undefined>} addresses by the names of the source's attributes
   * @param {(parts?: string[]) => void} changed called when the server says that these parts have changed, or it may be all
   */
  constructor(addresses, changed) {
    this.#addresses = addresses;
    this.#changed = changed;
    /** What there are addresses for; the rest is the page's own to set. */
    this.parts = PARTS.filter((part) => addresses[part]);
    if (addresses.live) this.#listen();
  }

  /** Reads a part, and answers with what is to be shown. A page that wants to stay up to date does not stay with a reading that failed. */
  async read(part) {
    const { signal } = this.#stopped;
    const again = this.#reading.get(part);
    let shown;
    try {
      shown = await json(this.#addresses[part], signal);
      again.done();
      return { [part]: shown };
    } catch (error) {
      if (this.#addresses.live && !signal.aborted) again.failed();
      throw error;
    } finally {
      if (part === 'view') this.#isOwn = shown?.own === true;
    }
  }

  canAsk(name) {
    return Boolean(this.#addresses[name]);
  }

  /** Asks the question's own address, with what it is about in its `{holes}`, else in the query. */
  async ask({ ask, ...about }) {
    const address = new URL(this.#addresses[ask]);
    for (const [name, value] of Object.entries(about)) {
      const hole = `%7B${name}%7D`;
      if (address.pathname.includes(hole)) address.pathname = address.pathname.replaceAll(hole, encodeURIComponent(value));
      else address.searchParams.set(name, value);
    }
    const answer = await json(address);
    return Array.isArray(answer) ? { [ask]: answer } : answer;
  }

  /** Sends a deed, and ends when it is answered. What it has changed is read from then on. */
  async send(deed) {
    const post = postOf(deed, this.#addresses.deeds);
    if (!post) return;
    const [address, request] = post;
    const response = await fetch(address, request);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    this.#changed();
  }

  stop() {
    this.#stopped.abort();
    this.#listening.done();
    for (const again of this.#reading.values()) again.done();
    this.#events?.close();
  }

  /** Reads what a message says has changed: what others do changes boards, and nobody else's own view. */
  #heard(data) {
    if (!this.#isOwn || !isOfOthers(data)) this.#changed();
    else this.#changed(['board']);
  }

  #listen() {
    const events = new EventSource(this.#addresses.live);
    this.#events = events;
    events.addEventListener('changed', ({ data }) => this.#heard(data));
    events.addEventListener('open', () => {
      this.#listening.done();
      // What was said while nobody listened is lost, so ask.
      if (this.#missed) this.#changed();
      this.#missed = false;
    });
    events.addEventListener('error', () => {
      this.#missed = true;
      // The browser comes back by itself after a broken connection, and gives up after an answer that is no event stream.
      if (events.readyState !== EventSource.CLOSED) return;
      this.#listening.failed();
    });
  }
}

/** Whether a message says that what changed is not about the one who looks. */
function isOfOthers(data) {
  try {
    return JSON.parse(data)?.member === false;
  } catch {
    return false;
  }
}

/** What an address answers; null where it has nothing for this viewer. */
async function json(address, signal) {
  const response = await fetch(address, { headers: { accept: 'application/json' }, signal });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}
