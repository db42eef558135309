/** Thanks in the intranet, as the one who gives them and a colleague of both see them: whose name stands where. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { intranet, run } from './servers.mjs';
import { becomes, drawn } from './waiting.mjs';

/** Nobody has thanked him for it so far. */
const [THANKED, TOPIC] = ['tomasz', 'boring technology'];

describe('thanks in the intranet', () => {
  const running = run(intranet);

  /** Somebody's page of the one who is thanked, once it is drawn. */
  const signedIn = async (name, look) => {
    const opened = await running.open(look);
    await opened.page.context().addCookies([{ name: 'signed-in', value: name, url: running.server.address }]);
    await opened.page.goto(`${running.server.address}/people/${THANKED}`);
    await drawn(opened.page);
    return opened;
  };

  /** Thanks him, with or without the box, and says who the page says would see the name. */
  const thanks = async (giver, isNamed) => {
    const { page, close } = await signedIn(giver);
    const kudos = page.locator('known-for-kudos');
    assert.equal(await kudos.getByRole('checkbox').count(), 0, 'asked before there is a topic');
    await kudos.getByRole('button', { name: TOPIC }).click();
    const box = kudos.getByRole('checkbox', { name: 'Others may see my name beside it' });
    await box.waitFor();
    assert.equal(await box.isChecked(), false);
    if (isNamed) await box.check();
    const seen = await kudos.locator('[part=naming]').innerText();
    await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
    await kudos.getByText('were sent').waitFor();
    assert.equal(await kudos.getByRole('checkbox').count(), 0);
    await close();
    return seen;
  };

  /** What a colleague reads beside the topic. */
  const beside = async (viewer) => {
    const { page, close } = await signedIn(viewer);
    const text = await page.locator('known-for-topics [part=topic]', { hasText: TOPIC }).innerText();
    await close();
    return text;
  };

  it('show a name to others after three say so, if its owner ticked the box, and never without it', async () => {
    assert.match(await thanks('marcus', true), /Colleagues see it/);
    await thanks('leila', false);
    assert.doesNotMatch(await beside('grace'), /Marcus|Leila|say so/, 'two could be guessed');
    await thanks('ada', true);
    const read = await beside('grace');
    assert.match(read, /Ada Brandt, Marcus Adeyemi and one more say so\./);
    assert.doesNotMatch(read, /Leila/);
    // The same thanks without the name take it away again.
    await thanks('ada', false);
    await becomes(() => beside('grace'), /Marcus Adeyemi and two more say so/);
  });

  it('say that nobody sees the name while the profile is hidden, and then nobody does', async () => {
    assert.match(await thanks('jonas', true), /Nobody sees it while your profile is for your eyes only/);
    assert.doesNotMatch(await beside('grace'), /Jonas/);
  });

  for (const look of [{ width: 320 }, { scheme: 'dark' }, { forced: true }, { direction: 'rtl' }])
    it(`ask for the name in a box that axe has nothing against: ${JSON.stringify(look)}`, async () => {
      const { page, close } = await signedIn('marcus', look);
      await page.locator('known-for-kudos').getByRole('button', { name: TOPIC }).click();
      await page.locator('known-for-kudos [part=naming]').waitFor();
      assert.deepEqual(await axe(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await close();
    });
});
