/**
 * Runs our ways and the peers in turns on one stream, compares their checksums, and writes `../RESULTS.md` with a plot.
 *
 * `node run.mjs` takes a million activities of 100,000 members through each way three times, which takes an hour.
 * `node run.mjs 5000 1 --dry` takes 5,000 through each once and only prints.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plot } from './plot.mjs';
import { drawRules } from './rules.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const isOption = (argument) => argument.startsWith('--');
const [activities = '1000000', rounds = '3'] = process.argv.slice(2).filter((argument) => !isOption(argument));
const isDry = process.argv.includes('--dry');
const MEMBERS = '100000';
const RULE_SETS = ['10', '100', '1000'];

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28, cwd: here('.') });
const timed = process.env.TIMED ?? here('../../../target/release/timed');
if (!process.env.TIMED) run('cargo', 'build', '--release', '--locked', '--package', 'knownfor-speed', '--bin', 'timed');
const folder = mkdtempSync(join(tmpdir(), 'knownfor-speed-'));
const stream = join(folder, 'stream.jsonl');
execFileSync(timed, ['stream', activities, MEMBERS], { stdio: ['ignore', openSync(stream, 'w'), 'inherit'] });

/** The time and the checksum of an engine of the package, whose standings are worked out from its snapshot. */
function packaged(of, rules) {
  const [program, snapshot] = ['program.json', 'snapshot'].map((name) => join(folder, name));
  writeFileSync(program, run(timed, 'program', rules));
  const took = JSON.parse(run('node', '--max-old-space-size=4096', here('package.mjs'), of, program, stream, snapshot));
  return { ...took, checksum: run(timed, 'checksum', rules, snapshot).trim() };
}

function duckdb(rules) {
  const drawn = join(folder, 'rules.json');
  writeFileSync(drawn, JSON.stringify(drawRules(Number(rules))));
  return JSON.parse(run('python3', here('duck.py'), drawn, stream));
}

const plain = (rules) => JSON.parse(run('node', '--max-old-space-size=4096', here('plain.mjs'), rules, stream));
const ways = [
  { name: 'ours, to standings', run: (rules) => JSON.parse(run(timed, 'standings', rules, stream)) },
  { name: 'ours, to `Engine`', run: (rules) => JSON.parse(run(timed, 'engine', rules, stream)) },
  { name: 'plain JavaScript, to standings', run: plain },
];
const { stdout: duckdbVersion } = spawnSync('python3', ['-c', 'import duckdb; print(duckdb.__version__)']);
if (duckdbVersion?.length > 0) ways.push({ name: 'DuckDB, to standings, in one go', run: duckdb });
else console.error('left out: DuckDB; `pip install duckdb` brings it');
if (existsSync(here('../../../wasm/pkg/engine_bg.wasm'))) {
  ways.push({ name: 'ours in Node.js, to `Engine`', run: (rules) => packaged('server', rules) });
  ways.push({ name: 'ours in a page, to `Engine`', run: (rules) => packaged('page', rules) });
} else {
  console.error('left out: the engines of the package; `cargo run --release -p knownfor-build` builds them');
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What each way took with each set of rules, round after round. */
const took = ways.map(() => RULE_SETS.map(() => []));
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [set, rules] of RULE_SETS.entries()) {
    for (const [way, { name, run }] of ways.entries()) {
      const one = run(rules);
      took[way][set].push(one);
      const { checksum } = took[0][set][0];
      if (one.checksum !== checksum) throw new Error(`${name}, ${rules} rules: ${one.checksum}, expected ${checksum}`);
      console.error(`round ${round + 1}, ${rules} rules, ${name}: ${one.nanos} ns`);
    }
  }
}
rmSync(folder, { recursive: true });

const micros = (nanos) => (nanos / 1_000).toFixed(2);
const values = took.map((sets) => sets.map((runs) => median(runs.map(({ nanos }) => nanos))));
const plainNanos = values[ways.findIndex(({ run }) => run === plain)];
const cell = (nanos, set) => `${micros(nanos)} (${(plainNanos[set] / nanos).toFixed(2)} ×)`;
const table = [
  `| | ${RULE_SETS.map((rules) => `${Number(rules).toLocaleString('en')} rules`).join(' | ')} |`,
  `|---|${'---|'.repeat(RULE_SETS.length)}`,
  ...ways.map(({ name }, way) => `| ${name} | ${values[way].map(cell).join(' | ')} |`),
];
/** The package's engines become faster as Node.js compiles them, so their table says how fast they end. */
const thousands = ways.flatMap(({ name }, way) => {
  if (took[way][0][0].last === undefined) return [];
  const at = (when) => took[way].map((runs) => micros(median(runs.map((one) => one[when])))).join(' | ');
  return [`| ${name}, 10th thousand | ${at('tenth')} |`, `| ${name}, last thousand | ${at('last')} |`];
});
if (thousands.length > 0) table.push(...thousands);
const inWords = (number) => Number(number).toLocaleString('en');
const rustc = run('rustc', '--version').trim();
const checksums = RULE_SETS.map((rules, set) => `  - ${rules} rules: \`${took[0][set][0].checksum}\``).join('\n');
const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}`;
const text = `# Beside the peers

CPU time of an activity in microseconds, and how many times as fast as plain JavaScript: from JSON lines in memory, with
all that the runtime does beside it. The median of ${rounds} rounds in turns, ${inWords(activities)} activities
of ${inWords(MEMBERS)} members. \`Engine\` keeps the record and the ledger besides, and finds duplicates; the others do
not. DuckDB folds everything in one query, so it has no standing before the last activity. Node.js compiles
WebAssembly while it runs, which is in the mean of the package's engines and no longer in their last thousand.

${table.join('\n')}

![CPU time of an activity](results.svg)

- ${new Date().toISOString().slice(0, 10)}, ${machine}
- ${rustc}, Node.js ${process.version}${duckdbVersion?.length > 0 ? `, DuckDB ${String(duckdbVersion).trim()}` : ''}
- all ways reach the same standings, with these checksums:
${checksums}

\`node tests/speed/peers/run.mjs ${activities} ${rounds}\` wrote this page.
`;
console.log(text);
if (!isDry) {
  writeFileSync(here('../RESULTS.md'), text);
  writeFileSync(here('../results.svg'), plot(ways.map(({ name }) => name.replaceAll('`', '')), RULE_SETS, values));
}
