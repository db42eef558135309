/** The elements in the languages and looks of other people's pages: what is loaded, read, cut off and readable. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axe } from './browser.mjs';
import { page as start, run } from './servers.mjs';
import { elements, onStage, SOURCE, THANKS } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, drawn, until } from './waiting.mjs';

const NAMES = ['steps', 'topics', 'challenge', 'gains', 'standing', 'badges', 'profile', 'experts'];
const EVERYTHING = SOURCE + elements(...NAMES) + THANKS;

describe('the elements in a language', () => {
  const running = run(start);
  const stage = (...what) => onStage(running, ...what);

  const title = (page, name) => page.locator(`known-for-${name} [part=title]`);

  /** The languages that a page has loaded, as their files are called. */
  const loaded = (page) =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => /texts\/(\w\w)\.js$/.exec(name)?.[1])
        .filter(Boolean)
        .sort(),
    );

  it('load English with the package, and another language when it is needed', async () => {
    const english = await stage(SOURCE + elements('badges'));
    await title(english.page, 'badges').waitFor();
    assert.deepEqual(await loaded(english.page), ['en']);
    await english.page.evaluate(() => {
      document.documentElement.lang = 'nl-BE';
    });
    await becomes(() => title(english.page, 'badges').innerText(), 'Jouw badges');
    assert.deepEqual(await loaded(english.page), ['en', 'nl']);
    await english.close();
  });

  const titles = {
    ar: 'شاراتك',
    de: 'Deine Abzeichen',
    en: 'Your badges',
    es: 'Tus insignias',
    fr: 'Vos badges',
    it: 'I tuoi badge',
    ja: 'あなたのバッジ',
    nl: 'Jouw badges',
    pl: 'Twoje odznaki',
    pt: 'Seus emblemas',
    xx: 'Your badges',
    'not a tag': 'Your badges',
  };
  it('speak each of them, and English where there is none', async () => {
    const each = Object.keys(titles).map((lang) => `<div lang="${lang}">${elements('badges')}</div>`);
    const { page, close } = await stage(SOURCE + each.join(''));
    for (const [lang, text] of Object.entries(titles))
      await becomes(() => page.locator(`div[lang="${lang}"] known-for-badges [part=title]`).innerText(), text, lang);
    await close();
  });

  it('follow the nearest `lang`, out of shadow roots within shadow roots, and when it changes there', async () => {
    const { page, close } = await stage(`${SOURCE}<div id="outer"></div>`);
    await page.evaluate(() => {
      const within = (host, name) => {
        const element = document.createElement(name);
        host.attachShadow({ mode: 'open' }).append(element);
        return element;
      };
      const section = within(document.querySelector('#outer'), 'section');
      section.lang = 'es';
      within(section, 'known-for-badges');
    });
    const badges = page.locator('known-for-badges [part=title]');
    await becomes(() => badges.innerText(), titles.es);
    const setLang = (lang) =>
      page.evaluate((tag) => {
        const section = document.querySelector('#outer').shadowRoot.firstElementChild;
        if (tag) section.lang = tag;
        else section.removeAttribute('lang');
      }, lang);
    await setLang('pl');
    await becomes(() => badges.innerText(), titles.pl);
    await page.evaluate(() => {
      document.documentElement.lang = 'fr';
    });
    await setLang(undefined);
    await becomes(() => badges.innerText(), titles.fr);
    await close();
  });

  it('ask the server in the language of the page', async () => {
    const { page, close } = await stage(`<div lang="pt-BR">${SOURCE}${elements('badges')}</div>`);
    const asked = [];
    page.on('request', (request) => request.url().includes('/api/') && asked.push(request));
    await drawn(page);
    const languages = await Promise.all(asked.map(async (request) => (await request.allHeaders())['accept-language']));
    assert.ok(languages.length > 0);
    assert.deepEqual([...new Set(languages)], ['pt-BR']);
    await close();
  });

  it('speak a language that the page adds, even after they were drawn', async () => {
    const { page, close } = await stage(SOURCE + elements('badges'), { lang: 'sv' });
    await becomes(() => title(page, 'badges').innerText(), 'Your badges');
    await page.evaluate(async () => {
      const { addLanguage, texts } = await import('/known-for/elements.js');
      addLanguage('sv', { ...texts, 'badges-own': 'Dina märken' });
    });
    await becomes(() => title(page, 'badges').innerText(), 'Dina märken');
    await close();
  });

  it('keep a name from left to right together in Arabic, and leave axe nothing to find', async () => {
    const topics = [{ ...views.topics[0], name: 'SQL (basics)' }];
    const { page, close } = await stage(
      EVERYTHING.replace('name="Jonas"', 'name="Jonas Lie (IT)"'),
      { lang: 'ar', direction: 'rtl', width: 320 },
      { view: () => ({ ...views.own, topics }) },
    );
    await drawn(page);
    assert.equal(await title(page, 'kudos').textContent(), 'شكر \u2068Jonas Lie (IT)\u2069');
    // The brackets stand around what they enclose: from left to right, after it and not before.
    const edges = (locator, texts) =>
      locator.evaluate((element, parts) => {
        const node = element.firstChild;
        return parts.map((text) => {
          const range = document.createRange();
          const at = node.data.indexOf(text);
          range.setStart(node, at);
          range.setEnd(node, at + text.length);
          return range.getBoundingClientRect().left;
        });
      }, texts);
    const topic = await edges(page.locator('known-for-topics [part=topic-name]').first(), ['SQL', '(basics', ')']);
    assert.deepEqual([...topic].sort((a, b) => a - b), topic);
    const name = await edges(title(page, 'kudos'), ['Jonas', '(IT', ')', 'شكر']);
    assert.deepEqual([...name].sort((a, b) => a - b), name, 'and the Arabic word stands to the right of the name');
    assert.deepEqual(await axe(page), []);
    await close();
  });

  /** Texts that go beyond the page or beyond what cuts them off. */
  const cut = (page) =>
    page.evaluate(() => {
      const found = [];
      const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) walk(element.shadowRoot);
          const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
          if (element.closest('.unseen') || texts.length === 0) continue;
          for (const text of texts) {
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const { left, right } of range.getClientRects())
              if (left < -0.5 || right > innerWidth + 0.5) found.push(text.data);
          }
          const { overflowX } = getComputedStyle(element);
          if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth) found.push(element.textContent);
        }
      };
      walk(document);
      const { scrollWidth } = document.documentElement;
      return [...found, ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : [])];
    });

  const openAll = (page) =>
    until('every drawer is open', async () => {
      await page.locator('details:not([open])').evaluateAll((closed) =>
        closed.forEach((details) => {
          details.open = true;
        }),
      );
      return (await page.locator('details:not([open])').count()) === 0;
    });

  for (const lang of ['de', 'fi', 'ar', 'pl'])
    it(`cut off no text at 320 pixels: ${lang}`, async () => {
      const direction = lang === 'ar' ? 'rtl' : 'ltr';
      const { page, close } = await stage(EVERYTHING, { lang, direction, width: 320 });
      if (lang === 'fi')
        await page.evaluate(async () => {
          // English with each word as long as the longest of Finnish that offices use.
          const { addLanguage, texts } = await import('/known-for/elements.js');
          const long = (text) => text.replace(/(?<!\{)\b[a-z]{3,}\b/gi, 'käyttöoikeussopimuksestammekin');
          const entry = (text) =>
            typeof text === 'string'
              ? long(text)
              : Object.fromEntries(Object.entries(text).map(([form, sentence]) => [form, long(sentence)]));
          const finnish = Object.entries(texts).map(([key, text]) => [key, entry(text)]);
          addLanguage('fi', Object.fromEntries(finnish));
        });
      await drawn(page);
      await openAll(page);
      if (lang === 'fi') await becomes(() => title(page, 'badges').innerText(), /käyttöoikeus/);
      await becomes(() => cut(page), []);
      await close();
    });
});

