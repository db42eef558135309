/**
 * Styles: one constructed style sheet for all elements of a document, which a strict content security policy allows. The
 * package has the same text as `elements.css`, for what a server draws.
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

/** The style of every drawing. */
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
:not(:has(*), .facts > *) { unicode-bidi: plaintext; }
p, li, summary, caption, label, .link, th, td { text-align: -webkit-match-parent; text-align: match-parent; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }

/* A rule above, space below: a box stands only around what has arrived. */
.card { padding-block-start: calc(var(--space) * 0.625); border-block-start: 1px solid; line-height: 1.5; overflow-wrap: anywhere; }
.title { font-weight: 600; font-size: 0.9375em; text-wrap: balance; }
.label { font-size: 0.8125em; font-weight: 550; color: var(--muted); }
.quiet { font-size: 0.9375em; color: var(--muted); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.topics, .badges, .celebration { container-type: inline-size; }

/* What a member is known for: the word in the voice of people, and below it the thread. */
.topics.lead > .title, .lead.title, .known, .ask, .celebration .what { font-family: var(--voice); font-weight: 400; }
.topics.lead > .title, .lead.title { font-size: clamp(2.125em, 1.2em + 4.4cqi, 4em); line-height: 1.1; letter-spacing: -0.02em; overflow-wrap: break-word; hyphens: auto; }
.topics.lead, .celebration { border: 0; padding: 0; }
.known { position: relative; display: inline-block; max-inline-size: 100%; padding-block-end: 0.2em; line-height: 1.05; }
.known.claimed { font-style: italic; color: var(--muted); }
.thread { position: absolute; inset-inline: 0; inset-block-end: 0; inline-size: 100%; block-size: 0.2em; overflow: visible; fill: none; stroke: var(--warm); stroke-width: max(0.9px, 0.021em); stroke-linecap: round; }
.thread path { vector-effect: non-scaling-stroke; }
.topics.lead > .facts { margin-block-start: calc(var(--space) * 1.5); }
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
.head { display: flex; align-items: center; gap: var(--space); }
.who { min-inline-size: 0; }
.ring { position: relative; flex: none; inline-size: 5em; block-size: 5em; display: grid; place-items: center; }
.ring svg { position: absolute; inset: 0; fill: none; stroke-width: 6; transform: rotate(-90deg); }
:host(:dir(rtl)) .ring svg { transform: rotate(-90deg) scaleY(-1); }
.ring .track { stroke: var(--track); }
.ring .fill { stroke: var(--accent); }
.ring .percent { font-weight: 600; font-variant-numeric: tabular-nums; }
.steps { border-block-start-width: 2px; }
.steps .title { font-size: 0.8125em; font-weight: 550; color: var(--muted); }
.profile .step { margin-block-start: var(--space); }
.ask { font-size: clamp(1.375em, 1.2em + 0.7vi, 1.875em); line-height: 1.2; margin-block: 0.3em 0.35em; text-wrap: balance; }
.do { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375em 1.5em; margin-block-start: var(--space); }
.do:empty { margin: 0; }
.not-for-me { font-size: 0.9375em; margin-block-start: 0.75em; }
.profile > details { margin-block-start: var(--space); }
.profile .section:first-of-type { margin-block-start: 0.625em; }
.section + .section { margin-block-start: var(--space); }
.fields { margin-block-start: 0.375em; }
.field { display: grid; grid-template-columns: 1fr auto; gap: 0.125em 1em; align-items: baseline; padding-block: 0.625em; }
.field + .field { border-block-start: 1px solid var(--line); }
.field .link { min-inline-size: 0; }
.field p { grid-column: 1; }
.profile .done > .fields { margin-block-start: 0.25em; }

/* A case of badges, a shelf below it, and what is on the way. Pressed, a badge gives its reason. */
.held, .shelf { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12em), 1fr)); gap: calc(var(--space) * 2) var(--space); margin-block-start: calc(var(--space) * 1.5); }
.shelf { gap: var(--space); }
.held + .shelf { padding-block-start: calc(var(--space) * 1.5); border-block-start: 1px solid var(--line); }
.on-the-way { margin-block-start: calc(var(--space) * 2); padding-block-start: calc(var(--space) * 0.625); border-block-start: 1px solid var(--line); }
.badge { min-inline-size: 0; }
.exhibit { display: grid; gap: 0.75em; align-content: start; justify-items: start; }
.shelf .exhibit, .shelf.shelf > .badge:not(:has(.exhibit)) { display: flex; gap: 0.875em; align-items: center; }
summary.exhibit { list-style: none; inline-size: auto; color: inherit; }
summary.exhibit:hover .name { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
.about { flex: 1; min-inline-size: 0; display: grid; gap: 0.125em; }
.badge .name { font-weight: 600; }
.shelf .name, .exhibit .label { font-weight: 400; }
@container (min-width: 46em) { .held, .shelf { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
@container (max-width: 30em) {
  .held { grid-template-columns: minmax(0, 1fr); gap: calc(var(--space) * 1.25); }
  .held .exhibit { grid-template-columns: auto minmax(0, 1fr); gap: 1.25em; align-items: center; }
}
.facts > span:not(:last-child)::after { content: '\\00a0· '; content: '\\00a0· ' / ''; }
.face { flex: none; inline-size: 6em; block-size: 6em; --cloth: var(--known-for-cloth-0, #013c41); --foil: var(--known-for-foil-plain, #ebe8db); }
.face[data-size="middle"] { inline-size: 3em; block-size: 3em; }
.face[data-size="grand"] { inline-size: 12em; block-size: 12em; }
.face[data-cloth="1"] { --cloth: var(--known-for-cloth-1, #213355); }
.face[data-cloth="2"] { --cloth: var(--known-for-cloth-2, #581e23); }
.face[data-cloth="3"] { --cloth: var(--known-for-cloth-3, #1f3b27); }
.face[data-cloth="4"] { --cloth: var(--known-for-cloth-4, #412a48); }
.face[data-cloth="5"] { --cloth: var(--known-for-cloth-5, #42301c); }
.face[data-grade="bronze"] { --foil: var(--known-for-foil-bronze, #eba376); }
.face[data-grade="silver"] { --foil: var(--known-for-foil-silver, #d3dae1); }
.face[data-grade="gold"] { --foil: var(--known-for-foil-gold, #f1d066); }
.face svg { display: block; inline-size: 100%; block-size: 100%; overflow: visible; fill: none; stroke-linecap: round; stroke-linejoin: round; --fine: 5; --rim: 9; }
.face[data-size="middle"] svg { --fine: 11; --rim: 16; }
.face[data-size="grand"] svg { --fine: 2.6; --rim: 6; }
.face .weave { stroke-width: var(--fine); }
.face .rim { stroke-width: var(--rim); }
.face .rim.fine { stroke-width: var(--fine); }
.face .icon { stroke-width: 1.7; }
.face.earned .ground, .face .plate { fill: var(--cloth); }
.face.earned :is(.weave, .rim, .icon) { stroke: var(--foil); }
.face .mark { fill: var(--foil); }
.face.begun .ground { fill: var(--surface); }
.face.begun .way { stroke: var(--edge); stroke-width: 10; stroke-dasharray: 1 26; }
.face.begun .weave { stroke: var(--accent); }
.face:not(.earned) .icon { stroke: var(--muted); }
.face.expired .ground { fill: color-mix(in srgb, currentColor 6%, transparent); }
.face.expired :is(.weave, .rim) { stroke: var(--edge); }
.face.expired .weave { opacity: 0.62; }
.face.expired .rim { stroke-dasharray: 90 40; }
.rung { display: inline-flex; align-items: baseline; gap: 0.5em; font-size: 0.9375em; color: var(--muted); }
.rung svg { flex: none; inline-size: 1.15em; block-size: 0.86em; }
.rung rect { fill: none; stroke: var(--edge); stroke-width: 1.6; }
.rung .on { fill: var(--accent); stroke: var(--accent); }
.why { font-size: 0.9375em; }
.exhibit { font-size: 1.0667em; }
.why > :not(summary) { margin-block-start: 0.375em; padding-inline-start: 0.75em; border-inline-start: 2px solid var(--line); }
.why .quiet { font-size: 1em; }
.why > .parts { color: var(--muted); }
.reason { display: grid; gap: 0.25em; color: var(--muted); }

.rows { display: grid; margin-block-start: 0.375em; }
.rows > li { padding-block: 0.75em; min-inline-size: 0; }
.rows > li + li { border-block-start: 1px solid var(--line); }
.rows > li:first-child { padding-block-start: 0.25em; }
.rows > li:last-child { padding-block-end: 0; }
.together, .change, .topics .open { margin-block-start: calc(var(--space) * 1.2); }
.rows .name { font-weight: 600; }
.more { margin-block-start: 0.75em; }
.head-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.125em 1.5em; }
.days { flex: 1 1 12em; max-inline-size: 24em; block-size: 1.75em; }
.days svg { display: block; inline-size: 100%; block-size: 100%; }
.days path { vector-effect: non-scaling-stroke; stroke: var(--edge); stroke-width: 2; stroke-linecap: round; }
.days .active { stroke: var(--accent); stroke-width: 4; }
.days .today { fill: currentColor; }
:host(:dir(rtl)) .days svg { transform: scaleX(-1); }
.ask-form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.375em; margin-block-start: var(--space); }
.field-row { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 0.5em 1em; }
.input { font: inherit; color: inherit; flex: 1 1 10em; min-inline-size: 0; padding: 0.5em 0.75em; background: none; border: 1px solid var(--edge); border-radius: calc(var(--radius) / 2); }
/* The one line of a question is a thread that is still straight. */
.topics .input, .experts .input { border-width: 0 0 1px; border-radius: 0; padding-inline: 0; font-family: var(--voice); font-size: 1.3125em; }
.topics.lead .input { font-size: clamp(1.75em, 1.2em + 3cqi, 3.25em); line-height: 1.1; color: var(--accent); border-color: var(--warm); border-width: 0 0 2px; flex-basis: 100%; }
.topics.lead .label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.topics.lead .ask-form { margin-block-start: calc(var(--space) * 2.5); gap: var(--space); max-inline-size: 44em; }
.experts > .quiet { margin-block-start: 0.75em; }
.you { margin-inline-start: 0.5em; }

.for-what { margin-block-start: 0.75em; display: grid; gap: 0.375em; }
.chips { display: flex; flex-wrap: wrap; gap: 0.5em; }
.chip { min-block-size: 2.75em; font-family: var(--voice); padding: 0.25em 1em; color: inherit; background: none; border: 1px solid var(--edge); border-radius: 2em; overflow-wrap: anywhere; }
.chip:hover { background: var(--tint); }
.chip[aria-pressed="true"] { border-color: var(--warm); background: var(--warm-tint); box-shadow: inset 0 0 0 1px var(--warm); }
.naming { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25em 0.6em; margin-block-start: var(--space); min-block-size: 24px; }
.naming input { accent-color: var(--accent); margin: 0; inline-size: 1.125em; block-size: 1.125em; translate: 0 0.125em; }
.kudos [role="status"] { margin-block-start: 0.625em; }
.said { font-weight: 600; }
.again { margin-inline-start: 0.5em; }
.failed { margin: 0.75em var(--space) 0; font-weight: 600; }
[aria-disabled="true"] { opacity: 0.6; cursor: default; }

.celebration > .badge { display: grid; gap: calc(var(--space) * 1.5) clamp(1.5em, 6cqi, 6em); align-items: center; }
.celebration .face[data-size="grand"] { inline-size: clamp(11em, 26cqi, 20em); block-size: auto; }
.celebration .lead.title { margin-block: 0.15em 0.35em; }
.celebration .what { font-size: 1.3125em; line-height: 1.45; }
@container (min-width: 38em) { .celebration > .badge { grid-template-columns: auto minmax(0, 1fr); } }
.gained { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9em), 1fr)); gap: var(--space); margin-block-start: 0.75em; }
.gain { display: grid; gap: 0.125em; align-content: start; }
.gain .figure { font-size: 1.75em; }
.gain .unit { font-size: 0.875em; }

.entries { display: grid; gap: 0.625em; }
.standing > .why { margin-block-start: var(--space); }
.entry { display: grid; grid-template-columns: 3.5em 1fr auto; gap: 0.125em 0.5em; align-items: baseline; color: inherit; }
.entry .amount { font-variant-numeric: tabular-nums; font-weight: 600; }
.entry .why { grid-column: 2 / -1; font-size: 1em; }

.task { display: flex; gap: 0.75em; }
.mark { flex: none; inline-size: 1.125em; block-size: 1.125em; margin-block-start: 0.1875em; border: 1.5px solid var(--edge); border-radius: 50%; }
.task.done .mark { border-color: var(--accent); background: var(--accent); position: relative; }
.task.done .mark::after { content: ''; position: absolute; inset-block-start: 0.125em; inset-inline-start: 50%; inline-size: 0.25em; block-size: 0.5em; margin-inline-start: -0.1875em; border: solid var(--on-accent); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); }
.task.declined .mark { background: linear-gradient(var(--edge), var(--edge)) center / 60% 1.5px no-repeat; }
.task.declined .name { font-weight: 400; color: var(--muted); }
.challenge { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25em 2em; }
.challenge > * { flex: 1 0 100%; min-inline-size: 0; max-inline-size: 100%; }
.challenge > .head-row { flex: 999 1 22em; }
.challenge > .facts { flex: 1 1 auto; color: inherit; }
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
.pages { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5em 1em; margin-block-start: 0.75em; }
.pages p { flex: 1 1 8em; }
.join { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75em 1em; margin-block-start: 0.75em; padding-block-start: 0.875em; border-block-start: 1px solid var(--line); }
.join p { flex: 1 1 12em; }

@media (prefers-reduced-motion: no-preference) {
  .ring .fill { transition: stroke-dasharray 0.7s cubic-bezier(0.2, 0.7, 0.2, 1); }
  .badge.new .weave { stroke-dasharray: 1; animation: woven 0.9s var(--ease) both; }
  .thread { animation: drawn 0.9s var(--ease) both; }
  :host(:dir(rtl)) .thread { animation-name: drawn-rtl; }
  @keyframes drawn { from { clip-path: inset(-50% 100% -50% -1%); } to { clip-path: inset(-50% -1%); } }
  @keyframes drawn-rtl { from { clip-path: inset(-50% -1% -50% 100%); } to { clip-path: inset(-50% -1%); } }
  @keyframes woven { from { stroke-dashoffset: 1; } }
}
@media (forced-colors: active) {
  :host { --accent: LinkText; --accent-behind: LinkText; --muted: CanvasText; --line: CanvasText; --edge: CanvasText; --warm: CanvasText; --track: Canvas; --tint: Canvas; --warm-tint: Canvas; }
  .face { forced-color-adjust: none; --foil: CanvasText; --cloth: Canvas; }
  .rung .on { fill: CanvasText; stroke: CanvasText; }
  .face[class] { --foil: CanvasText; --cloth: Canvas; }
  .face.earned .ground { stroke: CanvasText; stroke-width: 24; }
  .ring .track { stroke: GrayText; stroke-width: 2; }
  .ring .fill { stroke: Highlight; }
  .chip[aria-pressed="true"] { outline: 2px solid Highlight; }
  .task.done .mark { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
  .task.done .mark::after { border-color: HighlightText; }
  .primary { background: ButtonFace; border-color: ButtonText; color: ButtonText; }
}
/* What a server has drawn, where no script will answer. */
@media (scripting: none) {
  [data-ask], button[type="button"], .ask-form { display: none; }
  .not-for-me:not(:has([type="submit"])) { display: none; }
}
@media print {
  .do, .join, .pages button, .ask-form, .kudos, .steps, .said-of button { display: none; }
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
