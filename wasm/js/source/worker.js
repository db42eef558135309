/** Worker: the engine in a thread of its own. `engine-worker.js` is made of it, one file without imports. */
import init, { PageEngine } from './page-engine.js';
import { wasmAt } from '../wasm-file.js';

// The page imports the same file where it cannot start a worker.
export { default, PageEngine } from './page-engine.js';

if ('DedicatedWorkerGlobalScope' in globalThis) serve(globalThis);

/**
 * Answers messages `{ id, call, args }` by `{ id, answer }` or `{ id, error }`, after any number of
 * `{ id, progress }`. The first call is `start`, with the address or the bytes of the WebAssembly.
 */
function serve(scope) {
  const engine = new PageEngine();
  const start = async (place) => void (await init({ module_or_path: await wasmAt(place, 'engine') }));
  scope.addEventListener('message', async ({ data: { id, call, args } }) => {
    try {
      const report = (progress) => scope.postMessage({ id, progress });
      const answer = call === 'start' ? await start(...args) : await engine[call](...args, report);
      scope.postMessage({ id, answer });
    } catch ({ message, problems }) {
      scope.postMessage({ id, error: { message, problems } });
    }
  });
}
