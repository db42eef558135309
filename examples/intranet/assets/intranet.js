/** What the page does with the widget: join a board, look before publishing, celebrate quietly, preview and save the profile. */

const api = (path, options) => fetch(`/api/${path}`, options);

/** The board is the page's: it asks the server, and the widget hears of the change by itself. Of challenges the widget takes care. */
for (const [name, deed] of [['known-for-join', 'join'], ['known-for-leave', 'leave']]) {
  document.addEventListener(name, async ({ detail }) => {
    if (detail.board === undefined) return;
    const answer = await api(`boards/${encodeURIComponent(detail.board)}/${deed}`, { method: 'POST' });
    if (answer.ok) await document.querySelector('known-for-source').refresh();
  });
}

/** Nobody publishes without having seen who will see what: the settings say it. */
document.addEventListener('known-for-publish', (publish) => {
  publish.preventDefault();
  location.assign('/settings');
});

/** Something was earned while the page is open: said once, politely, and gone after a while; where the widget says it, not here too. */
document.addEventListener('known-for-earned', ({ target, detail }) => {
  if (target.id === 'preview' || !target.view?.own || document.querySelector('known-for-celebration')) return;
  const names = detail.badges.map(({ name, face }) => (face.grade ? `${name}, ${face.grade}` : name));
  if (detail.level?.name) names.push(`the level ${detail.level.name}`);
  const news = document.getElementById('news');
  news.textContent = `New for you: ${names.join('; ')}.`;
  setTimeout(() => news.replaceChildren(), 8_000);
});

/** The editor: without this script it is a plain form; with it, the ring follows every key. */
const editor = document.getElementById('editor');
if (editor) {
  const source = document.getElementById('preview');
  const saved = document.getElementById('saved');
  const profile = `members/${encodeURIComponent(editor.dataset.member)}/profile`;
  const form = () => new URLSearchParams(new FormData(editor));
  let latest = 0;
  let pause;

  const send = async (path, method) => {
    const number = ++latest;
    const answer = await api(path, { method, body: form() });
    const body = await answer.json();
    // An answer that a later question has overtaken is not shown.
    if (answer.ok && number === latest) source.view = body;
    return answer.ok ? undefined : body.error;
  };

  editor.addEventListener('input', () => {
    saved.textContent = '';
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const error = await send(`${profile}/preview`, 'POST');
      if (error) saved.textContent = `This cannot be saved yet: ${error}.`;
    }, 120);
  });

  editor.addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    clearTimeout(pause);
    const error = await send(profile, 'PUT').catch(() => 'the server cannot be reached');
    saved.textContent = error ? `Not saved: ${error}.` : 'Saved.';
  });

  document.addEventListener('known-for-field', (chosen) => {
    chosen.preventDefault();
    const field = document.getElementById(`field-${chosen.detail.field}`);
    field?.scrollIntoView({ block: 'center' });
    field?.querySelector('input, textarea')?.focus();
  });
}
