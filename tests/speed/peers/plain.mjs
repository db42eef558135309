/**
 * The work in plain JavaScript, from JSON lines to standings, as one would write it by hand for speed: rules compiled
 * by kind, conditions as numbers, counters in typed arrays. It keeps no record and no ledger, drops no duplicates and
 * undoes nothing.
 *
 * `node plain.mjs RULES FILE` answers `{"nanos": …, "checksum": …}`: the CPU time of an activity, with what Node.js
 * does beside it, and the checksum of all standings.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AUDIENCES, DOES, drawRules, KINDS, topicName, TOPICS } from './rules.mjs';

const LEVELS = 24;
const DAY_SECONDS = 86_400;
const [NOTHING, CAP, NTH, DISTINCT, STREAK] = DOES.keys();
/** The numbers that a rule keeps of a member, at most. */
const NUMBERS = 2;

class Standings {
  /** The rules of each kind. */
  #kinds;
  #kindNumbers = new Map(KINDS.map((name, number) => [name, number]));
  #audienceBits = new Map(AUDIENCES.map((name, number) => [name, 1 << number]));
  #topicBits = new Map(Array.from({ length: TOPICS }, (_, topic) => [topicName(topic), 1 << topic]));
  #members = new Map();

  constructor(rules) {
    this.#kinds = KINDS.map((kind) => {
      const own = rules.filter((rule) => rule.kind === kind).map((rule) => this.#compiled(rule));
      own.filter((rule) => rule.does !== NOTHING).forEach((rule, slot) => (rule.slot = slot * NUMBERS));
      return { rules: own, numbers: own.filter((rule) => rule.does !== NOTHING).length * NUMBERS };
    });
  }

  /** A rule whose conditions are numbers; one that is not asked holds for everything. */
  #compiled({ name, words, audience, topic, points, does, goal, bonus }) {
    return {
      name,
      words,
      audiences: audience === null ? -1 : this.#audienceBits.get(audience),
      topics: topic === null ? -1 : this.#topicBits.get(topic),
      points,
      does: DOES.indexOf(does),
      goal,
      bonus,
      slot: 0,
    };
  }

  #member(name) {
    let member = this.#members.get(name);
    if (member === undefined) {
      member = { points: 0, badges: [], numbers: new Array(KINDS.length).fill(null), sets: null };
      this.#members.set(name, member);
    }
    return member;
  }

  /** What a member has by the rules of a kind. A day that never was is -2, so that no other follows it. */
  #numbers(member, kind) {
    let numbers = member.numbers[kind];
    if (numbers === null) {
      numbers = member.numbers[kind] = new Int32Array(this.#kinds[kind].numbers);
      for (const rule of this.#kinds[kind].rules) {
        if (rule.does === CAP || rule.does === STREAK) numbers[rule.slot] = -2;
      }
    }
    return numbers;
  }

  take(line) {
    const event = JSON.parse(line);
    const kind = this.#kindNumbers.get(event.kind);
    const member = this.#member(event.member);
    const audience = this.#audienceBits.get(event.audience);
    const { words, counterpart } = event;
    let topics = 0;
    for (const topic of event.topics) topics |= this.#topicBits.get(topic);
    const day = Math.floor(event.ts / DAY_SECONDS);
    for (const rule of this.#kinds[kind].rules) {
      if (words < rule.words || (audience & rule.audiences) === 0 || (topics & rule.topics) === 0) continue;
      if (rule.does === NOTHING) {
        member.points += rule.points;
        continue;
      }
      const numbers = this.#numbers(member, kind);
      switch (rule.does) {
        case CAP: {
          if (numbers[rule.slot] !== day) {
            numbers[rule.slot] = day;
            numbers[rule.slot + 1] = 0;
          }
          const given = Math.min(rule.points, rule.goal - numbers[rule.slot + 1]);
          numbers[rule.slot + 1] += given;
          member.points += given;
          break;
        }
        case NTH:
          member.points += rule.points;
          numbers[rule.slot] += 1;
          if (numbers[rule.slot] === rule.goal) member.badges.push(`${rule.name}:n`);
          break;
        case DISTINCT:
          member.points += rule.points;
          // Once there are enough, the set is no longer needed.
          if (counterpart !== null && numbers[rule.slot] < rule.goal) {
            this.#distinct(member, numbers, rule, counterpart);
          }
          break;
        case STREAK:
          member.points += rule.points;
          if (numbers[rule.slot] !== day) this.#streak(member, numbers, rule, day);
          break;
      }
    }
  }

  #distinct(member, numbers, rule, counterpart) {
    member.sets ??= new Map();
    let set = member.sets.get(rule);
    if (set === undefined) member.sets.set(rule, (set = new Set()));
    set.add(counterpart);
    numbers[rule.slot] = set.size;
    if (set.size === rule.goal) {
      member.sets.delete(rule);
      member.badges.push(`${rule.name}:d`);
      member.points += rule.bonus;
    }
  }

  #streak(member, numbers, rule, day) {
    const run = numbers[rule.slot] === day - 1 ? numbers[rule.slot + 1] + 1 : 1;
    numbers[rule.slot] = day;
    numbers[rule.slot + 1] = run;
    if (run === rule.goal) {
      member.points += rule.bonus;
      const badge = `${rule.name}:s`;
      if (!member.badges.includes(badge)) member.badges.push(badge);
    }
  }

  /** The first 16 digits of the SHA-256 of a line for each member, in order, with points, level and badges. */
  checksum() {
    const hash = createHash('sha256');
    for (const name of [...this.#members.keys()].sort()) {
      const { points, badges } = this.#members.get(name);
      let level = 0;
      while (level < LEVELS && points >= 100 * 2 ** level) level += 1;
      hash.update(`${name}\t${points}\t${level}\t${badges.sort().join(',')}\n`);
    }
    return hash.digest('hex').slice(0, 16);
  }
}

const [rules, file] = process.argv.slice(2);
const standings = new Standings(drawRules(Number(rules)));
const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
const start = process.cpuUsage();
for (const line of lines) standings.take(line);
const { user, system } = process.cpuUsage(start);
const nanos = Math.round(((user + system) * 1_000) / lines.length);
console.log(JSON.stringify({ nanos, checksum: standings.checksum() }));
