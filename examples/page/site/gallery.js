/** The gallery: draws every state, and changes the look of the page around them. The look is in the address. */
import { states } from './gallery-states.js';

const root = document.documentElement;
const look = document.getElementById('look');
const editor = document.getElementById('tokens');

/** The tokens that a company will want to set, each with the kind of its field. */
const TOKENS = {
  accent: 'color',
  'on-accent': 'color',
  warm: 'color',
  muted: 'color',
  line: 'color',
  edge: 'color',
  voice: 'text',
  radius: 'text',
  space: 'text',
};

const make = (name, attributes = {}, ...content) => {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...content);
  return element;
};

async function copy(text) {
  const copied = document.getElementById('copied');
  await navigator.clipboard.writeText(text).then(
    () => copied.replaceChildren('Copied.'),
    () => copied.replaceChildren('This browser does not let pages copy.'),
  );
}

/** What a page needs for an element, as the button copies it. */
function embedCode(name, attributes) {
  const listed = Object.entries(attributes).map(([attribute, value]) =>
    value ? ` ${attribute}="${value}"` : ` ${attribute}`,
  );
  return [
    '<script type="module" src="/known-for/knownfor.min.js"></script>',
    `<known-for-source view="/api/members/me/view"${name === 'board' ? ' board="/api/boards/ID"' : ''}></known-for-source>`,
    `<known-for-${name}${listed.join('')}></known-for-${name}>`,
  ].join('\n');
}

/** Presses a button once it is drawn, on a source that answers as a state needs it. */
function press(source, element, { press: button, send }) {
  source.send = () => send(source);
  const found = element.shadowRoot?.querySelector(button);
  if (found) found.click();
  else requestAnimationFrame(() => press(source, element, { press: button, send }));
}

function show(name, [title, view, attributes = {}, width = '', deed], index) {
  const id = `${name}-${index}`;
  const source = make('known-for-source', { id, ...(name === 'experts' && { experts: 'gallery-experts.json' }) });
  const element = make(`known-for-${name}`, { ...attributes, source: `#${id}`, 'heading-level': '4' });
  const button = make('button', { type: 'button', class: 'copy' }, 'Copy embed code');
  button.addEventListener('click', () => copy(embedCode(name, attributes)));
  if (name === 'celebration') localStorage.removeItem(`known-for-seen:${id}`);
  const shown = name === 'board' ? { board: view } : { view: { ...view, member: id } };
  // A celebration is of what has come since an earlier visit.
  if (name === 'celebration') {
    source.view = { ...shown.view, badges: { earned: [], on_the_way: [] } };
    const isSeen = () => localStorage.getItem(`known-for-seen:${id}`);
    const arrive = () => (isSeen() ? Object.assign(source, shown) : requestAnimationFrame(arrive));
    arrive();
  } else Object.assign(source, shown);
  if (deed) press(source, element, deed);
  return make('div', { class: width, id: `state-${id}` }, make('h3', {}, title), source, element, button);
}

for (const [name, each] of Object.entries(states)) {
  const grid = make('div', { class: 'states' }, ...each.map((state, index) => show(name, state, index)));
  const heading = make('h2', {}, `known-for-${name}`);
  document.getElementById('states').append(make('section', { id: name }, heading, grid));
}

for (const [token, type] of Object.entries(TOKENS)) {
  const input = make('input', { type, name: token, ...(type === 'text' && { placeholder: 'as it is' }) });
  input.addEventListener('input', () => {
    input.dataset.set = '';
    apply();
  });
  editor.append(make('label', {}, token, input));
}

/** Sets what was chosen, and writes the tokens as a page would have them. */
function apply() {
  const set = [...editor.elements].filter(({ dataset, value }) => 'set' in dataset && value !== '');
  for (const { name } of editor.elements) root.style.removeProperty(`--known-for-${name}`);
  for (const { name, value } of set) root.style.setProperty(`--known-for-${name}`, value);
  const lines = set.map(({ name, value }) => `  --known-for-${name}: ${value};\n`);
  document.getElementById('css').textContent = `:root {\n${lines.join('')}}`;
}

function choose() {
  const { host, lang, dir, density, scheme } = Object.fromEntries(new FormData(look));
  Object.assign(root, { lang, dir });
  Object.assign(root.dataset, { host, density, scheme });
}

const asked = new URLSearchParams(location.search);
for (const [name, value] of asked) if (look.elements[name]) look.elements[name].value = value;
look.addEventListener('change', () => {
  history.replaceState(undefined, '', `?${new URLSearchParams(new FormData(look))}`);
  choose();
});
look.addEventListener('submit', (event) => event.preventDefault());
editor.addEventListener('submit', (event) => event.preventDefault());
document
  .getElementById('copy-tokens')
  .addEventListener('click', () => copy(document.getElementById('css').textContent));
choose();
apply();
