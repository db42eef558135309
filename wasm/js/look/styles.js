/**
 * Styles: one constructed style sheet for all elements of a document, which a strict content security policy allows. The
 * package has the same text as `elements.css`, for what a server draws.
 *
 * The page's font, text size and text colour are used as they are. Muted text, lines and surfaces are mixed from that
 * colour, so they suit any page, light or dark. Lengths are in `em`, because `rem` is the size of the page's root, which
 * may be anything. A page changes the look with `--known-for-accent`, `--known-for-on-accent`, `--known-for-muted`,
 * `--known-for-line`, `--known-for-surface`, `--known-for-radius`, `--known-for-space` and `::part(…)`.
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

/** A colour such as `#1f5fae` in the colour space in which `y` is its luminance. */
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

/** The style of every drawing. */
export const css = `
:host {
  display: block;
  text-wrap: pretty;
  --accent: var(--known-for-accent, #1f5fae);
  --on-accent: var(--known-for-on-accent, #fff);
  --accent-behind: var(--accent);
  --muted: var(--known-for-muted, color-mix(in srgb, currentColor 74%, transparent));
  --line: var(--known-for-line, color-mix(in srgb, currentColor 16%, transparent));
  --surface: var(--known-for-surface, color-mix(in srgb, currentColor 2.5%, transparent));
  --tint: color-mix(in srgb, var(--accent) 9%, transparent);
  --track: color-mix(in srgb, currentColor 13%, transparent);
  --edge: color-mix(in srgb, currentColor 48%, transparent);
  --field: color-mix(in srgb, currentColor 3%, transparent);
  --radius: var(--known-for-radius, 0.625em);
  --space: var(--known-for-space, 1.25em);
  --bronze: #9a5f2c;
  --silver: #7d8894;
  --gold: #b8860b;
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --accent: var(--known-for-accent, light-dark(#1f5fae, #8fbcf2));
    --on-accent: var(--known-for-on-accent, light-dark(#fff, #0c1d33));
    --bronze: light-dark(#9a5f2c, #d39a66);
    --silver: light-dark(#7d8894, #b4bfca);
    --gold: light-dark(#b8860b, #e4bd4f);
  }
}
@supports (color: color(from currentColor xyz-d65 x y z / 1)) {
  :host {
    --accent: var(--known-for-accent, ${byText('#1f5fae', '#8fbcf2')});
    --on-accent: var(--known-for-on-accent, color(from var(--accent) xyz-d65 clamp(0, (0.179 - y) * 9999, 0.9505) clamp(0, (0.179 - y) * 9999, 1) clamp(0, (0.179 - y) * 9999, 1.089) / 1));
    /* The accent where the text on it has the colour for that: light text where the page's is dark. */
    --accent-behind: var(--known-for-accent, ${byText('#8fbcf2', '#1f5fae')});
    --bronze: ${byText('#9a5f2c', '#d39a66')};
    --silver: ${byText('#7d8894', '#b4bfca')};
    --gold: ${byText('#b8860b', '#e4bd4f')};
  }
}
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
/* A text of the page's data runs in the direction of its own first letter, and begins where the page's texts begin. */
:not(:has(*), .facts > *) { unicode-bidi: plaintext; }
p, li, summary, caption, label, .link, th, td { text-align: -webkit-match-parent; text-align: match-parent; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }

.card {
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  padding: var(--space);
  line-height: 1.45;
  overflow-wrap: anywhere;
}
.title { font-weight: 600; font-size: 1.0625em; text-wrap: balance; }
.label { font-size: 0.8125em; font-weight: 600; color: var(--muted); }
.quiet { font-size: 0.875em; color: var(--muted); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button, a, summary { font: inherit; border-radius: 0.25em; }
button { cursor: pointer; }
a, .link, summary { color: var(--accent); }
.link { background: none; border: 0; padding: 0; text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: 0.2em; }
.link:hover, .link:focus-visible { text-decoration-color: currentColor; }
.primary, .secondary { display: inline-block; padding: 0.5em 1em; border: 1px solid; border-radius: calc(var(--radius) * 0.7); text-decoration: none; font-weight: 600; }
.primary { background: var(--accent-behind); border-color: var(--accent-behind); color: var(--on-accent); }
.secondary { background: none; color: var(--accent); }
.primary:hover { background: color-mix(in srgb, var(--accent-behind) 88%, color(from currentColor xyz-d65 calc(0.9505 - x) calc(1 - y) calc(1.089 - z) / 1)); }
.secondary:hover { background: var(--tint); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.primary:focus-visible { outline-color: var(--accent-behind); }
summary { cursor: pointer; inline-size: fit-content; }

.bar { block-size: 0.375em; border-radius: 1em; background: var(--track); overflow: hidden; }
.bar .fill { display: block; block-size: 100%; inline-size: 100%; fill: var(--accent); }
.bar .fill rect { rx: 1em; }
:host(:dir(rtl)) .bar .fill { transform: scaleX(-1); }

.currencies { display: flex; flex-wrap: wrap; gap: var(--space) calc(var(--space) * 2); margin-block-start: 0.75em; }
.total { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5em; }
.figure { font-size: 2.25em; font-weight: 600; line-height: 1.15; letter-spacing: -0.015em; font-variant-numeric: tabular-nums; }
.unit { color: var(--muted); }
.climb { margin-block-start: var(--space); padding-block-start: var(--space); border-block-start: 1px solid var(--line); }
.level { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.25em 1em; }
.level strong { font-weight: 600; }
.way { display: grid; gap: 0.5em; margin-block-start: 0.5em; }

.head { display: flex; align-items: center; gap: var(--space); }
.who { min-inline-size: 0; }
.ring { position: relative; flex: none; inline-size: 5em; block-size: 5em; display: grid; place-items: center; }
.ring svg { position: absolute; inset: 0; fill: none; stroke-width: 6; transform: rotate(-90deg); }
:host(:dir(rtl)) .ring svg { transform: rotate(-90deg) scaleY(-1); }
.ring .track { stroke: var(--track); }
.ring .fill { stroke: var(--accent); }
.ring .percent { font-weight: 600; font-variant-numeric: tabular-nums; }
.step { margin-block-start: var(--space); padding: var(--space); border-radius: calc(var(--radius) * 0.8); background: var(--tint); }
.step .ask { font-size: 1.125em; font-weight: 600; line-height: 1.35; margin-block: 0.125em; text-wrap: balance; }
.step .do { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5em 1em; margin-block-start: 0.875em; }
.profile > details { margin-block-start: var(--space); }
.profile .section:first-of-type { margin-block-start: 0.625em; }
.section + .section { margin-block-start: var(--space); }
.fields { margin-block-start: 0.375em; }
.field { display: grid; grid-template-columns: 1fr auto; gap: 0.125em 1em; align-items: baseline; padding-block: 0.625em; }
.field + .field { border-block-start: 1px solid var(--line); }
.field .link { min-inline-size: 0; }
.field p { grid-column: 1; }
.adds { font-variant-numeric: tabular-nums; white-space: nowrap; }
.profile .done > .fields { margin-block-start: 0.25em; }

.held, .coming { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17em), 1fr)); gap: var(--space) calc(var(--space) * 1.6); margin-block-start: 1em; }
.coming { margin-block-start: 0.75em; }
.on-the-way { margin-block-start: calc(var(--space) * 1.2); padding-block-start: var(--space); border-block-start: 1px solid var(--line); }
.badge { display: flex; gap: 0.875em; align-items: flex-start; min-inline-size: 0; }
.about { flex: 1; min-inline-size: 0; display: grid; gap: 0.125em; }
.about .bar { margin-block: 0.375em 0.25em; }
.badge .name { font-weight: 600; }
.facts > span:not(:last-child)::after { content: '\\00a0· '; content: '\\00a0· ' / ''; }
.face { flex: none; inline-size: 3.75em; block-size: 3.75em; }
.face svg { display: block; inline-size: 100%; block-size: 100%; overflow: visible; }
.face .shape { fill: none; stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 3 3.5; }
.face .icon { stroke: var(--muted); stroke-width: 1.75; }
.face .grade { stroke: none; }
.face.earned .shape { fill: var(--tint); stroke: var(--accent); stroke-width: 1.75; stroke-dasharray: none; }
.face.earned .icon { stroke: var(--accent); }
.face.earned .grade { stroke-width: 2; }
.face[data-grade="bronze"] .grade { stroke: var(--bronze); }
.face[data-grade="silver"] .grade { stroke: var(--silver); }
.face[data-grade="gold"] .grade { stroke: var(--gold); }
.face:not(.earned) .grade { opacity: 0.45; stroke-width: 1.5; }
.why { font-size: 0.875em; margin-block-start: 0.125em; }
.why > :not(summary) { margin-block-start: 0.375em; padding-inline-start: 0.75em; border-inline-start: 2px solid var(--line); }
.why .quiet { font-size: 1em; }
.why > .parts { color: var(--muted); }
.reason { display: grid; gap: 0.25em; color: var(--muted); }

.rows { display: grid; margin-block-start: 0.375em; }
.rows > li { padding-block: 0.75em; min-inline-size: 0; }
.rows > li + li { border-block-start: 1px solid var(--line); }
.rows > li:first-child { padding-block-start: 0.25em; }
.rows > li:last-child { padding-block-end: 0; }
.others { margin-block-start: var(--space); }
.together, .change, .topics .open { margin-block-start: calc(var(--space) * 1.2); }
.rows .name { font-weight: 600; }
.offer { display: flex; gap: 0.875em; align-items: flex-start; }
.offer .face { inline-size: 2.75em; block-size: 2.75em; }
.offer .do { margin-block-start: 0.25em; }
.more { margin-block-start: 0.75em; }
.step .bar, .offer .bar, .topic .bar, .shared .bar { margin-block: 0.375em; }
.goal + .goal { margin-block-start: 0.375em; }
.goal + .facts { margin-block-start: 0.125em; }
.step .goal .why { margin-block-start: 0.375em; }

.head-row { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.125em 1em; }
.ask-form { display: grid; gap: 0.375em; margin-block-start: var(--space); }
.field-row { display: flex; flex-wrap: wrap; gap: 0.5em; }
.input { font: inherit; color: inherit; flex: 1 1 10em; min-inline-size: 0; padding: 0.5em 0.75em; background: var(--field); border: 1px solid var(--edge); border-radius: calc(var(--radius) * 0.7); }
.experts > .quiet { margin-block-start: 0.75em; }
.you { margin-inline-start: 0.5em; }

.for-what { margin-block-start: 0.75em; display: grid; gap: 0.375em; }
.chips { display: flex; flex-wrap: wrap; gap: 0.5em; }
.chip { padding: 0.25em 0.875em; color: inherit; background: none; border: 1px solid var(--edge); border-radius: 2em; overflow-wrap: anywhere; }
.chip:hover { background: var(--tint); }
.chip[aria-pressed="true"] { border-color: var(--accent); background: var(--tint); color: var(--accent); font-weight: 600; }
.kudos .do, .celebration .do { margin-block-start: 0.875em; }
.kudos [role="status"] { margin-block-start: 0.625em; }
.said { font-weight: 600; }
.again { margin-inline-start: 0.5em; }
.failed { margin: 0.75em var(--space) 0; font-weight: 600; }
[aria-disabled="true"] { opacity: 0.6; cursor: default; }

.celebration { border-color: var(--accent); background: var(--tint); }
.gained { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9em), 1fr)); gap: var(--space); margin-block-start: 0.75em; }
.gain { display: grid; gap: 0.125em; align-content: start; }
.gain .figure { font-size: 1.75em; }
.gain .unit { font-size: 0.875em; }

.entries { display: grid; gap: 0.625em; }
.standing > .why { margin-block-start: var(--space); }
.entry { display: grid; grid-template-columns: 3.5em 1fr auto; gap: 0.125em 0.5em; align-items: baseline; color: inherit; }
.entry .amount { font-variant-numeric: tabular-nums; font-weight: 600; }
.entry .why { grid-column: 2 / -1; font-size: 1em; }

.days { inline-size: auto; table-layout: fixed; }
.days th, .days td { border: 0; padding: 0.125em; text-align: center; inline-size: 2.5em; }
.days th { font-weight: 400; inline-size: 3.0769em; }
.day time { display: grid; place-items: center; block-size: 2.25em; min-inline-size: 1.75em; border-radius: 0.5em; border: 1px solid var(--line); font-size: 0.875em; }
.day.free time { border: 0; color: var(--muted); }
.day.active time { background: var(--accent-behind); border-color: var(--accent-behind); color: var(--on-accent); font-weight: 600; }
.days .day[aria-current] { background: none; }
.day[aria-current] time { outline: 2px solid var(--accent); outline-offset: 1px; font-weight: 600; }
.day.active[aria-current] time { outline-color: var(--accent-behind); }
.challenge .label { margin-block-start: var(--space); }
.challenge .together .label, .challenge .change .label { margin-block-start: 0; }
.task { display: flex; gap: 0.75em; }
.mark { flex: none; inline-size: 1.125em; block-size: 1.125em; margin-block-start: 0.1875em; border: 1.5px solid var(--edge); border-radius: 50%; }
.task.done .mark { border-color: var(--accent); background: var(--accent); position: relative; }
.task.done .mark::after { content: ''; position: absolute; inset-block-start: 0.125em; inset-inline-start: 50%; inline-size: 0.25em; block-size: 0.5em; margin-inline-start: -0.1875em; border: solid var(--on-accent); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); }
.parts { display: grid; gap: 0.25em; }
.change .parts { margin-block-start: 0.25em; }

table { inline-size: 100%; border-collapse: collapse; margin-block-start: 0.75em; font-variant-numeric: tabular-nums; }
th, td { padding: 0.5em 0.375em; border-block-end: 1px solid var(--line); }
th { padding: 0.6154em 0.4615em; font-size: 0.8125em; font-weight: 600; color: var(--muted); }
tbody tr:last-child td { border-block-end: 0; }
.place { inline-size: 1%; white-space: nowrap; }
td.place { color: var(--muted); }
td.who, th.who { inline-size: 99%; }
th { overflow-wrap: break-word; }
.total:is(td, th) { display: table-cell; unicode-bidi: normal; text-align: end; }
td.total { white-space: nowrap; }
[aria-current] td { background: var(--tint); font-weight: 600; }
[aria-current] td:first-child { border-start-start-radius: 0.375em; border-end-start-radius: 0.375em; }
[aria-current] td:last-child { border-start-end-radius: 0.375em; border-end-end-radius: 0.375em; }
td.who > :first-child { margin-inline-end: 0.5em; }
.you { display: inline-block; font-weight: 400; }
.join { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75em 1em; margin-block-start: 0.75em; padding-block-start: 0.875em; border-block-start: 1px solid var(--line); }
.join p { flex: 1 1 12em; }

@media (prefers-reduced-motion: no-preference) {
  .ring .fill { transition: stroke-dasharray 0.7s cubic-bezier(0.2, 0.7, 0.2, 1); }
  .bar .fill rect { transition: width 0.7s cubic-bezier(0.2, 0.7, 0.2, 1); }
  .badge.new .face { animation: arrive 0.7s cubic-bezier(0.2, 0.7, 0.2, 1) both; }
  @keyframes arrive { from { opacity: 0; transform: scale(0.7); } }
}
@media (forced-colors: active) {
  :host { --accent: LinkText; --accent-behind: LinkText; --muted: CanvasText; --line: CanvasText; --edge: CanvasText; --field: Field; --track: Canvas; --tint: Canvas; --bronze: CanvasText; --silver: CanvasText; --gold: CanvasText; }
  .bar, .bar .fill { forced-color-adjust: none; }
  .bar { border: 1px solid CanvasText; }
  .bar .fill { fill: Highlight; }
  .ring .track { stroke: GrayText; stroke-width: 2; }
  .ring .fill { stroke: Highlight; }
  .step { border: 1px solid; }
  .chip[aria-pressed="true"] { outline: 2px solid Highlight; }
  .day.active time, .task.done .mark { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
  .task.done .mark::after { border-color: HighlightText; }
  .primary { background: ButtonFace; border-color: ButtonText; color: ButtonText; }
}
/* What a server has drawn, where no script will answer. */
@media (scripting: none) {
  [data-ask], button[type="button"], .ask-form { display: none; }
}
@media print {
  .step .do, .offer .do, .join, .why, .ask-form, .kudos { display: none; }
}
`;

/** By document, its sheets by their text: a sheet belongs to the document that it was made in. */
const sheets = new WeakMap();

/** The sheets of a drawn element in a document. */
export function styles(document) {
  return sheetsOf(document, css);
}

/** The sheets of an element that shows nothing for now. It takes no space, not even a gap in the page's grid. */
export function awayStyles(document) {
  return sheetsOf(document, css, ':host { position: absolute; }');
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
