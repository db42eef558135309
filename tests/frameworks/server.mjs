/** Server: serves a folder as a plain web server would, under a strict policy, and answers the fixtures' API. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import * as views from '../browser/views.mjs';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };
/** For a source without a server: one post gives 15 points. */
const PROGRAM = {
  version: 1,
  id: 'posts',
  currencies: { points: {} },
  kinds: { post: {} },
  rules: { post: { on: 'post', give: { points: 15 } } },
};
const POST = { id: '1', source: 'wiki', at: '2026-03-02T09:00:00Z', kind: 'post', actor: 'mara' };
const ANSWERS = {
  '/api/mara': views.own,
  '/api/jonas': views.colleague,
  '/api/program.json': PROGRAM,
  '/api/feed.jsonl': POST,
};

/**
 * Serves files on a free port.
 *
 * @param {(path: string) => string} fileOf the file of a path
 * @param {{ types?: Record<string, string>, policy?: string, answers?: Record<string, object> }} options content types
 *   by ending, beside those of a page's files; the content security policy; answers beside those of the API, by path
 */
export async function serve(fileOf, { types = { '.wasm': 'application/wasm' }, policy = POLICY, answers = {} } = {}) {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url, 'http://localhost').pathname);
    const send = (status, type, body) => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': policy });
      response.end(body);
    };
    if (path.startsWith('/api/') || answers[path]) {
      const answer = ANSWERS[path] ?? answers[path];
      send(answer ? 200 : 404, 'application/json', JSON.stringify(answer ?? null));
      return;
    }
    const file = fileOf(path.endsWith('/') ? `${path}index.html` : path);
    const type = { ...TYPES, ...types }[extname(file)];
    const body = type && (await readFile(file).catch(() => undefined));
    if (body) send(200, type, body);
    else send(404, 'text/plain', 'not found');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** The files of one folder. */
export const within = (folder) => (path) => join(folder, path);
