/** Server feed: views and answers from a server, its word when they have changed, and deeds to it. */
import { Again } from './again.js';
import { postOf } from './deeds.js';

export class ServerFeed {
  #addresses;
  #changed;
  #events;
  #listening = new Again(() => {
    this.#listen();
    // A server that only refuses to be listened to may answer all the same.
    this.#changed();
  });
  #reading = new Again(() => this.#changed());
  #missed = false;
  #stopped = false;

  /**
   * @param {Record<string, URL | undefined>} addresses by the names of the source's attributes
   * @param {() => Promise<void>} changed called when the server says so; ends when what has changed is shown
   */
  constructor(addresses, changed) {
    this.#addresses = addresses;
    this.#changed = changed;
    if (addresses.live) this.#listen();
  }

  /**
   * Reads what there are addresses for; the rest is the page's own to set. A page that wants to stay up to date does not stay with a
   * reading that failed.
   */
  async read() {
    const read = (name) => this.#addresses[name] && json(this.#addresses[name]);
    try {
      const [view, board] = await Promise.all([read('view'), read('board')]);
      this.#reading.done();
      return { view, board };
    } catch (error) {
      if (this.#addresses.live && !this.#stopped) this.#reading.failed();
      throw error;
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

  /** Sends a deed, and reads what it has changed. */
  async send(deed) {
    const post = postOf(deed, this.#addresses.deeds);
    if (!post) return;
    const [address, request] = post;
    const response = await fetch(address, request);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    await this.#changed();
  }

  stop() {
    this.#stopped = true;
    this.#listening.done();
    this.#reading.done();
    this.#events?.close();
  }

  #listen() {
    const events = new EventSource(this.#addresses.live);
    this.#events = events;
    events.addEventListener('changed', () => this.#changed());
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

/** What an address answers; null where it has nothing for this viewer. */
async function json(address) {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}
