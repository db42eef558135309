/** Names: what a screen reader says of each element, read in the browser's accessibility tree. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page as start, run } from './servers.mjs';
import { NAMES, onStage, WITH_BOARD } from './stage.mjs';
import * as views from './views.mjs';
import { becomes, until } from './waiting.mjs';

/** The roles that are read out by their names. A drawer is a triangle within a group that has no name itself. */
const ROLES =
  /^(?:button|combobox|DisclosureTriangle|group|heading|image|link|list|meter|navigation|progressbar|table|textbox)$/;

/** What is said within each element, beside its title, which is the name of its group and a heading. */
const SAID = {
  badges: [
    'Your badges',
    'list: Your badges',
    'list: On the way',
    'DisclosureTriangle: Helpful, Bronze Answers that solved a colleague’s question Mar\u00a010,\u00a02026 Why?',
    'DisclosureTriangle: First page Mar\u00a02,\u00a02026 Why?',
    'DisclosureTriangle: Writer, Silver pages: 6 of 10 What counts here?',
  ],
  board: ['Helpful', 'table: Helpful', 'button: Leave'],
  celebration: ['Helpful, Bronze', 'list: Helpful, Bronze', 'button: Close'],
  challenge: [
    'Your first thirty days',
    'DisclosureTriangle: The whole challenge',
  ],
  experts: ['Who is known for …?', 'combobox: Topic', 'button: Search'],
  gains: ['What you gain from it', 'list: What you gain from it'],
  kudos: ['Thank Jonas Lie', 'button: Thank'],
  profile: [
    'Mara Voss',
    'progressbar: Profile complete',
    'link: Answer this',
    'DisclosureTriangle: 1 answer given',
  ],
  standing: [
    'Your standing',
    'DisclosureTriangle: Where your points come from',
  ],
  steps: [
    'If you like, one next step',
    'link: Answer this: Write three words colleagues could look you up by',
    'button: Something else',
  ],
  topics: [
    'What you are known for',
    'list: What you are known for',
    'list: What you do speaks for this, too',
    'combobox: I want to be known for',
    'button: Add',
    'button: Take back: Moving data',
    'button: Take back: PostgreSQL',
    'button: Say so: The timetable model',
  ],
};

describe('the names in the accessibility tree', () => {
  const running = run(start);

  /** The role and the name of each part that is read out, by role and name. */
  const said = async (page) => {
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    const parts = nodes.filter(({ ignored, role }) => !ignored && ROLES.test(role?.value));
    const lines = parts.map(({ role, name }) => `${role.value}: ${name?.value ?? ''}`);
    return lines.filter((line) => line !== 'group: ').sort();
  };

  for (const name of NAMES) {
    it(`say what is what in <known-for-${name}>`, async () => {
      const links = 'edit-href="/edit/{field}" do-href="/do/{kind}" person-href="/people/{member}"';
      const element = `<known-for-${name} heading-level="2" to="jonas" name="Jonas Lie" ${links}></known-for-${name}>`;
      // A celebration needs something that is new.
      let view = { ...views.own, ...(name === 'celebration' && { badges: { earned: [] } }) };
      const { page, close } = await onStage(running, WITH_BOARD + element, {}, { view: () => view });
      const drawing = page.locator(`known-for-${name}`);
      await until('it is drawn', () => drawing.evaluate((element) => element.matches(':state(drawn)')));
      view = views.own;
      await page.locator('#mara').evaluate((source) => source.refresh());
      const [title, ...parts] = SAID[name];
      const expected = ['heading: Stage', `group: ${title}`, `heading: ${title}`, ...parts].sort();
      await becomes(() => said(page), expected);
      assert.equal(await drawing.locator('[part=card]').count(), 1);
      await close();
    });
  }
});
