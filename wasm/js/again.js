/** Again: what has failed is tried again after a while, and after a longer one each time that it fails. */

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export class Again {
  #work;
  #wait = FIRST_WAIT_MS;
  #timer;

  /** @param {() => void} work what is tried */
  constructor(work) {
    this.#work = work;
  }

  /** It has failed. */
  failed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#work, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  /** It has worked, or nobody wants it any more. */
  done() {
    clearTimeout(this.#timer);
    this.#wait = FIRST_WAIT_MS;
  }
}
