/**
 * Styles: constructed style sheets for all elements of a document, which a strict content security policy allows. What
 * only some elements need is in `parts.js`, and loaded by them. The package has the same texts as `elements.css`, for
 * what a server draws.
 *
 * The page's font, text size and text colour are used as they are; only what is said of people has a face of its own.
 * Muted text, lines and surfaces are mixed from the text colour, so they suit any page, light or dark. Lengths are in
 * `em`, because `rem` is the size of the page's root, which may be anything. A page changes the look with
 * `--known-for-accent` and the other properties in the README, and with `::part(…)`.
 *
 * What a page does not set is worked out from colours that it has, by their luminance `y`. Contrast with black and with
 * white is the same at 0.179, so on a colour that is darker white is the more readable.
 */

/** 0 for dark text, which stands on a light page, and 1 for light text. */
const IS_LIGHT = 'clamp(0, (y - 0.179) * 9999, 1)';

/** A colour for a page with dark text and one for a page with light text: CSS that chooses by the colour of the text. */
function byText(dark, light) {
  const [from, to] = [dark, light].map(xyz);
  const channels = from.map((value, index) => `calc(${value} + ${(to[index] - value).toFixed(4)} * ${IS_LIGHT})`);
  return `color(from currentColor xyz-d65 ${channels.join(' ')} / 1)`;
}

/** A colour such as `#06555c` in the colour space in which `y` is its luminance. */
function xyz(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const channel = (...shares) => Number((shares[0] * red + shares[1] * green + shares[2] * blue).toFixed(4));
  return [
    channel(0.4124, 0.3576, 0.1805),
    channel(0.2126, 0.7152, 0.0722),
    channel(0.0193, 0.1192, 0.9505),
  ];
}

