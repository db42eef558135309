/** Stage: a page with the elements of a test, and an API that answers as the test says. */
import * as views from './views.mjs';

/** A source that can be asked and told everything. */
export const SOURCE = `<known-for-source id="mara" view="api/view" why="api/why" why-not="api/why-not"
  entries="api/entries" experts="api/experts" topics="api/topics" cohort="api/cohort"
  deeds="api/me"></known-for-source>`;

/** Elements of these names, without attributes or content. */
export const elements = (...names) => names.map((name) => `<known-for-${name}></known-for-${name}>`).join('');

/** The element that thanks Jonas. */
export const THANKS = '<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>';

/**
 * A page with this body, under the policy of the server. Its API answers from `views`, or as `answers` says: with
 * data or a status. `posted` keeps what is posted.
 */
export async function onStage(running, body, look = {}, answers = {}) {
  const opened = await running.open(look);
  const posted = [];
  const answer = {
    view: () => views.own,
    why: (query) => (query.has('rule') ? views.reasons.rule : views.reasons.badge),
    'why-not': (query) => (query.has('badge') ? views.reasons.missing : views.reasons.skips),
    entries: () => views.entries,
    experts: (query) => ({
      ...views.experts,
      ...(query.get('topic') !== 'data-moves' && { topic: query.get('topic'), name: query.get('topic'), experts: [] }),
    }),
    topics: () => views.topics.map(({ topic, name }) => ({ topic, name })),
    cohort: () => views.cohort,
    ...answers,
  };
  await opened.page.route('**/api/**', async (route) => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    const path = pathname.replace('/api/', '');
    if (request.method() === 'POST') {
      posted.push([path.replace('me/', ''), request.postDataJSON()]);
      await answers.post?.(posted.at(-1));
      return route.fulfill({ status: answers.refuse ? 500 : 204 });
    }
    const json = await answer[path]?.(searchParams);
    return route.fulfill(typeof (json ?? 404) === 'number' ? { status: json ?? 404 } : { json });
  });
  await opened.page.route('**/stage.html', async (route) => {
    const policy = (await route.fetch({ url: running.server.address })).headers()['content-security-policy'];
    const html = `<!doctype html><html lang="${look.lang ?? 'en'}"><meta charset="utf-8">
      <meta name="viewport" content="width=device-width"><title>Stage</title>
      <link rel="stylesheet" href="wiki.css"><link rel="icon" href="icon.svg">
      <script type="module" src="known-for/index.js"></script>
      <main class="alone"><h1>Stage</h1>${body}</main></html>`;
    await route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body: html });
  });
  await opened.page.goto(new URL('stage.html', running.server.address).href);
  return { ...opened, posted };
}
