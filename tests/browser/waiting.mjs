/**
 * Waiting: on a busy machine a page draws late. So a test does not read it once, but again until it says what is
 * expected or time is up.
 */
import assert from 'node:assert/strict';

/** Long enough for a machine with other work to do; a test that passes waits only as long as the page takes. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 20;

/** Asks again until the answer is truthy, and gives that answer. */
export async function until(what, ask, milliseconds = PATIENCE_MS) {
  return retried(async () => {
    const answer = await ask();
    assert.ok(answer, `not within ${milliseconds} ms: ${what}`);
    return answer;
  }, milliseconds);
}

/** Reads again until the value is the expected one, or its text matches; then fails with the difference. */
export function becomes(read, expected, message) {
  return retried(async () => {
    const value = await read();
    if (expected instanceof RegExp) assert.match(value, expected, message);
    else assert.deepEqual(value, expected, message);
  }, PATIENCE_MS);
}

/** Waits until every request of the page so far is answered and drawn, before a test says what has not happened. */
export async function caughtUp(page) {
  await page.evaluate(async () => {
    // Answered after what was asked for before it.
    await fetch('/', { cache: 'no-store' });
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  });
}

/** Waits until each source has read what it shows, and each element has drawn what it finds there. */
export async function drawn(page) {
  await page.evaluate(async () => {
    await customElements.whenDefined('known-for-topics');
    await Promise.all([...document.querySelectorAll('known-for-source')].map((source) => source.refresh()));
  });
  const undrawn = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => element.shown?.())
        // What a server has drawn has a link to its style until the element takes it over.
        .filter((element) => !element.matches(':state(drawn)') || element.shadowRoot.querySelector('link'))
        .map(({ localName }) => localName),
    );
  await becomes(undrawn, []);
}

/** Does what loads another page, and waits until that has come. */
export async function reloaded(page, action) {
  await page.evaluate(() => {
    window.isLeft = true;
  });
  await action();
  await until('another page has come', () => page.evaluate(() => !window.isLeft && document.readyState === 'complete'));
}

/** Waits until no transition or animation runs, inside the elements either. */
export function stillness(page) {
  return until('nothing moves any more', () =>
    page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
      return roots.every((root) => root.getAnimations().every(({ playState }) => playState !== 'running'));
    }),
  );
}

async function retried(attempt, milliseconds) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
}