/** The style of every drawing, and of all in the elements that a page shows first: sentence, steps and figures. */
export const css = `
:host {
  display: block;
  text-wrap: pretty;
  --accent: var(--known-for-accent, #06555c);
  --on-accent: var(--known-for-on-accent, #fff);
  --accent-behind: var(--accent);
  --warm: var(--known-for-warm, #813b1e);
  --muted: var(--known-for-muted, color-mix(in srgb, currentColor 80%, transparent));
  --line: var(--known-for-line, color-mix(in srgb, currentColor 16%, transparent));
  --edge: var(--known-for-edge, color-mix(in srgb, currentColor 56%, transparent));
  --surface: var(--known-for-surface, color-mix(in srgb, currentColor 2.5%, transparent));
  --tint: var(--known-for-tint, color-mix(in srgb, var(--accent) 9%, transparent));
  --warm-tint: var(--known-for-warm-tint, color-mix(in srgb, var(--warm) 9%, transparent));
  --track: color-mix(in srgb, currentColor 13%, transparent);
  --radius: var(--known-for-radius, 0.5em);
  --space: var(--known-for-space, 1em);
  --voice: var(--known-for-voice, "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Source Serif 4", "Noto Serif", Georgia, serif);
  --ease: cubic-bezier(0.22, 0.8, 0.24, 1);
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --accent: var(--known-for-accent, light-dark(#06555c, #80d4d0));
    --on-accent: var(--known-for-on-accent, light-dark(#fff, #031a1e));
    --warm: var(--known-for-warm, light-dark(#813b1e, #ecb687));
  }
}
@supports (color: color(from currentColor xyz-d65 x y z / 1)) {
  :host {
    --accent: var(--known-for-accent, ${byText('#06555c', '#80d4d0')});
    --on-accent: var(--known-for-on-accent, color(from var(--accent) xyz-d65 clamp(0, (0.179 - y) * 9999, 0.9505) clamp(0, (0.179 - y) * 9999, 1) clamp(0, (0.179 - y) * 9999, 1.089) / 1));
    --warm: var(--known-for-warm, ${byText('#813b1e', '#ecb687')});
    /* The accent where the text on it has the colour for that: light text where the page's is dark. */
    --accent-behind: var(--known-for-accent, ${byText('#80d4d0', '#06555c')});
  }
}
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
/* A text of the page's data runs in the direction of its own first letter, and begins where the page's texts begin. */
:not(:has(*), .facts > *, .title > *, .evidence p > *), .lead > .title, .evidence p { unicode-bidi: plaintext; }
p, li, summary, caption, label, .link, th, td { text-align: -webkit-match-parent; text-align: match-parent; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }

/* A rule above, space below: a box stands only around what has arrived. */
.card { padding-block-start: calc(var(--space) * 0.625); border-block-start: 1px solid; line-height: 1.5; overflow-wrap: anywhere; }
.title { font-weight: 600; font-size: 0.9375em; text-wrap: balance; }
.label { font-size: 0.8125em; font-weight: 550; color: var(--muted); }
.quiet { font-size: 0.9375em; color: var(--muted); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.topics { container-type: inline-size; }

/* What a member is known for: the word in the voice of people, and below it the thread. */
.topics.lead > .title, .lead.title, .known, .ask { font-family: var(--voice); font-weight: 400; }
.topics.lead > .title, .lead.title { font-size: clamp(2.125em, 1.2em + 4.4cqi, 4em); line-height: 1.1; letter-spacing: -0.02em; overflow-wrap: break-word; hyphens: auto; }
.topics.lead { border: 0; padding: 0; }
.known { position: relative; display: inline-block; max-inline-size: 100%; padding-block-end: 0.2em; line-height: 1.05; }
.known.claimed { font-style: italic; color: var(--muted); }
.thread { position: absolute; inset-inline: 0; inset-block-end: 0; inline-size: 100%; block-size: 0.2em; overflow: visible; fill: none; stroke: var(--warm); stroke-width: max(0.9px, 0.021em); stroke-linecap: round; }
.thread path { vector-effect: non-scaling-stroke; }
.topics.lead > .evidence { margin-block-start: calc(var(--space) * 1.5); font-size: 1.0667em; max-inline-size: 40em; }
/* Who says so and what shows it: faces, and a sentence for each. */
.evidence { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375em 0.875em; min-inline-size: 0; font-size: 0.9375em; }
.evidence p { flex: 1 1 14em; min-inline-size: 0; }
.muted { color: var(--muted); }
.so { font-weight: 550; }
.faces { display: flex; flex: none; gap: 0.25em; }
.portrait { display: grid; place-items: center; inline-size: 2.25em; block-size: 2.25em; border-radius: 50%; object-fit: cover; background: var(--cloth); color: #fff; font-size: 0.875em; font-weight: 600; line-height: 1; }
[data-cloth] { --cloth: var(--known-for-cloth-0, #013c41); }
[data-cloth="1"] { --cloth: var(--known-for-cloth-1, #213355); }
[data-cloth="2"] { --cloth: var(--known-for-cloth-2, #581e23); }
[data-cloth="3"] { --cloth: var(--known-for-cloth-3, #1f3b27); }
[data-cloth="4"] { --cloth: var(--known-for-cloth-4, #412a48); }
[data-cloth="5"] { --cloth: var(--known-for-cloth-5, #42301c); }
.large { display: grid; margin-block-start: calc(var(--space) * 0.5); }
.topic { display: grid; gap: 0.25em calc(var(--space) * 2); align-items: center; padding-block: var(--space); border-block-end: 1px solid var(--line); min-inline-size: 0; }
.large .known { font-size: clamp(1.75em, 1em + 5cqi, 4.5em); letter-spacing: -0.025em; overflow-wrap: break-word; hyphens: auto; }
.topics .rows .known { font-size: 1.3125em; }
.topics .rows .topic { border-block-end: 0; }
.said-of { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.25em 1em; min-inline-size: 0; }
@container (min-width: 38em) { .large .topic { grid-template-columns: minmax(0, 7fr) minmax(0, 4fr); } }

button, a, summary { font: inherit; border-radius: 0.25em; }
button { cursor: pointer; }
a, .link, summary { color: var(--accent); }
.link { background: none; border: 0; padding: 0; text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: 0.2em; }
.link:hover, .link:focus-visible { text-decoration-color: currentColor; }
.primary, .secondary { display: inline-flex; align-items: center; justify-content: center; min-block-size: 2.75em; padding: 0.375em 1.25em; border: 1px solid; border-radius: calc(var(--radius) / 2); text-decoration: none; font-weight: 550; }
.primary { background: var(--accent-behind); border-color: var(--accent-behind); color: var(--on-accent); }
.secondary { background: none; color: var(--accent); }
.primary:hover { background: color-mix(in srgb, var(--accent-behind) 88%, color(from currentColor xyz-d65 calc(0.9505 - x) calc(1 - y) calc(1.089 - z) / 1)); }
.secondary:hover { background: var(--tint); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.primary:focus-visible { outline-color: var(--accent-behind); }
summary { cursor: pointer; inline-size: fit-content; }
summary:not(.exhibit) { display: flex; align-items: center; gap: 0.6em; min-block-size: 2.25em; list-style: none; font-size: 0.9375em; }
summary::-webkit-details-marker { display: none; }
summary:not(.exhibit)::before { content: ''; flex: none; inline-size: 0.45em; block-size: 0.45em; border: solid; border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
:host(:dir(rtl)) summary:not(.exhibit)::before { transform: rotate(135deg); }
details[open] > summary:not(.exhibit)::before { transform: rotate(45deg); }

.currencies { display: flex; flex-wrap: wrap; gap: var(--space) calc(var(--space) * 2); margin-block-start: 0.75em; }
.total { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5em; }
.figure { font-size: 2em; line-height: 1.2; letter-spacing: -0.015em; font-variant-numeric: tabular-nums; }
.unit { color: var(--muted); }
.climb { margin-block-start: var(--space); }
.level { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.25em 1em; }
.level strong { font-weight: 600; }
.steps { border-block-start-width: 2px; }
.steps .title { font-size: 0.8125em; font-weight: 550; color: var(--muted); }
.ask { font-size: clamp(1.375em, 1.2em + 0.7vi, 1.875em); line-height: 1.2; margin-block: 0.3em 0.35em; text-wrap: balance; }
.do { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375em 1.5em; margin-block-start: var(--space); }
.do:empty { margin: 0; }
.not-for-me { font-size: 0.9375em; margin-block-start: 0.75em; }

.facts > span:not(:last-child)::after { content: '\\00a0· '; content: '\\00a0· ' / ''; }
.rung { display: inline-flex; align-items: baseline; gap: 0.5em; font-size: 0.9375em; color: var(--muted); }
.rung svg { flex: none; inline-size: 1.15em; block-size: 0.86em; }
.rung rect { fill: none; stroke: var(--edge); stroke-width: 1.6; }
.rung .on { fill: var(--accent); stroke: var(--accent); }
.why { font-size: 0.9375em; }
.why > :not(summary) { margin-block-start: 0.375em; padding-inline-start: 0.75em; border-inline-start: 2px solid var(--line); }
.why .quiet { font-size: 1em; }
.why > .parts { color: var(--muted); }
.parts { display: grid; gap: 0.25em; }
.reason { display: grid; gap: 0.25em; color: var(--muted); }

.rows { display: grid; margin-block-start: 0.375em; }
.rows > li { padding-block: 0.75em; min-inline-size: 0; }
.rows > li + li { border-block-start: 1px solid var(--line); }
.rows > li:first-child { padding-block-start: 0.25em; }
.rows > li:last-child { padding-block-end: 0; }
.topics .open { margin-block-start: calc(var(--space) * 1.2); }
.more { margin-block-start: 0.75em; }
.ask-form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.375em; margin-block-start: var(--space); }
.field-row { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 0.5em 1em; }
.input { font: inherit; color: inherit; flex: 1 1 10em; min-inline-size: 0; padding: 0.5em 0.75em; background: none; border: 1px solid var(--edge); border-radius: calc(var(--radius) / 2); }
/* The one line of a question is a thread that is still straight. */
.topics .input, .experts .input { border-width: 0 0 1px; border-radius: 0; padding-inline: 0; font-family: var(--voice); font-size: 1.3125em; }
.topics.lead .input { font-size: clamp(1.75em, 1.2em + 3cqi, 3.25em); line-height: 1.1; color: var(--accent); border-color: var(--warm); border-width: 0 0 2px; flex-basis: 100%; }
.topics.lead .label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.topics.lead .ask-form { margin-block-start: calc(var(--space) * 2.5); gap: var(--space); max-inline-size: 44em; }

.said { font-weight: 600; }
.again { margin-inline-start: 0.5em; }
.failed { margin: 0.75em 0 0; font-weight: 600; }
/* A button that waits keeps its size: it is drawn in outline. */
.primary[aria-busy="true"] { background: none; border-color: var(--edge); color: var(--muted); cursor: progress; }
.link[aria-busy="true"] { color: var(--muted); text-decoration-style: dotted; cursor: progress; }
[aria-disabled="true"] { opacity: 0.6; cursor: default; }

.entries { display: grid; gap: 0.625em; }
.standing > .why { margin-block-start: var(--space); }
.entry { display: grid; grid-template-columns: 3.5em 1fr auto; gap: 0.125em 0.5em; align-items: baseline; color: inherit; }
.entry .amount { font-variant-numeric: tabular-nums; font-weight: 600; }
.entry .why { grid-column: 2 / -1; font-size: 1em; }

@media (prefers-reduced-motion: no-preference) {
  .thread { animation: drawn 0.9s var(--ease) both; }
  :host(:dir(rtl)) .thread { animation-name: drawn-rtl; }
  @keyframes drawn { from { clip-path: inset(-50% 100% -50% -1%); } to { clip-path: inset(-50% -1%); } }
  @keyframes drawn-rtl { from { clip-path: inset(-50% -1% -50% 100%); } to { clip-path: inset(-50% -1%); } }
}
@media (forced-colors: active) {
  :host { --accent: LinkText; --accent-behind: LinkText; --muted: CanvasText; --line: CanvasText; --edge: CanvasText; --warm: CanvasText; --track: Canvas; --tint: Canvas; --warm-tint: Canvas; }
  .rung .on { fill: CanvasText; stroke: CanvasText; }
  .portrait { border: 1px solid; }
  .primary { background: ButtonFace; border-color: ButtonText; color: ButtonText; }
}
/* What a server has drawn, where no script will answer. */
@media (scripting: none) {
  [data-ask], button[type="button"], .ask-form { display: none; }
  .not-for-me:not(:has([type="submit"])) { display: none; }
}
@media print {
  .portrait { border: 1px solid; color: inherit; }
  /* On paper nothing can be opened. */
  .more::details-content { content-visibility: visible; block-size: auto; }
  .more > summary { display: none; }
  .do, .ask-form, .steps, .said-of button { display: none; }
}
`;

