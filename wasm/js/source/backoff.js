/** Backoff: tries something again after a failure, and waits twice as long after each further one. */

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export class Backoff {
  #attempt;
  #wait = FIRST_WAIT_MS;
  #timer;

  /** @param {() => void} attempt what to try again */
  constructor(attempt) {
    this.#attempt = attempt;
  }

  /** Plans the next attempt, after a failure. */
  failed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#attempt, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  /** Cancels the next attempt, after a success or when nobody needs it any more. */
  reset() {
    clearTimeout(this.#timer);
    this.#wait = FIRST_WAIT_MS;
  }
}
