/** Build: each bundler as its documentation starts it, and where its page is then. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
/** What is built, one folder for each fixture and mode. */
const OUT = fileURLToPath(new URL('out/', import.meta.url));

export const fixture = (name) => join(FIXTURES, name);

/** An empty folder for what is built. */
export async function outOf(name) {
  const folder = join(OUT, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** The page of the fixtures without a framework, with these lines in its head. */
export async function plainPage(folder, head) {
  const body = await readFile(join(fixture('plain'), 'body.html'), 'utf8');
  const start = '<!doctype html><html lang="en"><meta charset="utf-8"><title>knownfor</title><link rel="icon" href="data:,">';
  await writeFile(join(folder, 'index.html'), `${start}\n${head}\n${body}</html>\n`);
}

/** A fixture with Vite, as built for production. */
export async function viteBuild(name, out) {
  const { build } = await import('vite');
  await build({ ...(await viteOptions(name)), build: { outDir: out, emptyOutDir: true } });
}

/** A fixture with Vite's development server. Its API is at another address. */
export async function viteServe(name, api, cacheDir) {
  const { createServer } = await import('vite');
  const server = await createServer({
    ...(await viteOptions(name)),
    cacheDir,
    server: { host: '127.0.0.1', port: 0, hmr: false, proxy: { '/api': api } },
  });
  await server.listen();
  return { address: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() };
}

async function viteOptions(name) {
  return { root: fixture(name), logLevel: 'warn' };
}
