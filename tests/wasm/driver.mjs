/**
 * The engine of wasm/pkg behind standard input and output, so that the same tests ask it and the native one.
 *
 * Each line in is a question, `{"do": …}`; each line out its answer, `{"answer": …}` or `{"refused": "why"}`.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Engine, initSync } from '../../wasm/pkg/engine.js';
import { zone } from '../../wasm/pkg/zone.js';

initSync({ module: readFileSync(new URL('../../wasm/pkg/engine_bg.wasm', import.meta.url)) });

const LOCALE = 'en';
let engine;
let program;

const questions = {
  check: (ask) => {
    const checked = new Engine(ask.program, zone);
    engine?.free();
    [engine, program] = [checked, ask.program];
    return null;
  },
  apply: ({ activity }) => engine.apply(JSON.stringify(activity), 'wiki').status,
  void: ({ source, id }) => engine.void(source, id).status,
  members: () => engine.members(),
  // Each line as text, because what is compared is its bytes.
  ledger: ({ member, now }) => engine.ledger(member, now).map((line) => JSON.stringify(line)),
  entries: ({ member, now, count }) => engine.entries(member, LOCALE, now, count),
  why: ({ member, query, now }) => engine.why(member, query, LOCALE, now),
  why_not: ({ member, query, now }) => engine.whyNot(member, query, LOCALE, now),
  view: ({ member, viewer, now }) => engine.view(member, viewer, LOCALE, now),
  board: ({ board, viewer, now, rows }) => engine.board(board, viewer, LOCALE, now, rows),
  experts: ({ topic, viewer, now, count }) => engine.experts(topic, viewer ?? '', LOCALE, now, count),
  topics: ({ beginning, viewer, now, count }) => engine.topics(beginning ?? '', viewer ?? '', LOCALE, now, count),
  cohort: ({ challenge, now }) => engine.cohort(challenge, '', LOCALE, now),
  snapshot: () => Buffer.from(engine.snapshot()).toString('hex'),
  restore: ({ snapshot }) => {
    const restored = Engine.restore(program, zone, Buffer.from(snapshot, 'hex'));
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
