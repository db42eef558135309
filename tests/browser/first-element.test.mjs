/** First element: what a page loads until its first element is drawn. How long that takes is measured by hand. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { measure } from './first-element.mjs';

it('is drawn after few requests and few bytes', async () => {
  const { requests, bytes } = await measure(undefined, 1);
  assert.ok(requests <= 3, `${requests} requests`);
  // The goal is 60,000; the drawing may weigh 60 KB by itself, see `wasm/build`.
  assert.ok(bytes > 30_000 && bytes <= 78_000, `${bytes} bytes`);
});
