/** Served stage: the stage as a server of its own, for browsers whose driver cannot answer a page's requests. */
import { createServer } from 'node:http';
import { answering, html } from './stage.mjs';

/**
 * The script that each page begins with. It keeps in `window.said` what goes to the console, every error and every
 * breach of the policy, because not every driver tells.
 */
const LISTENING = `window.said = [];
  for (const level of ['log', 'info', 'warn', 'error']) {
    const write = console[level];
    console[level] = (...words) => { said.push(level + ': ' + words.join(' ')); write.apply(console, words); };
  }
  addEventListener('error', ({ message }) => said.push('error: ' + message));
  addEventListener('unhandledrejection', ({ reason }) => said.push('rejected: ' + reason));
  addEventListener('securitypolicyviolation', (breach) =>
    said.push('policy: ' + breach.violatedDirective + ' ' + breach.blockedURI));`;

/**
 * Starts the server. What is no part of the stage comes from `page`, the address of the example, with its policy.
 * `set(body, look, answers)` says what is on the stage, and `posted` keeps what is posted.
 */
export async function serveStage(page) {
  const posted = [];
  let stage;
  const api = async (request, { pathname, searchParams }) => {
    const path = pathname.replace('/api/', '');
    if (request.method === 'POST') {
      const body = Buffer.concat(await request.toArray());
      posted.push([path.replace('me/', ''), JSON.parse(body)]);
      return new Response(null, { status: 204 });
    }
    const json = answering(stage.answers)[path]?.(searchParams) ?? 404;
    return typeof json === 'number' ? new Response(null, { status: json }) : Response.json(json);
  };
  const file = async ({ pathname }) => {
    const answer = await fetch(new URL(pathname === '/stage.html' ? '/' : pathname, page));
    if (!answer.headers.get('content-type')?.startsWith('text/html')) return answer;
    const text = pathname === '/stage.html' ? html(stage.body, stage.look) : await answer.text();
    const listening = text.replace('<meta charset', '<script src="/listening.js"></script><meta charset');
    return new Response(listening, { headers: answer.headers });
  };
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, page);
    const answer =
      address.pathname === '/listening.js'
        ? new Response(LISTENING, { headers: { 'content-type': 'text/javascript' } })
        : await (address.pathname.startsWith('/api/') ? api(request, address) : file(address));
    const headers = ['content-type', 'content-security-policy'].filter((name) => answer.headers.has(name));
    for (const name of headers) response.setHeader(name, answer.headers.get(name));
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    posted,
    set(body, look = {}, answers = {}) {
      stage = { body, look, answers };
      posted.length = 0;
    },
    close: () => server.close(),
  };
}
