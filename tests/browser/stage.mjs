/** Stage: a page with the elements of a test, and an API that answers as the test says. */
import * as views from './views.mjs';
import { becomes } from './waiting.mjs';

/** A source that can be asked and told everything. */
export const SOURCE = `<known-for-source id="mara" view="api/view" why="api/why" why-not="api/why-not"
  entries="api/entries" experts="api/experts" topics="api/topics" cohort="api/cohort"
  deeds="api/me"></known-for-source>`;

/** The same with a board. */
export const WITH_BOARD = SOURCE.replace('why=', 'board="api/board" why=');

/** The names of all drawn elements. */
export const NAMES = [
  'badges',
  'board',
  'celebration',
  'challenge',
  'experts',
  'gains',
  'kudos',
  'profile',
  'standing',
  'steps',
  'topics',
];

/** Elements of these names, without attributes or content. */
export const elements = (...names) => names.map((name) => `<known-for-${name}></known-for-${name}>`).join('');

/** Opens all that is behind the line of a challenge. */
export const openChallenge = (page) => page.locator('known-for-challenge [part=whole] > summary').click();

/** Asks for something else until what is offered has this text. */
export async function offered(page, text, most = 9) {
  const step = page.locator('known-for-steps [part=next-step]');
  await step.waitFor();
  for (let asked = 0; asked < most && !(await step.innerText()).match(text); asked += 1)
    await step.locator('[part=other-button]').click();
  await becomes(() => step.innerText(), text);
  return step;
}

/** The element that thanks Jonas. */
export const THANKS = '<known-for-kudos to="jonas" name="Jonas"></known-for-kudos>';

/** What the API of a stage answers, by path: from `views`, or as `answers` says, with data or a status. */
export const answering = (answers) => ({
  view: () => views.own,
  board: () => views.board,
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
});

/** The page of a stage. */
export const html = (body, { lang = 'en', dir = 'ltr' } = {}) => `<!doctype html><html lang="${lang}" dir="${dir}">
  <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stage</title>
  <link rel="stylesheet" href="wiki.css"><link rel="icon" href="icon.svg">
  <script type="module" src="known-for/index.js"></script>
  <main class="alone"><h1>Stage</h1>${body}</main></html>`;

/**
 * A page with this body, under the policy of the server. `answers` says what its API answers, and `posted` keeps what
 * is posted.
 */
export async function onStage(running, body, look = {}, answers = {}) {
  const opened = await running.open(look);
  const posted = [];
  const answer = answering(answers);
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
    const headers = { 'content-security-policy': policy };
    await route.fulfill({ contentType: 'text/html', headers, body: html(body, { lang: look.lang }) });
  });
  await opened.page.goto(new URL('stage.html', running.server.address).href);
  return { ...opened, posted };
}
