/**
 * The class that all drawn elements extend: finds a source, draws what it has, and leaves the page's own content if
 * it has nothing.
 */
import { HostElement, setAttribute } from '../host.js';
import { awayStyles, loadParts, styles } from '../look/styles.js';
import { followSources, sourceOf } from '../source/source-lookup.js';
import { KnownForSource } from '../source/source.js';
import { followLanguage, localeOf, textsOf } from '../texts/languages.js';
import { Words } from '../texts/words.js';
import { drawModule } from '../wasm.js';
import { AnswerCache } from './answer-cache.js';
import { deedFailed, loadFailed } from './failures.js';
import { Links } from './links.js';

/**
 * What all drawn elements have.
 *
 * @attr {string} source - a selector of its source; by default the nearest one
 * @attr {string} heading-level - 1 to 6 makes the title a heading of this level; by default it labels its group
 * @slot - the page's own content, shown until the element is drawn, and whenever there is nothing to draw
 * @fires known-for-error - drawing or a deed failed, or the selector is invalid: `{ error }`
 * @csspart card - the frame
 * @csspart title - the heading
 * @csspart said - the outcome of a deed, or that nothing could be loaded
 * @csspart again - the button that loads it again
 * @cssprop --known-for-accent - buttons and links
 * @cssprop --known-for-on-accent - text on that colour
 * @cssprop --known-for-muted - secondary text
 * @cssprop --known-for-line - hairlines
 * @cssprop --known-for-edge - the outline of what can be pressed or filled in
 * @cssprop --known-for-surface - the ground of a badge on the way
 * @cssprop --known-for-tint - the background of what is chosen
 * @cssprop --known-for-warm - what comes from colleagues
 * @cssprop --known-for-warm-tint - its background
 * @cssprop --known-for-voice - the font of what is said of people
 * @cssprop --known-for-radius - corners
 * @cssprop --known-for-space - the space between things
 * @cssstate drawn - the element is drawn, by itself or by a server
 * @cssstate loading - its source is loading, and the page's own content shows
 * @cssstate failed - its source could not be loaded; a button below the page's own content tries again
 * @cssstate kept - there is something to draw, but it cannot be drawn
 */
export class KnownForElement extends HostElement {
  static observedAttributes = ['source'];
  static properties = ['source', 'texts'];
  /** Whether the style of every drawing is not enough for this one. */
  static hasParts = false;

  static {
    this.reflect(['heading-level']);
  }

  /**
   * The addresses that the page gave this element.
   *
   * @protected
   */
  links = new Links(this);

  #internals = this.attachInternals();
  #answers;
  #source;
  #texts;
  #drawing;
  /** Whether the shadow root, if there is one, is in the element's hands, and no longer as a server has drawn it. */
  #hasRoot = false;
  /** Whether its source has begun to load. Until then, a source that has nothing to show says nothing. */
  #hasSeenLoading = false;
  /** The member or board drawn, and the source it came from. */
  #subject;
  #drawnSource;
  #isQueued = false;
  #hasFailed = false;
  /** The button that is being answered. */
  #pressed;
  /** The deeds that are not answered yet, by their JSON. */
  #pending = new Map();
  #reportedSelector;
  #stopFollowing;
  #stopFollowingLanguage;
  #stopWatching;

  /**
   * The source that this element shows, or undefined while there is none. To choose another, set a selector: it
   * becomes the attribute.
   *
   * @type {KnownForSource | string | undefined}
   */
  get source() {
    return this.#source;
  }

  set source(selector) {
    setAttribute(this, 'source', selector);
  }

  /**
   * Texts that replace those of the language in this element. `texts/en.js` has all keys.
   *
   * @type {Texts | undefined}
   */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.redraw();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stopFollowing = followSources(() => this.#findSource());
    this.#stopFollowingLanguage = followLanguage(this, () => this.redraw());
  }

