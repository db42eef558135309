/** Server feed: reads views and answers from a server, hears from it when they change, and sends it what members do. */
import { Backoff } from './backoff.js';
import { postOf } from './deeds.js';

/** What is read and shown, each from its own address. */
const PARTS = ['view', 'board'];

export class ServerFeed {
  #addresses;
  #changed;
  #locale;
  #events;
  #listenBackoff = new Backoff(() => {
    this.#listen();
    // A server that refuses the event stream may still answer requests.
    this.#changed();
  });
  /** By part, for reading it again after a failure. */
  #readBackoffs = new Map(PARTS.map((part) => [part, new Backoff(() => this.#changed([part]))]));
  #wasInterrupted = false;
  #isOwn = false;
  #stopped = new AbortController();

  /**
   * @param {Record<string, URL | undefined>} addresses by the names of the source's attributes
   * @param {(parts?: string[]) => void} changed called when these parts may have changed on the server; without
   *   parts, all of them
   * @param {() => string} locale the page's language, which the server is asked to answer in
   */
  constructor(addresses, changed, locale) {
    this.#addresses = addresses;
    this.#changed = changed;
    this.#locale = locale;
    /** The parts that have an address. The page sets the others itself. */
    this.parts = PARTS.filter((part) => addresses[part]);
    if (addresses.live) this.#listen();
  }

  /**
   * Reads a part and gives what to show. A page with a `live` address wants to stay current, so a failed reading is
   * tried again.
   */
  async read(part) {
    const { signal } = this.#stopped;
    const backoff = this.#readBackoffs.get(part);
    let shown;
    try {
      shown = await this.#json(this.#addresses[part], signal);
      backoff.reset();
      return { [part]: shown };
    } catch (error) {
      if (this.#addresses.live && !signal.aborted) backoff.failed();
      throw error;
    } finally {
      if (part === 'view') this.#isOwn = shown?.own === true;
    }
  }

  canAsk(name) {
    return Boolean(this.#addresses[name]);
  }

  /**
   * Asks a question at its address. What it is about fills the `{placeholders}` in the path; the rest goes into the
   * query.
   */
  async ask({ ask, ...about }) {
    const address = new URL(this.#addresses[ask]);
    for (const [name, value] of Object.entries(about)) {
      const placeholder = `%7B${name}%7D`;
      if (address.pathname.includes(placeholder))
        address.pathname = address.pathname.replaceAll(placeholder, encodeURIComponent(value));
      else address.searchParams.set(name, value);
    }
    return this.#json(address);
  }

  /**
   * Sends a deed. Resolves once the server has answered; the parts that it may have changed are being read again
   * then.
   */
  async send(deed) {
    const post = postOf(deed, this.#addresses.deeds);
    if (!post) return;
    const [address, request] = post;
    const response = await fetch(address, request);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    this.#changed();
  }

  /** What an address answers; null if it has nothing for this viewer. */
  async #json(address, signal) {
    const headers = { accept: 'application/json', 'accept-language': this.#locale() };
    const response = await fetch(address, { headers, signal });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return response.json();
  }

  stop() {
    this.#stopped.abort();
    this.#listenBackoff.reset();
    for (const backoff of this.#readBackoffs.values()) backoff.reset();
    this.#events?.close();
  }

  /** Reads again what a message says has changed. What others do changes boards, but not the viewer's own view. */
  #heard(data) {
    if (!this.#isOwn || !isAboutOthers(data)) this.#changed();
    else this.#changed(['board']);
  }

  #listen() {
    const events = new EventSource(this.#addresses.live);
    this.#events = events;
    events.addEventListener('changed', ({ data }) => this.#heard(data));
    events.addEventListener('open', () => {
      this.#listenBackoff.reset();
      // Messages sent during an interruption are lost.
      if (this.#wasInterrupted) this.#changed();
      this.#wasInterrupted = false;
    });
    events.addEventListener('error', () => {
      this.#wasInterrupted = true;
      // The browser reconnects by itself after a broken connection, but gives up after an answer that is no event
      // stream.
      if (events.readyState !== EventSource.CLOSED) return;
      this.#listenBackoff.failed();
    });
  }
}

/** Whether a message says that the change is not about the viewer. */
function isAboutOthers(data) {
  try {
    return JSON.parse(data)?.member === false;
  } catch {
    return false;
  }
}
