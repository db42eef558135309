/** Walk: what every fixture must do, whatever it is built with. */
import assert from 'node:assert/strict';
import { becomes } from '../browser/waiting.mjs';
import { open } from '../browser/browser.mjs';

/** What tools of development write on the console of a page, and is no fault. */
const CHATTER = [/React DevTools/, /\[vite\]/, /Angular is running in development mode/, /\[HMR\]|\[webpack/];

/** As in `waiting.mjs`: a page is slow on a busy machine. */
const PATIENCE_MS = 120_000;

/** Walks through a fixture's page: addresses and data, events, a boolean, a language, another value, and none. */
export async function walk(browser, address, shot) {
  const { page, close } = await open(browser);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  const told = () => page.locator('#told').innerText();

  // An address as a string, and a property whose name has two words.
  await becomes(() => page.locator('known-for-standing [part=figure]').first().innerText(), '1,240');
  const field = page.locator('known-for-profile [part=next-step-button]').first();
  await becomes(() => field.getAttribute('href'), /^\/profile\?field=\w/);
  // Events reach the framework, and it can prevent what they do by default.
  await field.click();
  await becomes(told, /^field \S/);
  await page.locator('known-for-topics [part=topic-button]').first().click();
  await becomes(told, /^claim \S/);
  // Data, set as a property.
  await page.locator('known-for-board [part~=own-row]').waitFor();
  await page.locator('known-for-kudos').getByRole('button', { name: 'Thank', exact: true }).waitFor();
  if (shot) await page.screenshot({ path: shot, fullPage: true });
  await speaksAnotherLanguage(page);
  const joins = () => page.locator('known-for-board [part=join-button]').count();
  for (const count of [1, 0, 1]) {
    await becomes(joins, count);
    await press('Hide or show the join button');
  }
  for (const content of ['No board', undefined]) {
    await press('Take or give the board');
    if (content) await page.getByText(content, { exact: true }).waitFor();
    else await page.locator('known-for-board [part~=own-row]').waitFor();
  }
  await press('Show Jonas');
  await becomes(() => page.locator('#address').evaluate(({ view }) => view?.member), 'jonas');
  await press('Show nobody');
  await page.getByText('Nothing to show', { exact: true }).waitFor();
  assert.equal(await page.locator('#address').evaluate(({ view }) => view), null);
  await worksWithoutServer(page);
  await close(CHATTER);
}

/** Each language is a file of its own, which the package finds once the page asks for it. */
async function speaksAnotherLanguage(page) {
  const leave = page.locator('known-for-board [part=join-button]').first();
  for (const [lang, text] of [['de', 'Aussteigen'], ['en', 'Leave']]) {
    await page.evaluate((lang) => (document.documentElement.lang = lang), lang);
    await becomes(() => leave.innerText(), text);
  }
}

/** A source that works in the page: the package finds the engine's WebAssembly and its worker. */
async function worksWithoutServer(page) {
  await page.evaluate(() => {
    const source = document.createElement('known-for-source');
    const attributes = { id: 'page', program: '/api/program.json', feed: '/api/feed.jsonl', member: 'mara' };
    for (const [name, value] of Object.entries(attributes)) source.setAttribute(name, value);
    source.append(document.createElement('known-for-standing'));
    document.body.append(source);
  });
  await becomes(() => page.locator('#page known-for-standing [part=figure]').first().innerText(), '15');
  assert.equal(page.workers().length, 1);
}
