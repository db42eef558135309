/**
 * How the engine in the page keeps up with its record: µs an activity, by thousands of activities already recorded.
 *
 *     cargo run --release -p knownfor-build && node tests/wasm/growth.mjs [thousands]
 *
 * The program and the kinds are those of `examples/page`; 1,000 members write, like and comment in turn.
 */
import { readFileSync } from 'node:fs';
import { Engine, initSync } from '../../wasm/pkg/engine.js';
import { zone } from '../../wasm/pkg/zone.js';

const read = (path) => readFileSync(new URL(path, import.meta.url));
const { memory } = initSync({ module: read('../../wasm/pkg/engine_bg.wasm') });
const engine = new Engine(read('../../examples/page/site/program.json').toString(), zone);

const THOUSANDS = Number(process.argv[2] ?? 120);
const MEMBERS = 1000;
const START = Date.parse('2026-01-01T08:00:00Z');
const EVENTS = ['page_published', 'like_added', 'comment_added'];

const name = (number) => `member-${number % MEMBERS}`;

function line(number) {
  return JSON.stringify({
    eventId: number,
    event: EVENTS[number % EVENTS.length],
    when: new Date(START + number * 60_000).toISOString(),
    user: { name: name(number * 7) },
    page: { id: `P-${number % 5000}`, author: name(number * 13 + 1), words: 250, labels: ['on-call'] },
    comment: { words: 20 },
  });
}

for (let thousand = 1; thousand <= THOUSANDS; thousand += 1) {
  const lines = Array.from({ length: 1000 }, (_, index) => line(thousand * 1000 + index));
  const begun = process.cpuUsage();
  const refused = engine.applyLines(lines.join('\n'), 'feed.jsonl');
  const { user, system } = process.cpuUsage(begun);
  if (refused.length > 0) throw new Error(`line ${refused[0].line} was refused: ${refused[0].message}`);
  if (thousand % 10 !== 0) continue;
  const megabytes = Math.round(memory.buffer.byteLength / 2 ** 20);
  console.log(`${String(thousand).padStart(4)} thousand  ${((user + system) / 1000).toFixed(1).padStart(6)} µs an activity  ${megabytes} MB`);
}
