/** Rendering on a server: the fixtures' pages as HTML, from the frameworks' own renderers and with the package imported. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fixture } from './build.mjs';
import { install } from './packed.mjs';

/** By fixture: its page, and how its framework renders it. */
const RENDERERS = {
  async react(load) {
    const [{ App }, { createElement }] = [await load('/App.tsx'), await import('react')];
    return (await import('react-dom/server')).renderToString(createElement(App));
  },
  async vue(load) {
    const [{ default: App }, { createSSRApp }] = [await load('/App.vue'), await import('vue')];
    return (await import('vue/server-renderer')).renderToString(createSSRApp(App));
  },
  async svelte(load) {
    // From the same copy of Svelte as the page, which keeps what it is rendering in a module.
    const [{ default: App }, { render }] = [await load('/App.svelte'), await load('svelte/server')];
    return render(App).body;
  },
};

describe('the frameworks on a server', () => {
  before(install);
  for (const [name, render] of Object.entries(RENDERERS)) {
    it(`${name} renders what the page shows until the elements are drawn`, async () => {
      const { createServer } = await import('vite');
      const server = await createServer({
        root: fixture(name),
        logLevel: 'warn',
        appType: 'custom',
        server: { middlewareMode: true, hmr: false, ws: false },
        optimizeDeps: { noDiscovery: true },
      });
      try {
        const html = await render((path) => server.ssrLoadModule(path));
        assert.match(html, /<known-for-source id="address" view="\/api\/mara">/);
        assert.match(html, /<known-for-standing>Nothing to show<\/known-for-standing>/);
        assert.match(html, /<known-for-profile edit-href="\/profile\?field=\{field\}"/);
        // Svelte writes data as the text of an attribute. A source takes that for no address.
        if (name !== 'svelte') assert.doesNotMatch(html, /\[object Object\]/);
      } finally {
        await server.close();
      }
    });
  }
});
