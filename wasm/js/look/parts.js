/**
 * Parts: the style of everything but the sentence that leads a page, steps and figures. An element that needs it loads
 * it beside the WebAssembly, so that it does not stand before the first element of a page.
 */
export const css = `
.head { display: flex; align-items: center; gap: var(--space); }
.who { min-inline-size: 0; }
.ring { position: relative; flex: none; inline-size: 5em; block-size: 5em; display: grid; place-items: center; }
.ring svg { position: absolute; inset: 0; fill: none; stroke-width: 6; transform: rotate(-90deg); }
:host(:dir(rtl)) .ring svg { transform: rotate(-90deg) scaleY(-1); }
.ring .track { stroke: var(--track); }
.ring .fill { stroke: var(--accent); }
.ring .percent { font-weight: 600; font-variant-numeric: tabular-nums; }
.profile .step { margin-block-start: var(--space); }
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
.face { flex: none; inline-size: 6em; block-size: 6em; --foil: var(--known-for-foil-plain, #ebe8db); }
.face[data-size="middle"] { inline-size: 3em; block-size: 3em; }
.face[data-size="grand"] { inline-size: 12em; block-size: 12em; }
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
.exhibit { font-size: 1.0667em; }
.together, .change { margin-block-start: calc(var(--space) * 1.2); }
.rows .name { font-weight: 600; }
.head-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.125em 1.5em; }
.days { flex: 1 1 12em; max-inline-size: 24em; block-size: 1.75em; }
.days svg { display: block; inline-size: 100%; block-size: 100%; }
.days path { vector-effect: non-scaling-stroke; stroke: var(--edge); stroke-width: 2; stroke-linecap: round; }
.days .active { stroke: var(--accent); stroke-width: 4; }
.days .today { fill: currentColor; }
:host(:dir(rtl)) .days svg { transform: scaleX(-1); }
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
.badges, .celebration, .board { container-type: inline-size; }
.celebration { border: 0; padding: 0; }
.celebration > .badge { display: grid; grid-template-columns: minmax(0, 1fr); gap: calc(var(--space) * 1.5) clamp(1.5em, 6cqi, 6em); align-items: center; }
.celebration .face[data-size="grand"] { inline-size: clamp(11em, 26cqi, 20em); max-inline-size: 100%; block-size: auto; }
.celebration .lead.title { margin-block: 0.15em 0.35em; }
.celebration .what { font-family: var(--voice); font-size: 1.3125em; line-height: 1.45; }
@container (min-width: 38em) { .celebration > .badge { grid-template-columns: auto minmax(0, 1fr); } }
.gained { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9em), 1fr)); gap: var(--space); margin-block-start: 0.75em; }
.gain { display: grid; gap: 0.125em; align-content: start; }
.gain .figure { font-size: 1.75em; }
.gain .unit { font-size: 0.875em; }
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
@container (max-width: 20em) { th.total { overflow-wrap: anywhere; hyphens: auto; } }
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
  @keyframes woven { from { stroke-dashoffset: 1; } }
}
@media (forced-colors: active) {
  .face[class] { forced-color-adjust: none; --foil: CanvasText; --cloth: Canvas; }
  .face.earned .ground { stroke: CanvasText; stroke-width: 24; }
  .ring .track { stroke: GrayText; stroke-width: 2; }
  .ring .fill { stroke: Highlight; }
  .chip[aria-pressed="true"] { outline: 2px solid Highlight; }
  .task.done .mark { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
  .task.done .mark::after { border-color: HighlightText; }
}
@media print {
  .join, .pages button, .kudos { display: none; }
}
`;
