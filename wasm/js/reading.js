/** Reading: what is asked for while it is read is read once more, when that has ended. */
export class Reading {
  #read;
  #wanted = false;
  /** Ends when nothing is being read any more; nothing where that is so. */
  running;

  /** @param {() => Promise<void>} read reads it, and does not fail */
  constructor(read) {
    this.#read = read;
  }

  /** Reads it from now on. The promise ends when that is done. */
  again() {
    this.#wanted = true;
    this.running ??= this.#run();
    return this.running;
  }

  async #run() {
    while (this.#wanted) {
      this.#wanted = false;
      await this.#read();
    }
    this.running = undefined;
  }
}
