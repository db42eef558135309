/** Warnings: mistakes in the markup, for the console. Only `development.js` has them. */
import { HostElement } from './host.js';

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
};

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

/** Writes each warning once. */
function warn(text) {
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(`known-for: ${text}`);
}
