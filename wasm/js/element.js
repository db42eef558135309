/** The class that the drawn elements share: find a source, draw what it has, leave the page's own content where there is nothing. */
import { Answers } from './answers.js';
import { Links } from './links.js';
import { keepSeeking, sourceOf } from './seeking.js';
import { adoptProperty, KnownForSource } from './source.js';
import { styles } from './styles.js';
import { drawModule } from './wasm.js';
import { localeOf, Words } from './words.js';

export class KnownForElement extends HTMLElement {
  static observedAttributes = ['source', 'edit-href', 'do-href', 'person-href', 'hide-join', 'challenge', 'to', 'name'];

  /** The addresses that the page gave this element. */
  links = new Links(this);

  #internals = this.attachInternals();
  #answers;
  #source;
  #texts;
  #drawing;
  #of;
  #from;
  #queued = false;
  #failed = false;
  /** The deeds on their way, by what they say. */
  #underway = new Map();
  #misled;
  #stopSeeking;
  #stopWatching;

  /** The source this element shows, or nothing while there is none. */
  get source() {
    return this.#source;
  }

  /** Texts that replace the English ones, for this element; see `texts.js`. */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.redraw();
  }

  connectedCallback() {
    adoptProperty(this, 'texts');
    this.#stopSeeking = keepSeeking(() => this.#seek());
  }

  disconnectedCallback() {
    this.#stopSeeking();
    this.#stopWatching?.();
    this.#stopWatching = this.#source = undefined;
    // An element that is only moved is connected again by then, and keeps its drawing.
    queueMicrotask(() => this.isConnected || this.#freeDrawing());
  }

  attributeChangedCallback(name) {
    if (!this.isConnected) return;
    if (name === 'source') this.#seek();
    this.redraw();
  }

  /** Draws again soon, once for all that changes now. */
  async redraw() {
    if (this.#queued) return;
    this.#queued = true;
    await null;
    this.#queued = false;
    const shown = this.shown();
    const module = shown && (await drawModule());
    if (!this.isConnected || shown !== this.shown()) return;
    if (module) this.#draw(module, shown);
    else this.#showOwnContent(shown && 'kept');
  }

  /** What of the source this element shows; nothing where there is nothing. */
  shown() {
    return this.#source?.view;
  }

  /** Draws what is shown. Each element has its own. */
  draw(_drawing, _shown, _words) {}

  /** What the focus goes on to when what had it is gone: left to itself, the first that can be pressed. */
  successor(_data) {
    return this.shadowRoot.querySelector('a[href], button');
  }

  /** Answers a click on a link or button in what was drawn, by its `data-…`. Each element has its own. */
  clicked(_data, _event) {}

  /** Follows what is written into a field of what was drawn. Each element has its own. */
  typed(_text) {}

  /** Answers a form in what was drawn that was sent. Each element has its own. */
  submitted(_form) {}

  /** What can be asked about what is shown, and what was answered, as the drawing takes it. */
  asked(shown) {
    return this.#answers.told(this.#source, shown);
  }

  /** Tells the page; false where it has said that it takes care of it. */
  dispatch(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /**
   * Does what a member has chosen: tells the page as the event `known-for-` and the deed's name, and where that does not take care of
   * it, the source. False where it could not be done. The same again while the first is on its way is the first.
   */
  do(deed, detail) {
    const [underway, said] = [this.#underway, JSON.stringify([deed, detail])];
    const doing = underway.get(said) ?? this.#do(deed, detail).finally(() => underway.delete(said));
    underway.set(said, doing);
    return doing;
  }

  async #do(deed, detail) {
    return !this.dispatch(`known-for-${deed}`, detail) || ((await this.#source?.send({ deed, detail })) ?? true);
  }

  /** Waits for what a member has chosen to be done, and says below what is drawn where it could not be, until the next time. */
  async attempt(doing) {
    this.#fail(false);
    const done = await doing;
    this.#fail(!done);
    return done;
  }

  #fail(failed) {
    if (this.#failed === failed) return;
    this.#failed = failed;
    this.redraw();
  }

  #seek() {
    const found = this.#find();
    const source = found instanceof KnownForSource ? found : undefined;
    // Loaded beside what the source reads, not after it.
    if (source) drawModule();
    if (source === this.#source && this.#stopWatching) return;
    this.#stopWatching?.();
    this.#source = source;
    this.#stopWatching = source?.watch(() => this.redraw());
    this.redraw();
  }

  /** The source, or nothing; also where the page selects it in a way that nobody understands, which is told once. */
  #find() {
    try {
      return sourceOf(this);
    } catch (error) {
      const selector = this.getAttribute('source');
      if (this.#misled !== selector) this.dispatch('known-for-error', { error });
      this.#misled = selector;
      return undefined;
    }
  }

  #draw(module, shown) {
    try {
      this.#forget(shown.member ?? shown.board);
      this.#drawing ??= new module.Drawing(this.#root());
      const focused = this.shadowRoot.activeElement;
      const words = new Words(localeOf(this), [this.#texts, this.#source.texts]);
      this.draw(this.#drawing, shown, words);
      this.#showFailure(words);
      this.#mark('drawn');
      if (focused && !focused.isConnected) this.#focus(this.successor(focused.dataset));
    } catch (error) {
      this.#showOwnContent('kept');
      this.#source.fail(error);
    }
  }

  /**
   * Begins anew where somebody else, another board or another source is shown: what is different then is no news, no answer, and no
   * deed that is on its way.
   */
  #forget(of) {
    if (this.#of === of && this.#from === this.#source) return;
    [this.#of, this.#from] = [of, this.#source];
    this.#answers = new Answers(() => this.redraw());
    this.#underway = new Map();
    this.#freeDrawing();
  }

  /** Moves the focus to what follows, else to this element: one who goes by keyboard goes on from here and not from the page's top. */
  #focus(next) {
    if (next) {
      next.focus();
      return;
    }
    this.tabIndex = -1;
    this.addEventListener('blur', () => this.removeAttribute('tabindex'), { once: true });
    this.focus({ preventScroll: true });
  }

  #showFailure(words) {
    const said = this.shadowRoot.querySelector('[role=alert]');
    if (!this.#failed) said?.remove();
    if (!this.#failed || said) return;
    const alert = document.createElement('p');
    alert.className = 'failed';
    alert.part = 'said';
    alert.role = 'alert';
    alert.textContent = words.say('do-failed', {});
    this.shadowRoot.append(alert);
  }

  /** The shadow root. There is none before the first drawing, so that until then the page's own content simply shows. */
  #root() {
    if (this.shadowRoot) return this.shadowRoot;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    // What happens in the page's own content passes through here while that is shown, and is the page's.
    const hear = (name, answer, capture = false) =>
      root.addEventListener(name, (event) => event.target.getRootNode() === root && answer(event), capture);
    hear('click', (event) => {
      const target = event.target.closest('a, button[type=button]');
      if (target) this.clicked(target.dataset, event);
    });
    hear('input', ({ target }) => this.typed(target.value));
    hear('submit', (event) => {
      event.preventDefault();
      this.submitted(event.target);
    });
    // It does not bubble, but is seen on its way down.
    hear('toggle', ({ target }) => this.#toggled(target), true);
    return root;
  }

  #toggled(details) {
    if (details.open && details.dataset.ask) this.#answers.ask(this.#source, { ...details.dataset });
  }

  /**
   * Says to the page's style sheets whether its own content is still seen: no longer, `:state(drawn)`, or still, because nothing can
   * be drawn, `:state(kept)`.
   */
  #mark(state) {
    try {
      this.#internals.states?.clear();
      if (state) this.#internals.states?.add(state);
    } catch {
      // Browsers of before 2024 take other names, and know no `:state()`.
    }
  }

  #showOwnContent(state) {
    this.#mark(state);
    this.shadowRoot?.replaceChildren(document.createElement('slot'));
    this.#freeDrawing();
  }

  /**
   * Frees the drawing. The WebAssembly module holds the shadow root of every drawing, and a shadow root its element, so the browser can
   * collect neither before this.
   */
  #freeDrawing() {
    const drawing = this.#drawing;
    this.#drawing = undefined;
    drawing?.free();
  }
}