describe('the elements in the look of a page', () => {
  const running = run(start);

  /** A stage without the wiki's own colours, with this style sheet. */
  const styled = async (css, look = {}, body = EVERYTHING) => {
    const staged = await onStage(running, body, look);
    await staged.page.evaluate((text) => {
      document.querySelector('main').className = '';
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.push(sheet);
    }, css);
    await drawn(staged.page);
    return staged;
  };

  /** The contrast of an element's text and its background, as the browser paints both. */
  const contrast = (locator) =>
    locator.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const luminance = (painted) => {
        context.fillStyle = painted;
        context.fillRect(0, 0, 1, 1);
        const [red, green, blue] = Array.from(context.getImageData(0, 0, 1, 1).data, (byte) => {
          const value = byte / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const [high, low] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    });

  const accents = ['#ffd400', '#7cc0ea', '#767676', '#e0457b', '#1f5fae', '#101010', 'oklch(0.7 0.15 150)', 'white'];
  it('write readably on any accent colour, pointed at or not', async () => {
    const { page, close } = await styled('', {}, `${SOURCE}${elements('profile')}${THANKS}`);
    const button = page.locator('known-for-kudos .primary');
    const setColour = (name, colour) =>
      page.locator('main').evaluate((main, [property, value]) => main.style.setProperty(property, value), [name, colour]);
    for (const accent of accents) {
      await setColour('--known-for-accent', accent);
      assert.ok((await contrast(button)) >= 4.5, `${accent}: ${await contrast(button)}`);
      await button.hover();
      assert.ok((await contrast(button)) >= 4.5, `${accent}, pointed at: ${await contrast(button)}`);
      await page.mouse.move(0, 0);
    }
    await setColour('--known-for-on-accent', 'rgb(1, 2, 3)');
    assert.equal(await button.evaluate((element) => getComputedStyle(element).color), 'rgb(1, 2, 3)');
    await close();
  });

  const pages = {
    'a light page': 'body { background: white; color: #222; }',
    'a dark page that does not say so': 'html, body { background: #151a20; color: #e8e8e8; }',
    'a light page in a dark scheme': ':root { color-scheme: light dark; } html, body { background: #fff; color: #111; }',
  };
  for (const [name, css] of Object.entries(pages))
    it(`are readable on ${name}`, async () => {
      const scheme = name.endsWith('scheme') ? 'dark' : 'light';
      const { page, close } = await styled(`:root { color-scheme: light; } ${css}`, { scheme });
      assert.deepEqual(await axe(page), []);
      assert.ok((await contrast(page.locator('known-for-kudos .primary'))) >= 4.5);
      await close();
    });

  it('are as large as the text of the page, whatever the size of its root', async () => {
    const sizes = [];
    for (const root of [10, 16, 24]) {
      const { page, close } = await styled(`:root { font-size: ${root}px; } body { font-size: 16px; }`, { width: 320 });
      const size = (selector) => page.locator(selector).first().evaluate((element) => element.offsetHeight);
      sizes.push(await Promise.all(['.ring', '.face', '.days', '.primary', '[part=card]'].map(size)));
      await close();
    }
    assert.deepEqual(sizes[0], sizes[1]);
    assert.deepEqual(sizes[2], sizes[1]);
  });

  it('have a title that the page can make a heading of any level', async () => {
    const { page, close } = await styled('', {}, `${SOURCE}${elements(...NAMES)}${THANKS}`);
    const headings = (level) => page.locator('known-for-steps').getByRole('heading', { level });
    assert.equal(await headings().count(), 0, 'by default it is the label of its group');
    const setLevel = (level) =>
      page.evaluate((value) => {
        for (const element of document.querySelectorAll('main > :not(h1, known-for-source)'))
          element.setAttribute('heading-level', value);
      }, level);
    await setLevel('2');
    await becomes(() => headings(2).innerText(), 'If you like, one next step');
    await becomes(() => page.getByRole('heading', { level: 2 }).count(), NAMES.length + 1);
    await setLevel('3');
    await becomes(() => headings(3).count(), 1);
    assert.equal(await headings(2).count(), 0);
    await setLevel('seven');
    await becomes(() => headings().count(), 0);
    await close();
  });
});
