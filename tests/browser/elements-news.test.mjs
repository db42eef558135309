/** News in the elements: what is new to a member is said, once, and what is not new is not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { onStage, SOURCE } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, caughtUp, until } from './waiting.mjs';

describe('the news in the elements', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  it('celebrate once, and nothing of what was before', async () => {
    let view = views.own;
    const { page, close } = await stage(
      `${SOURCE}<known-for-celebration></known-for-celebration>`,
      {},
      { view: () => view },
    );
    const news = page.locator('known-for-celebration');
    const status = news.getByRole('status');
    await until('it is drawn', async () => (await status.count()) === 1);
    assert.equal(await news.locator('[part=card]').count(), 0, 'history is told as news');
    const [first] = views.own.badges.earned;
    const badge = { ...first, face: { ...first.face, grade: 'silver', rank: 2 } };
    view = {
      ...view,
      badges: { earned: [badge, views.own.badges.earned[1]] },
      standing: { ...view.standing, level: { number: 3, of: 4, name: 'Known voice' } },
    };
    await page.locator('#mara').evaluate((source) => source.refresh());
    await news.locator('[part=card]').waitFor();
    assert.equal(await status.textContent(), 'New for you: Helpful, Silver and Level Known voice');
    await news.getByRole('button', { name: 'Close' }).click();
    await until('it is closed', async () => (await news.locator('[part=card]').count()) === 0);
    await becomes(
      () => page.evaluate(() => document.activeElement.localName),
      'known-for-celebration',
      'the focus is lost',
    );
    // Seen once, on whatever page: the same again is no news.
    await page.reload();
    await until('it is drawn', async () => (await status.count()) === 1);
    await caughtUp(page);
    assert.equal(await news.locator('[part=card]').count(), 0);
    await close();
  });

  it('offer to show a badge that others see only once it is accepted, and say who would', async () => {
    const [helpful] = views.own.badges.earned;
    let view = { ...views.own, badges: { earned: [] } };
    const { page, posted, close } = await stage(
      `${SOURCE}<known-for-celebration></known-for-celebration>`,
      {},
      {
        view: () => view,
        post: ([path]) => {
          if (path.endsWith('/accept')) view = { ...view, badges: { earned: [helpful] } };
        },
      },
    );
    const news = page.locator('known-for-celebration');
    await until('it is drawn', async () => (await news.getByRole('status').count()) === 1);
    view = { ...view, badges: { earned: [{ ...helpful, hidden: true }] } };
    const refresh = () => page.locator('#mara').evaluate((source) => source.refresh());
    await refresh();
    await news.getByRole('button', { name: 'Keep it to myself' }).waitFor();
    assert.match(await news.locator('[part=audience]').innerText(), /Colleagues see it/);
    await news.getByRole('button', { name: 'Put it on my profile' }).click();
    await becomes(() => posted, [['badges/helpful/accept', {}]]);
    await refresh();
    await news.getByText('It is on your profile now.').waitFor();
    assert.equal(await news.getByRole('button', { name: 'Put it on my profile' }).count(), 0);
    await becomes(() => page.evaluate(() => document.activeElement.localName), 'known-for-celebration');
    await news.getByRole('button', { name: 'Close' }).click();
    await until('it is closed', async () => (await news.locator('[part=card]').count()) === 0);
    await close();
  });

  it('take for news what rises, in times or in grade, and not what falls', async () => {
    const { page, close } = await stage(
      `${SOURCE}<known-for-badges></known-for-badges><known-for-celebration></known-for-celebration>`,
    );
    const badges = page.locator('known-for-badges');
    await badges.locator('[part=badge]').first().waitFor();
    await page.evaluate(() =>
      addEventListener('known-for-earned', ({ detail }) => {
        window.earned = detail.badges.map(({ times, face }) => `${times} ${face.grade}`);
      }),
    );
    const [helpful, ...others] = views.own.badges.earned;
    const show = async (times, grade) => {
      const face = { ...helpful.face, grade, rank: grade === 'gold' ? 3 : 2 };
      const view = { ...views.own, badges: { earned: [{ ...helpful, times, face }, ...others] } };
      await page.locator('#mara').evaluate((source, view) => {
        window.earned = [];
        source.view = view;
      }, view);
      await badges.getByText(`${times} times`).waitFor();
      await badges
        .locator('[part=badge]', { hasText: grade[0].toUpperCase() + grade.slice(1) })
        .first()
        .waitFor();
      await caughtUp(page);
      const celebrated = await page.locator('known-for-celebration [part=badge]').allInnerTexts();
      const close = page.locator('known-for-celebration').getByRole('button', { name: 'Close' });
      if (celebrated.length > 0) await close.click();
      return [
        await badges.getByRole('status').textContent(),
        await badges.locator('.new').count(),
        await page.evaluate(() => window.earned),
        celebrated.length,
      ];
    };
    assert.deepEqual(await show(3, 'gold'), ['New badge: Helpful, Gold', 1, ['3 gold'], 1]);
    assert.deepEqual(await show(2, 'gold'), ['', 0, [], 0]);
    assert.deepEqual(await show(3, 'gold'), ['New badge: Helpful, Gold', 1, ['3 gold'], 0]);
    assert.deepEqual(await show(3, 'silver'), ['', 0, [], 0]);
    await close();
  });

  it('celebrate what came while the page was closed, without motion where that is asked for', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-celebration></known-for-celebration>`, {
      motion: 'reduce',
    });
    await until('it is drawn', async () => (await page.locator('known-for-celebration [role=status]').count()) === 1);
    await page.evaluate(() => localStorage.setItem('known-for-seen:mara', '{"badges":[{"badge":"first-page","times":1}],"level":2}'));
    await page.reload();
    const badge = page.locator('known-for-celebration [part=badge]');
    await badge.waitFor();
    assert.match(await badge.innerText(), /Helpful, Bronze/);
    assert.equal(await badge.evaluate((node) => node.getAnimations({ subtree: true }).length), 0);
    await close();
  });

  it('do not take somebody else for news', async () => {
    const { page, close } = await stage(`${SOURCE}<known-for-standing></known-for-standing>`);
    const status = page.locator('known-for-standing').getByRole('status');
    const show = (change) =>
      page.locator('#mara').evaluate(
        (source, view) => {
          source.view = view;
        },
        { ...views.own, ...change },
      );
    const points = (total) => ({
      standing: { ...views.own.standing, points: [{ ...views.own.standing.points[0], total }] },
    });
    await page.locator('known-for-standing [part=figure]').first().waitFor();
    await show({ member: 'ines', ...points(174) });
    await page.locator('known-for-standing').getByText('174').first().waitFor();
    assert.equal(await status.textContent(), '');
    await show({ member: 'ines', ...points(175) });
    await becomes(() => status.textContent(), 'Recognition: now 175');
    await page.evaluate(
      (view) => {
        const second = document.createElement('known-for-source');
        document.querySelector('main').append(second);
        second.view = view;
        document.querySelector('#mara').remove();
      },
      { ...views.own, member: 'ines', ...points(176) },
    );
    await page.locator('known-for-standing').getByText('176').first().waitFor();
    assert.equal(await status.textContent(), '');
    await close();
  });
});
