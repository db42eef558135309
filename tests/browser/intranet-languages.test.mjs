/** The intranet in German, as a browser that prefers it shows it, and back in English by the visitor's choice. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { intranet, run } from './servers.mjs';
import { becomes, drawn, reloaded } from './waiting.mjs';

describe('the intranet in German', () => {
  const running = run(intranet);

  const visit = async (path, look = {}) => {
    const opened = await running.open({ locale: 'de-AT', ...look });
    await opened.page.goto(`${running.server.address}${path}`);
    return opened;
  };

  it('is German in the page and in the widget, with the names of the program, and leaves axe nothing to find', async () => {
    const { page, close } = await visit('/', { width: 320 });
    assert.match(await page.locator('h1, [role=heading][aria-level="1"]').innerText(), /^Du wirst bekannt für \S/);
    assert.match(await page.locator('.greeting > .quiet').innerText(), /^(\w+tag|Mittwoch), \d+\. [A-Z]\w+\. Schön, dass du da bist, \w+\.$/);
    await drawn(page);
    await becomes(() => page.locator('known-for-steps [part=title]').innerText(), 'Wenn du magst: ein nächster Schritt');
    await becomes(() => page.locator('known-for-challenge [part=title]').innerText(), 'Deine ersten dreißig Tage');
    assert.deepEqual(await axe(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await close();
  });

  it('says in German what the editor cannot save, and what it has saved', async () => {
    const { page, close } = await visit('/people/ada/edit');
    await drawn(page);
    const said = page.locator('#saved');
    await page.locator('[name="value.known-for"]').fill('x'.repeat(101));
    await becomes(
      () => said.innerText(),
      /^Das lässt sich noch nicht speichern: „Wofür möchtest du bekannt sein\?“: erwartet wird ein Thema mit 1 bis 100/,
    );
    await page.locator('[name="value.known-for"]').fill('Automatisierung\nBerichte\nRuhe');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await becomes(() => said.innerText(), /^Gespeichert\./);
    await close([/422/]);
  });

  it('changes into English and back at the foot of the page', async () => {
    const { page, close } = await visit('/experts');
    await reloaded(page, () => page.getByRole('button', { name: 'English' }).click());
    assert.equal(new URL(page.url()).pathname, '/experts');
    assert.equal(await page.locator('h1').innerText(), 'Who knows about it?');
    await becomes(() => page.locator('known-for-experts [part=title]').innerText(), 'Who is known for …?');
    await reloaded(page, () => page.getByRole('button', { name: 'Deutsch' }).click());
    await becomes(() => page.locator('known-for-experts [part=title]').innerText(), 'Wer ist bekannt für …?');
    await close();
  });
});
