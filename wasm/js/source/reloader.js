/** Reloader: loads one thing at a time. Requests made during a load are answered by one more load after it. */
export class Reloader {
  #load;
  #isWanted = false;
  /** Resolves when no load is running any more; undefined if none is. */
  running;

  /** @param {() => Promise<void>} load loads it; must not reject */
  constructor(load) {
    this.#load = load;
  }

  /** Loads it once more. The promise resolves when no load is running any more. */
  reload() {
    this.#isWanted = true;
    this.running ??= this.#run();
    return this.running;
  }

  async #run() {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#load();
    }
    this.running = undefined;
  }
}