  disconnectedCallback() {
    this.#stopFollowing();
    this.#stopFollowingLanguage();
    this.#stopWatching?.();
    this.#stopWatching = this.#source = undefined;
    // An element that is only moved is connected again by then, and keeps its drawing.
    queueMicrotask(() => this.isConnected || this.#freeDrawing());
  }

  /** Moved into another document, as into that of a frame. */
  adoptedCallback() {
    if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = styles(this.ownerDocument);
    this.redraw();
  }

  attributeChangedCallback(name) {
    if (!this.isConnected) return;
    if (name === 'source') this.#findSource();
    this.redraw();
  }

  /**
   * Draws again soon, once for all that changes now.
   *
   * @protected
   */
  async redraw() {
    if (this.#isQueued) return;
    this.#isQueued = true;
    await null;
    this.#isQueued = false;
    const shown = this.shown();
    const locale = localeOf(this);
    const hasWords = shown || this.#source?.stateOf(this.loads) === 'failed';
    const [module, texts] = await Promise.all([
      shown && drawModule(),
      hasWords && textsOf(locale),
      shown && this.#isServerDrawn && this.completed(shown),
      shown && this.#partsLoaded(),
    ]);
    // Then another drawing follows.
    if (!this.isConnected || shown !== this.shown() || locale !== localeOf(this)) return;
    const words = new Words(locale, [this.#texts, this.#source?.texts, texts]);
    if (module) this.#draw(module, shown, words);
    else this.#showOwnContent(shown ? 'kept' : this.#source?.stateOf(this.loads), words);
  }

  /**
   * What this element shows of its source; undefined or null for nothing. Elements override it.
   *
   * @protected
   */
  shown() {
    return this.#source?.view;
  }

  /**
   * The part of its source that this element shows; undefined if it shows nothing while that is loading.
   *
   * @protected
   */
  get loads() {
    return 'view';
  }

  /**
   * Asks for what belongs to the drawing beside what is shown. A server has drawn that already, so its drawing stays
   * until the promise resolves. Elements override it.
   *
   * @protected
   */
  async completed(_shown) {}

  /**
   * Draws what is shown. Elements override it.
   *
   * @protected
   */
  draw(_drawing, _shown, _words) {}

  /**
   * What the page's style sheets are told of the drawing beside that it is there. Elements override it.
   *
   * @protected
   */
  get states() {
    return [];
  }

  /**
   * Takes space or none, for a drawing that may have nothing to show.
   *
   * @protected
   */
  show(isShown) {
    this.shadowRoot.adoptedStyleSheets = (isShown ? styles : awayStyles)(this.ownerDocument);
  }

  /**
   * What gets the focus when the focused control is gone from the drawing, by default the first one. Elements
   * override it.
   *
   * @protected
   */
  successor(_data) {
    return this.shadowRoot.querySelector('a[href], button');
  }

  /**
   * Answers a click on a link or button in the drawing, by its `data-…`. Elements override it.
   *
   * @protected
   */
  clicked(_data, _event) {}

  /**
   * Follows the text in a field of the drawing while it is written. Elements override it.
   *
   * @protected
   */
  typed(_text) {}

  /**
   * Answers a form in the drawing. Elements override it.
   *
   * @protected
   */
  submitted(_form) {}

  /**
   * What can be asked about what is shown and what has been answered, as the drawing takes it.
   *
   * @protected
   */
  asked(shown) {
    return this.#answers.forDrawing(this.#source, shown);
  }

  /**
   * Dispatches an event. False if the page has called `preventDefault()`.
   *
   * @protected
   */
  dispatch(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /**
   * Does what a member has chosen: dispatches `known-for-` and the deed's name, and unless the page handles that,
   * sends it to the source. Resolves to false if it failed. A deed that is still pending is not sent a second time.
   *
   * @protected
   */
  do(deed, detail) {
    const [pending, key] = [this.#pending, JSON.stringify([deed, detail])];
    const doing = pending.get(key) ?? this.#do(deed, detail).finally(() => pending.delete(key));
    pending.set(key, doing);
    return doing;
  }

  async #do(deed, detail) {
    return !this.dispatch(`known-for-${deed}`, detail) || ((await this.#source?.send({ deed, detail })) ?? true);
  }

  /**
   * Waits for a deed, as does the button that was pressed for it, and shows a message below the drawing if it failed.
   * The message stays until the next attempt.
   *
   * @protected
   */
  async attempt(doing) {
    const pressed = this.#pressed;
    pressed?.setAttribute('aria-busy', 'true');
    this.#setFailed(false);
    const done = await doing;
    pressed?.removeAttribute('aria-busy');
    this.#setFailed(!done);
    return done;
  }

  #setFailed(hasFailed) {
    if (this.#hasFailed === hasFailed) return;
    this.#hasFailed = hasFailed;
    this.redraw();
  }

  #findSource() {
    const found = this.#select();
    const source = found instanceof KnownForSource ? found : undefined;
    // Loaded while the source loads its data, not after it.
    if (source) {
      drawModule();
      textsOf(localeOf(this));
      this.#partsLoaded();
    }
    if (source === this.#source && this.#stopWatching) return;
    this.#stopWatching?.();
    this.#source = source;
    this.#stopWatching = source?.watch(() => this.redraw());
    this.redraw();
  }

  /** Resolves once the style is there, or cannot be loaded: a drawing without it is still of use. */
  async #partsLoaded() {
    if (this.constructor.hasParts) await loadParts().catch((error) => this.#source?.fail(error));
  }

  /** The element selected as the source, or undefined. A selector that is invalid is reported, once. */
  #select() {
    try {
      return sourceOf(this);
    } catch (error) {
      const selector = this.getAttribute('source');
      if (this.#reportedSelector !== selector) this.dispatch('known-for-error', { error });
      this.#reportedSelector = selector;
      return undefined;
    }
  }

  #draw(module, shown, words) {
    try {
      this.#forgetOther(shown === this.#source ? undefined : (shown.member ?? shown.board));
      this.#drawing ??= this.#startDrawing(module);
      this.#drawing.headingLevel = this.#headingLevel();
      const focused = this.shadowRoot.activeElement;
      this.draw(this.#drawing, shown, words);
      this.#showFailure(words);
      this.#setState('drawn', ...this.states);
      // What has moved in the drawing has lost the focus, too.
      if (focused && focused !== this.shadowRoot.activeElement)
        this.#focus(focused.isConnected ? focused : this.successor(focused.dataset));
    } catch (error) {
      this.#showOwnContent('kept');
      this.#source.fail(error);
    }
  }

  /**
   * Starts afresh for another member, board or source: a difference from the last drawing is no news then, and
   * answers do not apply.
   */
  #forgetOther(subject) {
    if (this.#subject === subject && this.#drawnSource === this.#source) return;
    [this.#subject, this.#drawnSource] = [subject, this.#source];
    this.#answers = new AnswerCache(() => this.redraw());
    this.#pending = new Map();
    this.#freeDrawing();
  }

  /** The level of heading that the page gives the title, 1 to 6; undefined for none. */
  #headingLevel() {
    const level = Number(this.getAttribute('heading-level'));
    return Number.isInteger(level) && level >= 1 && level <= 6 ? level : undefined;
  }

  /**
   * Moves the focus to the next control, or to this element, so that a keyboard user goes on from here and not from
   * the page's top.
   */
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
    const message = this.shadowRoot.querySelector('[role=alert]');
    if (!this.#hasFailed) message?.remove();
    if (!this.#hasFailed || message) return;
    this.shadowRoot.append(deedFailed(words));
  }

  /** A drawing that goes on from a server's, if there is one: it stands between a link to our style and a form. */
  #startDrawing(module) {
    const isServerDrawn = this.#isServerDrawn;
    const root = this.#root();
    const [link, found, form] = isServerDrawn ? root.children : [];
    link?.remove();
    form?.remove();
    root.adoptedStyleSheets = styles(this.ownerDocument);
    return new module.Drawing(root, found);
  }

  /** Whether a server has drawn this element, and it has not taken the drawing over. */
  get #isServerDrawn() {
    return Boolean(this.shadowRoot) && !this.#hasRoot;
  }

  /** The shadow root. It is attached by the first drawing: until then the page's own content simply shows. */
  #root() {
    if (this.#hasRoot) return this.shadowRoot;
    this.#hasRoot = true;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = styles(this.ownerDocument);
    // Events from the page's own content pass through the slot, and belong to the page.
    const listen = (name, answer, capture = false) =>
      root.addEventListener(name, (event) => event.target.getRootNode() === root && answer(event), capture);
    listen('click', (event) => {
      const target = event.target.closest('a, button[type=button]');
      this.#pressed = target;
      if (target?.dataset.again) this.#source?.refresh();
      else if (target) this.clicked(target.dataset, event);
      this.#pressed = undefined;
    });
    listen('input', ({ target }) => this.typed(target.value));
    listen('submit', (event) => {
      event.preventDefault();
      this.submitted(event.target);
    });
    // `toggle` does not bubble, but can be captured.
    listen('toggle', ({ target }) => this.#toggled(target), true);
    return root;
  }

  #toggled(details) {
    if (details.open && details.dataset.ask) this.#answers.ask(this.#source, { ...details.dataset });
  }

  /**
   * Tells the page's style sheets whether its own content shows: no longer (`:state(drawn)`), or still. Then the
   * source is loading (`loading`), it could not be loaded (`failed`), or what it has cannot be drawn (`kept`).
   */
  #setState(state, ...more) {
    if (state === 'loading') this.ariaBusy = 'true';
    else if (this.ariaBusy) this.ariaBusy = null;
    try {
      this.#internals.states?.clear();
      if (state) for (const each of [state, ...more]) this.#internals.states?.add(each);
    } catch {
      // Browsers from before 2024 accept only names that begin with two dashes, and do not know `:state()`.
    }
  }

  #showOwnContent(state, words) {
    // What a server has drawn stays until the source has loaded, and if it cannot be taken over.
    this.#hasSeenLoading ||= state === 'loading';
    if (this.#isServerDrawn && (state || !this.#hasSeenLoading)) {
      this.#setState('drawn');
      return;
    }
    this.#setState(state);
    this.#freeDrawing();
    const own = document.createElement('slot');
    if (state === 'failed') this.#root().replaceChildren(own, loadFailed(words));
    else if (this.shadowRoot) this.#root().replaceChildren(own);
  }

  /**
   * Frees the drawing. The WebAssembly module holds the shadow root of each drawing, and the shadow root its
   * element, so until then the browser cannot collect them.
   */
  #freeDrawing() {
    const drawing = this.#drawing;
    this.#drawing = undefined;
    drawing?.free();
  }
}
