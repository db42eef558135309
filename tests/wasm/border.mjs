/**
 * What the border of both modules refuses, and what it lets through. Node runs it, and it stops at the first failure.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as draw from '../../wasm/pkg/draw.js';
import * as engineModule from '../../wasm/pkg/engine.js';
import { zone } from '../../wasm/pkg/zone.js';
import * as views from '../browser/views.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url));
draw.initSync({ module: read('../../wasm/pkg/draw_bg.wasm') });
engineModule.initSync({ module: read('../../wasm/pkg/engine_bg.wasm') });

/** Words as the drawing asks for them, each its own key. */
const words = new Proxy({}, { get: (_, name) => (name === 'weekday' ? () => 0 : (text) => String(text)) });
const links = { edit: () => undefined, doing: () => undefined, person: () => undefined };
const answers = { can: [], why: [], 'why-not': [], entries: [] };

/** There is no page in Node, so a drawing that has read its view says that it has nowhere to draw. */
const READ = /there is no document to draw in/;
const drawing = () => new draw.Drawing({});
const standing = (view) => () => drawing().standing(view, words, answers);

// What has the shape is read, whatever else is in it.
assert.throws(standing(views.own), READ);
assert.throws(standing({ ...views.own, newer: { than: ['this', 'version'] } }), READ);
assert.throws(standing(JSON.parse(JSON.stringify(views.own))), READ);
assert.throws(() => drawing().profile({ ...views.own, profile: undefined }, words, links), READ);
assert.throws(() => drawing().challenge(views.own, words, 'first-month', undefined), READ);
assert.throws(() => drawing().challenge(views.own, words, 'first-month', views.cohort), READ);

// What has not is refused, by the place and what was expected there.
const refuses = (draw, message) => assert.throws(draw, { message });
const { own, ...nobodys } = views.own;
const [badge, ...badges] = views.own.badges.earned;
const withFace = (face) => ({ ...views.own, badges: { ...views.own.badges, earned: [...badges, { ...badge, face }] } });
const last = `/badges/earned/${badges.length}`;
refuses(standing(nobodys), 'not a member view: /own: expected a flag, found nothing');
refuses(standing({ ...views.own, own: 'yes' }), 'not a member view: /own: expected a flag, found `yes`');
refuses(standing(JSON.stringify('a view')), 'not a member view: expected a table, found `"a view"`');
refuses(standing(null), 'not a member view: expected a table, found nothing');
refuses(
  standing(withFace({ ...badge.face, rank: 'highest' })),
  `not a member view: ${last}/face/rank: expected a whole number, found \`highest\``,
);
refuses(
  standing({ ...views.own, publish_audience: 'everyone' }),
  'not a member view: /publish_audience: expected one of `private`, `team`, `company`, `public`, found `everyone`',
);
const points = [{ ...views.own.standing.points[0], total: 1.5 }];
refuses(
  standing({ ...views.own, standing: { points } }),
  'not a member view: /standing/points/0/total: expected a whole number, ' +
    'found a number with a fraction or too many digits',
);
refuses(
  () => drawing().topics(views.own, words, [{ topic: 'rust' }]),
  'not a list of topics: /0/name: expected a text, found nothing',
);
refuses(standing({ ...views.own, name: () => 'Mara' }), 'expected plain data, as JSON has it, found a function');
const circular = { ...views.own };
circular.itself = circular;
refuses(standing(circular), 'nested deeper than 64 levels');

// A picture that only a newer server has is drawn as the plainest one.
assert.throws(standing(withFace({ shape: 'heptagon', icon: 'rocket' })), READ);

// What rose since an earlier view, and what a member has seen.
const { earned } = views.own.badges;
const nothing = { ...views.own, badges: { earned: [] }, standing: { points: [] } };
assert.deepEqual(draw.earnedSince(views.own, nothing), [true, ...earned.map(({ badge }) => badge)]);
assert.deepEqual(draw.earnedSince(views.own, { ...nothing, standing: views.own.standing })[0], false);
assert.equal(draw.earnedSince(views.own, views.own), undefined);
assert.equal(draw.earnedSince(nothing, views.own), undefined);
assert.equal(draw.earnedSince(views.own, { ...nothing, member: 'somebody else' }), undefined);
const seen = drawing().seen(views.own, undefined);
assert.deepEqual(seen.badges.map(({ badge, times }) => [badge, times]), earned.map(({ badge, times }) => [badge, times]));
assert.deepEqual(drawing().seen(nothing, seen), seen);
// What the browser's storage has may be anything.
assert.deepEqual(drawing().seen(views.own, ['of another version']), seen);

// As text, a program keeps its rules in the order written; in an object, `2` would come before `10`.
const rule = (points) => `{ "on": "act", "give": { "points": ${points} } }`;
const program = `{
  "version": 1, "id": "border", "name": "Border", "currencies": { "points": {} }, "kinds": { "act": {} },
  "rules": { "10": ${rule(1)}, "2": ${rule(2)}, "some": ${rule(5)} }
}`;
const asked = { locale: 'en', now: '2026-03-03T09:00:00Z' };
const engine = new engineModule.Engine(program, zone);
const activity = JSON.stringify({ id: '1', source: 'test', at: '2026-03-02T09:00:00Z', kind: 'act', actor: 'mara' });
assert.deepEqual(engine.apply(activity, 'test').members[0].added.map(({ rule }) => rule), ['10', '2', 'some']);
assert.equal(JSON.stringify(engine.apply(activity, 'test')), '{"status":"duplicate","members":[]}');
assert.equal(engine.view('nobody', { viewer: 'mara', ...asked }), null);
assert.equal(engine.view('mara', { viewer: 'mara', ...asked }).standing.points[0].total, 8);
assert.equal(engine.why('mara', { rule: '2' }, asked).entry.amount, 2);
assert.equal(engine.why('mara', { badge: 'none' }, asked), null);
refuses(
  () => engine.why('mara', { rule: 2 }, asked),
  'not a question: /rule: expected a text, found a whole number',
);
refuses(() => engine.view('mara', { locale: 'en' }), 'not a context: /now: expected a text, found nothing');
assert.throws(() => engine.view('mara', { locale: 'en', now: 'soon' }), Error);
assert.throws(() => new engineModule.Engine('{', zone), /expected a program as JSON/);
assert.throws(() => new engineModule.Engine('{}', zone), ({ problems }) => problems.length > 0);
