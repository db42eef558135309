/** What the page does with the widget: join a board, look before publishing, celebrate quietly, preview and save the profile. */

const api = (path, options) => fetch(`/api/${path}`, options);

const news = document.getElementById('news');
let silence;

/** Says something that goes after a while; what is heard from elsewhere is here only to be seen. */
function tell(text, heard = false) {
  clearTimeout(silence);
  news.ariaHidden = String(heard);
  news.textContent = text;
  silence = setTimeout(() => news.replaceChildren(), 8_000);
}

/** "Saved." is said once, and not again when the page is loaded anew. */
if (new URLSearchParams(location.search).has('saved')) history.replaceState(history.state, '', location.pathname);

/** The board is the page's: it asks the server, and the widget hears of the change by itself. Of challenges the widget takes care. */
for (const [name, deed] of [['known-for-join', 'join'], ['known-for-leave', 'leave']]) {
  document.addEventListener(name, async ({ detail }) => {
    if (detail.board === undefined) return;
    const answer = await api(`boards/${encodeURIComponent(detail.board)}/${deed}`, { method: 'POST' }).catch(() => undefined);
    if (answer?.ok) await document.querySelector('known-for-source').refresh();
    else tell('That did not work. Please try again later.');
  });
}

/** Nobody publishes without having seen who will see what: the settings say it. */
document.addEventListener('known-for-publish', (publish) => {
  publish.preventDefault();
  location.assign('/settings');
});

/** Something was earned while the page is open: said once, politely, and gone after a while; where the widget says it, not here too. */
document.addEventListener('known-for-earned', async ({ target, detail }) => {
  if (target.id === 'preview' || !target.view?.own || document.querySelector('known-for-celebration')) return;
  const { texts } = await import('/pkg/elements.js');
  const names = detail.badges.map(({ name, face }) => (face.grade ? `${name}, ${texts[`grade-${face.grade}`]}` : name));
  if (detail.level?.name) names.push(`the level ${detail.level.name}`);
  // Each element says aloud what is new in it.
  const isHeard = (has, element) => !has || document.querySelector(element);
  const heard = isHeard(detail.badges.length, 'known-for-badges') && isHeard(detail.level, 'known-for-standing');
  tell(`New for you: ${names.join('; ')}.`, Boolean(heard));
});

/** The editor: without this script it is a plain form; with it, the ring follows every key. */
const editor = document.getElementById('editor');
if (editor) {
  const source = document.getElementById('preview');
  const saved = document.getElementById('saved');
  const profile = `members/${encodeURIComponent(editor.dataset.member)}/profile`;
  const form = () => new URLSearchParams(new FormData(editor));
  const question = (field) => editor.querySelector(`label[for="${CSS.escape(`value-${field}`)}"]`)?.textContent.trim() ?? field;
  const written = (field) => editor.elements[`value.${field}`];
  const said = (field) => editor.elements[`state.${field}`];
  const setAside = new Map();
  let latest = 0;
  let pause;

  const send = async (path, method) => {
    const number = ++latest;
    const answer = await api(path, { method, body: form() });
    const body = await answer.json();
    if (!answer.ok) return { error: refusal(body) };
    // An answer that a later question has overtaken is not shown.
    if (number === latest) source.view = body;
    return { open: openIn(body) };
  };

  /** What was wrong, and with the answer to which question. */
  const refusal = ({ error, path = '' }) => {
    const field = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    return field ? `“${question(field)}”: ${error}` : error;
  };

  /** The fields in which something is written that does not answer what they ask, such as an address that is none. */
  const openIn = (view) => {
    const fields = view.profile?.fields ?? [];
    return fields.filter(({ field, state }) => state === 'missing' && written(field)?.value.trim()).map(({ field }) => field);
  };

  const mark = (fields) => {
    for (const control of editor.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
    // A text that is still short is a beginning; an address that is none is a mistake.
    for (const control of fields.map(written)) if (control.type === 'url') control.setAttribute('aria-invalid', 'true');
  };

  /** One either answers or says why not: the other is set aside before the eyes, and comes back with a change of mind. */
  const keepOne = ({ name }) => {
    const field = name.replace(/^(value|state)\./, '');
    const [text, state] = [written(field), said(field)];
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
      if (error) saved.textContent = `This cannot be saved yet: ${error}.`;
    }, 120);
  });

  editor.addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    clearTimeout(pause);
    const { error, open = [] } = await send(profile, 'PUT').catch(() => ({ error: 'the server cannot be reached' }));
    mark(open);
    const more = open.length > 0 ? ` Not yet what is asked for: ${open.map((field) => `“${question(field)}”`).join(', ')}.` : '';
    saved.textContent = error ? `Not saved: ${error}.` : `Saved.${more}`;
  });

  document.addEventListener('known-for-field', (chosen) => {
    chosen.preventDefault();
    const field = document.getElementById(`field-${chosen.detail.field}`);
    field?.scrollIntoView({ block: 'center' });
    field?.querySelector('input, textarea')?.focus();
  });
}
