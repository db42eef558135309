/**
 * An engine of wasm/pkg behind standard input and output, so that the same tests ask it and the native one: that of
 * pages, or with the argument `host` that of servers.
 *
 * Each line in is a question, `{"do": …}`; each line out its answer, `{"answer": …}` or `{"refused": "why"}`.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const pkg = (path) => new URL(`../../wasm/pkg/${path}`, import.meta.url);

/** By argument, how an engine is made of a program's text, and of a snapshot as well. */
const builds = {
  async page() {
    const { Engine, initSync } = await import(pkg('engine.js'));
    const { zone } = await import(pkg('zone.js'));
    initSync({ module: readFileSync(pkg('engine_bg.wasm')) });
    return {
      create: (program) => new Engine(program, zone),
      restore: (program, snapshot) => Engine.restore(program, zone, snapshot),
    };
  },
  async host() {
    const { Engine, Program } = await import(pkg('engine/node.js'));
    return {
      create: (program) => new Engine(Program.fromJson(program)),
      restore: (program, snapshot) => Engine.restore(Program.fromJson(program), snapshot),
    };
  },
};

const build = await builds[process.argv[2] ?? 'page']();
const LOCALE = 'en';
let engine;
let program;

/** Who asks, and about which moment. */
const context = ({ viewer, team, now }) => ({ viewer, team, locale: LOCALE, now });

const questions = {
  check: (ask) => {
    const checked = build.create(ask.program);
    engine?.free();
    [engine, program] = [checked, ask.program];
    return null;
  },
  apply: ({ activity }) => engine.apply(JSON.stringify(activity), 'wiki').status,
  void: ({ source, id }) => engine.void(source, id).status,
  members: () => engine.members(),
  // Each line as text, because what is compared is its bytes.
  ledger: ({ member, now }) => engine.ledger(member, now).map((line) => JSON.stringify(line)),
  entries: ({ member, count, ...ask }) => engine.entries(member, context(ask), count),
  why: ({ member, query, ...ask }) => engine.why(member, query, context(ask)),
  why_not: ({ member, query, ...ask }) => engine.whyNot(member, query, context(ask)),
  view: ({ member, ...ask }) => engine.view(member, context(ask)),
  board: ({ board, rows, ...ask }) => engine.board(board, context(ask), rows),
  experts: ({ topic, count, ...ask }) => engine.experts(topic, context(ask), count),
  topics: ({ beginning, count, ...ask }) => engine.topics(beginning ?? '', context(ask), count),
  cohort: ({ challenge, ...ask }) => engine.cohort(challenge, context(ask)),
  snapshot: () => Buffer.from(engine.snapshot()).toString('hex'),
  restore: ({ snapshot }) => {
    const restored = build.restore(program, Buffer.from(snapshot, 'hex'));
    engine.free();
    engine = restored;
    return null;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const ask = JSON.parse(line);
  let reply;
  try {
    reply = { answer: questions[ask.do](ask) ?? null };
  } catch (error) {
    reply = { refused: error.message };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