/** By document, its sheets by their text: a sheet belongs to the document that it was made in. */
const sheets = new WeakMap();

/** The module, or a promise of it while it loads. */
let parts;

/** Loads the style of the other elements, once; after a failure, again when it is next needed. */
export async function loadParts() {
  try {
    parts = await (parts ??= import('./parts.js'));
  } catch (error) {
    parts = undefined;
    throw error;
  }
}

/** The sheets of a drawn element in a document. */
export function styles(document) {
  return sheetsOf(document, css, ...(parts?.css ? [parts.css] : []));
}

/** The sheets of an element that shows nothing for now. It takes no space, not even a gap in the page's grid. */
export function awayStyles(document) {
  return [...styles(document), ...sheetsOf(document, ':host { position: absolute; }')];
}

/** The sheets of the source, which takes no space itself. */
export function sourceStyles(document) {
  return sheetsOf(document, ':host { display: contents; }');
}

/** Sheets with these texts; none in a document without a window, which shows nothing. */
function sheetsOf(document, ...texts) {
  const window = document.defaultView;
  if (!window) return [];
  if (!sheets.has(document)) sheets.set(document, new Map());
  const made = sheets.get(document);
  return texts.map((text) => {
    if (!made.has(text)) {
      const sheet = new window.CSSStyleSheet();
      sheet.replaceSync(text);
      made.set(text, sheet);
    }
    return made.get(text);
  });
}
