/**
 * The work in an engine of the package: JSON lines through `applyLines`, a thousand at a time, in Node.js.
 *
 * `node package.mjs page|server PROGRAM FILE SNAPSHOT` answers `{"nanos": …, "tenth": …, "last": …}`: the CPU time of an activity,
 * over all, in the tenth thousand and in the last one. It writes a snapshot, from which `timed checksum` works out the
 * checksum.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const pkg = (path) => new URL(`../../../wasm/pkg/${path}`, import.meta.url);

/** The engine of pages asks the browser for time zones; that of servers has them. */
const ENGINES = {
  async page(program) {
    const { Engine, initSync } = await import(pkg('engine.js'));
    const { zone } = await import(pkg('zone.js'));
    initSync({ module: readFileSync(pkg('engine_bg.wasm')) });
    return new Engine(program, zone);
  },
  async server(program) {
    const { Engine, Program } = await import(pkg('engine/node.js'));
    return new Engine(Program.fromJson(program));
  },
};

const THOUSAND = 1_000;
const [of, program, file, snapshot] = process.argv.slice(2);
const engine = await ENGINES[of](readFileSync(program, 'utf8'));
const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
const thousands = [];
for (let first = 0; first < lines.length; first += THOUSAND) {
  const part = lines.slice(first, first + THOUSAND);
  const text = part.join('\n');
  const start = process.cpuUsage();
  const refused = engine.applyLines(text, 'workload', first + 1);
  const { user, system } = process.cpuUsage(start);
  if (refused.length > 0) throw new Error(refused[0].message);
  thousands.push(((user + system) * 1_000) / part.length);
}
/** The median of a thousand and its four neighbours, because a single one may meet the garbage collector. */
const near = (thousand) => {
  const first = Math.max(0, Math.min(thousand - 3, thousands.length - 5));
  return Math.round(thousands.slice(first, first + 5).sort((a, b) => a - b)[Math.min(2, thousands.length - 1)]);
};
writeFileSync(snapshot, engine.snapshot());
const mean = thousands.reduce((sum, one) => sum + one, 0) / thousands.length;
console.log(JSON.stringify({ nanos: Math.round(mean), tenth: near(10), last: near(thousands.length) }));
