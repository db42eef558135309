/** `<known-for-kudos>`. */
import { KnownForElement } from './element.js';

/**
 * Thanks to a colleague, in two clicks.
 *
 * @tag known-for-kudos
 * @attr {string} to - the id of the colleague; by default the one shown
 * @attr {string} name - their name
 * @attr {string} naming - who sees the viewer’s name beside the topic if the viewer lets others see it: `private`,
 *   `team`, `company` or `public`; without it, the viewer is not asked
 * @fires known-for-thank - the viewer thanks them: `{ to, topic, named }`
 * @csspart chip - a topic to thank for
 * @csspart naming - the box by which the viewer lets others see their name beside the topic
 * @csspart audience - who would see it
 * @csspart thank-button - thanks
 */
export class KnownForKudos extends KnownForElement {
  static hasParts = true;

  static {
    this.reflect(['to', 'name', 'naming']);
  }

  #chosen;
  #stage = 'ready';
  #to;

  shown() {
    return this.#colleague() && (this.source.view ?? this.source);
  }

  draw(drawing, _shown, words) {
    const { to, name, topics } = this.#colleague();
    // Another colleague: start afresh.
    if (this.#to !== to) [this.#to, this.#chosen, this.#stage] = [to, undefined, 'ready'];
    const naming = this.getAttribute('naming') ?? undefined;
    drawing.kudos({ name, topics, naming, chosen: this.#chosen, stage: this.#stage }, words);
  }

  clicked({ topic, thank }) {
    if (this.#stage === 'sending') return;
    const { topics } = this.#colleague();
    const asking = this.#stage === 'asking';
    if (topic !== undefined) {
      this.#chosen = this.#chosen === topic ? undefined : topic;
      // *Thank* was pressed before, and this answers what for.
      if (asking && this.#chosen !== undefined) this.#send();
      else this.#show(asking ? 'asking' : 'ready');
    } else if (thank !== undefined) {
      if (this.#chosen !== undefined || asking || topics.length === 0) this.#send();
      else this.#show('asking');
    }
  }

  async #send() {
    const named = this.shadowRoot.querySelector('[name=named]')?.checked ?? false;
    const detail = { to: this.#to, topic: this.#chosen ?? null, named };
    this.#show('sending');
    const sent = await this.do('thank', detail);
    // The element may show another colleague now.
    if (this.#to !== detail.to) return;
    if (sent) this.#chosen = undefined;
    this.#show(sent ? 'sent' : 'failed');
  }

  #show(stage) {
    this.#stage = stage;
    this.redraw();
  }

  /**
   * The colleague to thank: the one that the attributes name, else the one whose view is shown. Undefined for one's
   * own view.
   */
  #colleague() {
    if (!this.source) return undefined;
    const { view } = this.source;
    const to = this.getAttribute('to') ?? (view?.own === false ? view.member : undefined);
    if (!to) return undefined;
    const shown = view?.member === to ? view : undefined;
    return { to, name: this.getAttribute('name') ?? shown?.name ?? to, topics: shown?.topics ?? [] };
  }
}
