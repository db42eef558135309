/**
 * What the border of both modules refuses, and what it lets through: run by Node, it ends with a failure at the first that is wrong.
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

// What has not is refused, by what is wrong with it.
const { own, ...nobodys } = views.own;
assert.throws(standing(nobodys), /expected a member view: missing field `own`/);
assert.throws(standing({ ...views.own, own: 'yes' }), /expected a member view: invalid type/);
assert.throws(standing(JSON.stringify(views.own)), /expected a member view/);
assert.throws(standing(null), /expected a member view/);
const graded = { ...views.own.badges.earned[0], face: { shape: 'shield', icon: 'pen', grade: 'platinum' } };
assert.throws(standing({ ...views.own, badges: { earned: [graded] } }), /unknown variant `platinum`/);
const points = [{ ...views.own.standing.points[0], total: 1.5 }];
assert.throws(standing({ ...views.own, standing: { points } }), /expected a member view: invalid type/);
assert.throws(() => drawing().topics(views.own, words, [{ topic: 'rust' }]), /expected a list of topics: missing field `name`/);

// As text, a program keeps its rules in the order written; in an object, `2` would come before `10`.
const rule = (points) => `{ "on": "act", "give": { "points": ${points} } }`;
const program = `{
  "version": 1, "id": "border", "name": "Border", "currencies": { "points": {} }, "kinds": { "act": {} },
  "rules": { "10": ${rule(1)}, "2": ${rule(2)}, "some": ${rule(5)} }
}`;
const engine = new engineModule.Engine(program, zone);
const activity = JSON.stringify({ id: '1', source: 'test', at: '2026-03-02T09:00:00Z', kind: 'act', actor: 'mara' });
assert.deepEqual(engine.apply(activity, 'test').members[0].added.map(({ rule }) => rule), ['10', '2', 'some']);
assert.equal(JSON.stringify(engine.apply(activity, 'test')), '{"status":"duplicate","members":[]}');
assert.equal(engine.view('nobody', 'mara', 'en', '2026-03-03T09:00:00Z'), null);
assert.equal(engine.view('mara', 'mara', 'en', '2026-03-03T09:00:00Z').standing.points[0].total, 8);
assert.equal(engine.why('mara', { rule: '2' }, 'en', '2026-03-03T09:00:00Z').entry.amount, 2);
assert.equal(engine.why('mara', { badge: 'none' }, 'en', '2026-03-03T09:00:00Z'), null);
assert.throws(() => engine.why('mara', { rule: 2 }, 'en', '2026-03-03T09:00:00Z'), /expected a question: invalid type/);
assert.throws(() => engine.view('mara', 'mara', 'en', 'soon'), Error);
assert.throws(() => new engineModule.Engine('{', zone), /expected a program as JSON/);
assert.throws(() => new engineModule.Engine('{}', zone), ({ problems }) => problems.length > 0);
