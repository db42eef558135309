/** Warnings: mistakes in the markup, for the console. Only `development.js` has them. */
import { define } from './define.js';
import { HostElement } from './host.js';

/** The version of the views that this package draws: `VIEW_VERSION` of the crate. */
const VIEW_VERSION = 1;

/** Attributes that any element may have. */
const GLOBAL =
  /^(?:accesskey|autofocus|class|contenteditable|dir|draggable|exportparts|hidden|id|inert|is|item\w+|lang|nonce|part|popover|role|slot|spellcheck|style|tabindex|title|translate)$|^(?:aria|data)-|^(?:on|_ng|ng-)|[:@*#[(]/;
/** How long a source may come after its elements: a page may load it late. */
const PATIENCE_MS = 5_000;

const warned = new Set();

HostElement.connected = (element) => {
  // Frameworks add an element first and its attributes then.
  setTimeout(() => element.isConnected && findUnknown(element));
  setTimeout(() => element.isConnected && findMissing(element), PATIENCE_MS);
  element.addEventListener('known-for-change', findVersion);
};

define.foundOther = () =>
  warn(
    `another copy of this package has defined the elements, so the copy at ${import.meta.url} is not used; load the ` +
      'package once',
  );

function findUnknown({ localName, attributes, constructor }) {
  const known = constructor.observedAttributes;
  for (const { name } of attributes) {
    if (known.includes(name) || GLOBAL.test(name)) continue;
    warn(`<${localName}> has no attribute \`${name}\`; it has ${known.map((name) => `\`${name}\``).join(', ')}`);
  }
}

function findMissing(element) {
  // A source has none itself.
  if (!('source' in element) || element.source) return;
  const selector = element.getAttribute('source');
  const expected = selector
    ? `its attribute \`source\` selects nothing: ${selector}`
    : 'add a <known-for-source> to the page, or select one by the attribute `source`';
  warn(`<${element.localName}> has no source, so nothing is drawn; ${expected}`);
}

function findVersion({ detail }) {
  for (const [name, shown] of Object.entries(detail)) {
    const version = shown?.version ?? VIEW_VERSION;
    if (version === VIEW_VERSION) continue;
    const which = version > VIEW_VERSION ? 'package knownfor in the page' : 'crate knownfor on the server';
    warn(`the ${name} has version ${version}, and this package draws version ${VIEW_VERSION}; update the ${which}`);
  }
}

/** Writes each warning once. */
function warn(text) {
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(`known-for: ${text}`);
}
