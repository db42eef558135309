/** The page without a server of ours: everything is worked out in the browser, under the strictest policy. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { offered, openChallenge } from './stage.mjs';
import { becomes, caughtUp, drawn, stillness, until } from './waiting.mjs';

describe('the page', () => {
  const running = run(start);

  for (const look of [{}, { width: 320, scheme: 'dark' }, { forced: true }, { direction: 'rtl' }]) {
    it(`draws everything from a program and a feed: ${JSON.stringify(look)}`, async () => {
      const { page, close } = await running.open(look);
      await page.goto(running.server.address);
      await page.locator('known-for-profile [role=progressbar]').waitFor();
      await page.locator('known-for-badges [part=badge]').first().waitFor();
      await becomes(() => page.locator('known-for-standing [part=figure]').first().innerText(), /^[1-9]/);
      await drawn(page);
      await stillness(page);
      assert.deepEqual(await axe(page), []);
      await close();
    });
  }

  it('says why a badge was given, from the engine in the page', async () => {
    const { page, close } = await running.open();
    await page.goto(running.server.address);
    const badge = page.locator('known-for-badges [part=badge]').first();
    await badge.locator('summary').click();
    await badge.locator('[part=reason]').waitFor();
    await becomes(() => badge.locator('[part=reason]').innerText(), /\d/);
    await close();
  });

  it('shows what a claim and leaving a challenge would change, and keeps nothing', async () => {
    const { page, close } = await running.open();
    await page.goto(running.server.address);
    const topics = page.locator('known-for-topics');
    await topics.getByRole('button', { name: 'Say so: Moving data' }).click();
    await topics.getByRole('button', { name: 'Take back: Moving data' }).waitFor();
    const challenge = page.locator('known-for-challenge');
    await openChallenge(page);
    // Six have joined, which is too few to say anything about them.
    await challenge.getByRole('button', { name: 'Leave' }).waitFor();
    assert.equal(await challenge.locator('[part=together]').count(), 0);
    await challenge.getByRole('button', { name: 'Leave' }).click();
    await challenge.getByRole('button', { name: 'Join' }).waitFor();
    await page.reload();
    await topics.getByRole('button', { name: 'Say so: Moving data' }).waitFor();
    await close();
  });

  it('offers no more what is not for the member, and offers it again', async () => {
    const { page, close } = await running.open();
    await page.goto(running.server.address);
    const steps = page.locator('known-for-steps');
    const step = await offered(page, /Not for me/);
    const ask = await step.locator('[part=step-name]').innerText();
    await becomes(() => step.locator('.not-for-me').innerText(), /Only you see it/);
    await step.getByRole('button', { name: `Not for me: ${ask}` }).click();
    await steps.getByText('This is not offered to you any more.').waitFor();
    assert.notEqual(await step.locator('[part=step-name]').innerText(), ask);
    await steps.getByRole('button', { name: /^Take back/ }).click();
    await becomes(() => steps.getByText('This is not offered').count(), 0);
    await offered(page, new RegExp(ask));
    await close();
  });

  it('shows a colleague, thanks him and finds who is known for something', async () => {
    const { page, close } = await running.open({ width: 320 });
    await page.goto(new URL('people.html', running.server.address).href);
    const known = page.locator('known-for-topics [part=topic]', { hasText: 'PostgreSQL' });
    await becomes(() => known.innerText(), /Shown by deeds: pages about it \(three\)/);
    // Two colleagues say so, and fewer than three are not told to others.
    assert.doesNotMatch(await known.innerText(), /say so|thanks/);
    const kudos = page.locator('known-for-kudos');
    await kudos.getByRole('button', { name: 'PostgreSQL' }).click();
    await kudos.getByLabel('Others may see my name beside it').check();
    await kudos.getByRole('button', { name: 'Thank', exact: true }).click();
    await known.getByText('Mara Voss and two more say so.').waitFor();
    const experts = page.locator('known-for-experts');
    // Only a topic that is suggested can be recognised by its name.
    await experts.locator('datalist option').first().waitFor({ state: 'attached' });
    await experts.getByLabel('Topic').fill('PostgreSQL');
    await experts.getByRole('button', { name: 'Search' }).click();
    await experts.locator('[part=expert]', { hasText: 'Tomasz Nowak' }).waitFor();
    await stillness(page);
    assert.deepEqual(await axe(page), []);
    await close();
  });

  it('gives the same view to two copies of the package on one page', async () => {
    const { page, close } = await running.open();
    await page.goto(running.server.address);
    await page.locator('known-for-profile [role=progressbar]').waitFor();
    await page.evaluate(() => import(new URL('known-for/index.js?second', document.baseURI).href));
    await caughtUp(page);
    assert.equal(await page.locator('known-for-profile [role=progressbar]').count(), 1);
    await close();
  });

  it('tells of a mistake in the program and leaves the page as it was', async () => {
    const { page, said, close } = await running.open();
    await page.route('**/program.json', async (route) => {
      const answer = await route.fetch();
      const program = await answer.json();
      program.rules = { ...program.rules, broken: { on: 'no.such.kind', give: { nothing: 1 } } };
      await route.fulfill({ response: answer, json: program });
    });
    await page.goto(running.server.address);
    await until('the mistake is told', () => said.some((line) => line.includes('/rules/broken/on')));
    assert.ok(await page.locator('known-for-profile').getByText('Your profile').isVisible());
    await close([/\/rules\/broken/]);
  });

  it('promises nothing that it cannot do without a program', async () => {
    const { page, close } = await running.open();
    await page.route('**/program.json', (route) => route.fulfill({ status: 404 }));
    await page.goto(new URL('people.html', running.server.address).href);
    await page.evaluate(() => {
      document.querySelector('known-for-experts').append('my own words');
      document.querySelector('known-for-kudos').setAttribute('to', 'tomasz');
    });
    await page.getByText('my own words').waitFor();
    await page.getByRole('button', { name: 'Thank', exact: true }).click();
    await page.getByText('could not be sent').waitFor();
    await close([/404/]);
  });
});
