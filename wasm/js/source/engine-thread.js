/** Engine thread: starts the engine in a worker, or on the page's own thread where no worker can be started. */

/**
 * Starts the engine; undefined if WebAssembly is not available.
 *
 * @param {import('../wasm.js').engine} from where the engine is
 * @returns {Promise<{call: (name: string, args: unknown[], report?: (progress: number) => void) => Promise<unknown>,
 *   stop: () => void} | undefined>} `call` calls a method of `PageEngine`; a call that `stop` ends gives undefined
 */
export async function startEngine(from) {
  let failure;
  try {
    return await startWorker(await from.worker(), await from.wasm());
  } catch (error) {
    failure = error;
  }
  const module = await from.module();
  if (!module) return undefined;
  warn(failure);
  const engine = new module.PageEngine();
  return { call: async (name, args, report) => engine[name](...args, report), stop: () => engine.close() };
}

async function startWorker(script, wasm) {
  const worker = new Worker(trusted(script), { type: 'module', name: 'known-for' });
  const calls = new Map();
  let calledLast = 0;
  const call = (name, args, report) =>
    new Promise((resolve, reject) => {
      calledLast += 1;
      calls.set(calledLast, { resolve, reject, report });
      worker.postMessage({ id: calledLast, call: name, args });
    });
  const end = (finish) => {
    worker.terminate();
    for (const waiting of calls.values()) finish(waiting);
    calls.clear();
  };
  worker.onmessage = ({ data: { id, answer, error, progress } }) => {
    const { resolve, reject, report } = calls.get(id);
    if (progress !== undefined) {
      report(progress);
      return;
    }
    calls.delete(id);
    if (error) reject(Object.assign(new Error(error.message), error.problems && { problems: error.problems }));
    else resolve(answer);
  };
  // The event has a message only if the script ran.
  worker.onerror = ({ message = `${script} is not there, or the content security policy forbids it` }) =>
    end(({ reject }) => reject(new Error(message)));
  try {
    // An address is relative to the page, not to the worker.
    const isAddress = typeof wasm === 'string' || wasm instanceof URL;
    await call('start', [isAddress ? new URL(wasm, document.baseURI).href : wasm]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return { call, stop: () => end(({ resolve }) => resolve(undefined)) };
}

let policy;

/** A script's address as a page takes it that requires Trusted Types. */
function trusted(script) {
  policy ??= globalThis.trustedTypes?.createPolicy('known-for', { createScriptURL: (address) => address });
  return policy ? policy.createScriptURL(String(script)) : script;
}

let hasWarned = false;

function warn({ message }) {
  if (hasWarned) return;
  hasWarned = true;
  console.warn(`known-for: the engine works on the page's own thread, because no worker can be started. ${message}`);
}
