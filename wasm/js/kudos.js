/** `<known-for-kudos>`: thanks to a colleague, in two clicks. */
import { KnownForElement } from './element.js';

export class KnownForKudos extends KnownForElement {
  #chosen;
  #stage = 'ready';
  #to;

  shown() {
    return this.#colleague() && (this.source.view ?? this.source);
  }

  draw(drawing, _shown, words) {
    const { to, name, topics } = this.#colleague();
    // Somebody else is somebody else to thank.
    if (this.#to !== to) [this.#to, this.#chosen, this.#stage] = [to, undefined, 'ready'];
    drawing.kudos({ name, topics, chosen: this.#chosen, stage: this.#stage }, words);
  }

  clicked({ topic, thank }) {
    if (this.#stage === 'sending') return;
    const { topics } = this.#colleague();
    const asking = this.#stage === 'asking';
    if (topic !== undefined) {
      this.#chosen = this.#chosen === topic ? undefined : topic;
      // Thank was pressed before: this is what for.
      if (asking && this.#chosen !== undefined) this.#send();
      else this.#show(asking ? 'asking' : 'ready');
    } else if (thank !== undefined) {
      if (this.#chosen !== undefined || asking || topics.length === 0) this.#send();
      else this.#show('asking');
    }
  }

  async #send() {
    const detail = { to: this.#to, topic: this.#chosen ?? null };
    this.#show('sending');
    const sent = await this.do('thank', detail);
    // By now it may be somebody else who is to be thanked here.
    if (this.#to !== detail.to) return;
    if (sent) this.#chosen = undefined;
    this.#show(sent ? 'sent' : 'failed');
  }

  #show(stage) {
    this.#stage = stage;
    this.redraw();
  }

  /** Whom to thank: the one that the attributes name, else the colleague whose view is shown; nobody thanks themselves. */
  #colleague() {
    if (!this.source) return undefined;
    const { view } = this.source;
    const to = this.getAttribute('to') ?? (view?.own === false ? view.member : undefined);
    if (!to) return undefined;
    const shown = view?.member === to ? view : undefined;
    return { to, name: this.getAttribute('name') ?? shown?.name ?? to, topics: shown?.topics ?? [] };
  }
}
