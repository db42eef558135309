/** What the page adds to the widget: joining boards, settings before publishing, quiet news, and the profile editor. */

const { lang } = document.documentElement;
const api = (path, options) => fetch(`/api/${path}`, { headers: { 'accept-language': lang }, ...options });

/** The page's own texts stand in its HTML, in its language, as `data-…` of the element that shows them. */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);

const news = document.getElementById('news');
let hiding;

/** Shows a message for a while. Screen readers do not hear it if another element announces the same (`isAnnounced`). */
function show(text, isAnnounced = false) {
  clearTimeout(hiding);
  news.ariaHidden = String(isAnnounced);
  news.textContent = text;
  hiding = setTimeout(() => news.replaceChildren(), 8_000);
}

/** "Saved." is shown once, and not again when the page is reloaded. */
if (new URLSearchParams(location.search).has('saved')) history.replaceState(history.state, '', location.pathname);

/** The page joins and leaves boards, which have an address of their own. The widget handles challenges itself. */
for (const [name, action] of [['known-for-join', 'join'], ['known-for-leave', 'leave']]) {
  document.addEventListener(name, async ({ detail }) => {
    if (detail.board === undefined) return;
    const address = `boards/${encodeURIComponent(detail.board)}/${action}`;
    const answer = await api(address, { method: 'POST' }).catch(() => undefined);
    if (answer?.ok) await document.querySelector('known-for-source').refresh();
    else show(news.dataset.failed);
  });
}

/** The question of the first day has an answer: from now on the page is the home page. */
document.addEventListener('known-for-change', ({ detail }) => {
  if (document.body.className === 'first-day' && detail.view?.topics?.some(({ claimed }) => claimed)) location.reload();
});

/** Before publishing, members see on the settings page who will see what. */
document.addEventListener('known-for-publish', (publish) => {
  publish.preventDefault();
  location.assign('/settings');
});

/** Shows for a while what was earned while the page was open, unless a celebration element shows it. */
document.addEventListener('known-for-earned', async ({ target, detail }) => {
  if (target.id === 'preview' || !target.view?.own || document.querySelector('known-for-celebration')) return;
  const { texts: english, textsOf } = await import('/pkg/knownfor.min.js');
  const texts = (await textsOf(lang)) ?? english;
  const names = detail.badges.map(({ name, face }) => (face.grade ? `${name}, ${texts[`grade-${face.grade}`]}` : name));
  if (detail.level?.name) names.push(filled(news.dataset.level, { level: detail.level.name }));
  // Each element announces its own news to screen readers.
  const isAnnouncedBy = (isNew, element) => !isNew || document.querySelector(element);
  const isAnnounced =
    isAnnouncedBy(detail.badges.length, 'known-for-badges') && isAnnouncedBy(detail.level, 'known-for-standing');
  show(filled(news.dataset.new, { what: names.join('; ') }), Boolean(isAnnounced));
});

/** The editor. It works as a plain form; with this script the completeness ring follows every key. */
const editor = document.getElementById('editor');
if (editor) {
  const source = document.getElementById('preview');
  const saved = document.getElementById('saved');
  const profile = `members/${encodeURIComponent(editor.dataset.member)}/profile`;
  const form = () => new URLSearchParams(new FormData(editor));
  const labelOf = (field) => editor.querySelector(`label[for="${CSS.escape(`value-${field}`)}"]`);
  const question = (field) =>
    filled(saved.dataset.question, { question: labelOf(field)?.textContent.trim() ?? field });
  const valueOf = (field) => editor.elements[`value.${field}`];
  const stateOf = (field) => editor.elements[`state.${field}`];
  const setAside = new Map();
  let latest = 0;
  let pause;

  const send = async (path, method) => {
    const number = ++latest;
    const answer = await api(path, { method, body: form() });
    const body = await answer.json();
    if (!answer.ok) return { error: describe(body) };
    // Ignore an answer if a later request has been sent.
    if (number === latest) source.view = body;
    return { open: openIn(body) };
  };

  /** What was wrong, and in the answer to which question. */
  const describe = ({ error, path = '' }) => {
    const field = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    return field ? `${question(field)}: ${error}` : error;
  };

  /** Fields that have a text but are not done, such as an invalid address. */
  const openIn = (view) => {
    const fields = view.profile?.fields ?? [];
    const isOpen = ({ field, state }) => state === 'missing' && valueOf(field)?.value.trim();
    return fields.filter(isOpen).map(({ field }) => field);
  };

  const mark = (fields) => {
    for (const control of editor.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
    // A text that is too short is a start. An invalid address is a mistake.
    for (const control of fields.map(valueOf)) if (control.type === 'url') control.setAttribute('aria-invalid', 'true');
  };

  /** A field has either a text or a state. Choosing one clears the other; choosing again brings the text back. */
  const keepOne = ({ name }) => {
    const field = name.replace(/^(value|state)\./, '');
    const [text, state] = [valueOf(field), stateOf(field)];
    if (name.startsWith('value.')) {
      state.value = '';
    } else if (state.value === '') {
      text.value ||= setAside.get(field) ?? '';
    } else if (text.value) {
      setAside.set(field, text.value);
      text.value = '';
    }
  };

  editor.addEventListener('input', ({ target }) => {
    keepOne(target);
    saved.textContent = '';
    target.removeAttribute('aria-invalid');
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const { error } = await send(`${profile}/preview`, 'POST');
      if (error) saved.textContent = filled(saved.dataset.refused, { error });
    }, 120);
  });

  editor.addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    clearTimeout(pause);
    const { error, open = [] } = await send(profile, 'PUT').catch(() => ({ error: saved.dataset.unreachable }));
    mark(open);
    const questions = open.map(question).join(', ');
    const more = questions ? ` ${filled(saved.dataset.open, { questions })}` : '';
    saved.textContent = error ? filled(saved.dataset.failed, { error }) : `${saved.dataset.saved}${more}`;
  });

  document.addEventListener('known-for-field', (chosen) => {
    chosen.preventDefault();
    const field = document.getElementById(`field-${chosen.detail.field}`);
    field?.scrollIntoView({ block: 'center' });
    field?.querySelector('input, textarea')?.focus();
  });
}
