/** Views as a server would send them: what the elements are drawn from where a test wants every part of them. */

const GRADES = ['bronze', 'silver', 'gold'];
const face = (shape, icon, grade) => ({
  shape,
  icon,
  ...(grade && { grade, rank: GRADES.indexOf(grade) + 1, grades: GRADES.length }),
});
const part = (name, value, goal) => ({ name, value, goal });

const days = (from, count, change) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(from) + index * 86_400_000);
    return {
      date: at.toISOString().slice(0, 10),
      ...([0, 6].includes(at.getUTCDay()) && { free: true }),
      ...change(index),
    };
  });

export const topics = [
  {
    topic: 'data-moves',
    name: 'Moving data',
    claimed: true,
    strength: 21,
    confirmed: 3,
    confirmers: [{ member: 'petra', name: 'Petra Falk' }],
    others: 2,
    evidence: [
      { tally: 'pages-on', name: 'pages written', value: 4 },
      { tally: 'confirmed-on', name: 'colleagues who say so', value: 3, confirms: true },
    ],
  },
  { topic: 'postgres', name: 'PostgreSQL', claimed: true, strength: 0, confirmed: 0, evidence: [] },
  {
    topic: 'timetable',
    name: 'The timetable model',
    claimed: false,
    strength: 12,
    confirmed: 0,
    evidence: [{ tally: 'pages-on', name: 'pages written', value: 4 }],
  },
];

export const steps = [
  {
    target: 'field',
    id: 'known-for',
    name: 'What do you want to be known for?',
    invite: 'Write three words colleagues could look you up by',
    field: 'known-for',
    audience: 'private',
    percent: 0,
    missing: [part('What do you want to be known for?', 0, 1)],
    gives: [{ currency: 'recognition', name: 'Recognition', points: 15 }],
  },
  {
    target: 'claim',
    id: 'timetable',
    name: 'The timetable model',
    invite: 'Say that you want to be known for the timetable model',
    audience: 'company',
    percent: 0,
    missing: [],
  },
  {
    target: 'badge',
    id: 'writer',
    name: 'Writer',
    face: face('hexagon', 'book', 'silver'),
    invite: 'Write a page others can use',
    kind: 'page written',
    audience: 'company',
    percent: 60,
    missing: [part('pages', 6, 10)],
    gives: [{ currency: 'recognition', name: 'Recognition', points: 30 }],
  },
  {
    target: 'challenge',
    id: 'first-month',
    step: 'thanks',
    name: 'A first thank-you',
    invite: 'Thank a colleague',
    kind: 'kudos given',
    audience: 'team',
    percent: 0,
    missing: [part('colleagues thanked', 0, 1)],
  },
  {
    target: 'badge',
    id: 'introduced',
    name: 'Introduced',
    face: face('shield', 'pen'),
    invite: 'Write three words colleagues could look you up by',
    field: 'known-for',
    audience: 'private',
    percent: 50,
    missing: [part('fields', 1, 2)],
    gives: [{ currency: 'recognition', name: 'Recognition', points: 15 }],
  },
  {
    target: 'publish',
    id: '',
    name: 'Your profile',
    invite: 'Publish your profile when you like it',
    audience: 'company',
    percent: 0,
    missing: [],
  },
  {
    target: 'level',
    id: 'voice',
    name: 'Known voice',
    invite: 'Give a talk',
    kind: 'talk given',
    audience: 'public',
    percent: 34,
    missing: [part('Recognition', 136, 400)],
  },
];

export const challenge = {
  challenge: 'first-month',
  name: 'Your first thirty days',
  description: 'One small step at a time, most of them seen by nobody but you.',
  joined: true,
  dates: ['2026-03-02', '2026-03-31'],
  phase: 'running',
  calendar: days('2026-03-02', 30, (index) => ({
    ...([0, 1, 3, 8, 9].includes(index) && { active: true }),
    ...(index === 10 && { today: true }),
  })),
  steps: [
    {
      step: 'who-i-am',
      name: 'Say who you are',
      done: true,
      from: '2026-03-02',
      parts: [part('What do you want to be known for?', 1, 1)],
    },
    { step: 'a-post', name: 'A first page', done: false, from: '2026-03-06', parts: [part('pages', 0, 1)] },
    { step: 'aloud', name: 'Tell somebody about it', done: false, from: '2026-03-23', parts: [part('talks', 0, 1)] },
  ],
  done: 1,
  before: { completeness: 20, points: [0] },
  after: { completeness: 65, points: [1240] },
};

export const cohort = {
  challenge: 'first-month',
  name: 'Your first thirty days',
  members: 10,
  shared: [{ name: 'pages', goal: 40, reached: 'most' }],
};

export const own = {
  member: 'mara',
  name: 'Mara Voss',
  own: true,
  published: true,
  standing: {
    points: [{ currency: 'recognition', name: 'Recognition', total: 1240, this_month: 180, last_month: 120 }],
    level: {
      number: 2,
      of: 4,
      name: 'Contributor',
      next: {
        name: 'Known voice',
        to_go: 160,
        percent: 60,
        parts: [{ name: 'Recognition', value: 1240, goal: 1400 }],
      },
    },
  },
  profile: {
    percent: 65,
    fields: [
      { field: 'headline', ask: 'What you do, in one line', section: 'About you', state: 'done', percent: 35, audience: 'company' },
      {
        field: 'known-for',
        ask: 'What do you want to be known for?',
        section: 'Your voice',
        state: 'missing',
        percent: 30,
        audience: 'company',
        needs: { items: 3 },
      },
    ],
    next: { field: 'known-for', ask: 'What do you want to be known for?', percent: 95 },
  },
  badges: {
    earned: [
      {
        badge: 'helpful',
        name: 'Helpful',
        description: 'Answers that solved a colleague’s question',
        face: face('shield', 'bulb', 'bronze'),
        times: 1,
        at: '2026-03-10T09:00:00+01:00',
        activity: { source: 'wiki', id: '7' },
      },
      {
        badge: 'first-page',
        name: 'First page',
        face: face('hexagon', 'pen'),
        times: 1,
        at: '2026-03-02T09:00:00+01:00',
        activity: { source: 'wiki', id: '3' },
      },
    ],
    on_the_way: [
      {
        badge: 'writer',
        name: 'Writer',
        description: 'Writes down what others would have to ask',
        face: face('hexagon', 'book', 'silver'),
        percent: 60,
        parts: [part('pages', 6, 10)],
      },
    ],
  },
  topics,
  steps,
  challenges: [challenge],
  gains: [
    { gain: 'opened', name: 'times somebody opened what you shared', value: 214 },
    { gain: 'thanked-by', name: 'colleagues who thanked you', value: 9 },
    { gain: 'asked-for', name: 'times you were asked for', value: 0 },
  ],
};

/** A colleague, as Mara sees them. */
export const colleague = {
  member: 'jonas',
  name: 'Jonas Lie',
  own: false,
  published: true,
  standing: { points: [] },
  badges: { earned: [] },
  topics: topics.filter(({ claimed }) => claimed),
};

export const board = {
  board: 'helpful',
  name: 'Helpful',
  currency: 'Recognition',
  joined: true,
  audience: 'company',
  rows: [{ place: 1, member: 'mara', name: 'Mara Voss', total: 1240, own: true }],
};

export const experts = {
  topic: 'data-moves',
  name: 'Moving data',
  experts: [
    {
      member: 'jonas',
      name: 'Jonas Lie',
      own: false,
      strength: 30,
      confirmed: 4,
      evidence: [
        { tally: 'pages-on', name: 'pages written', value: 6 },
        { tally: 'confirmed-on', name: 'colleagues who say so', value: 4, confirms: true },
      ],
    },
    {
      member: 'mara',
      name: 'Mara Voss',
      own: true,
      strength: 21,
      confirmed: 3,
      evidence: [{ tally: 'pages-on', name: 'pages written', value: 4 }],
    },
  ],
};

/** The latest first. */
export const entries = [
  {
    name: 'Your answer helped',
    entry: {
      member: 'mara',
      at: '2026-03-10T09:00:00+01:00',
      source: 'wiki',
      activity: '7',
      kind: 'question answered',
      rule: 'answer',
      role: 'actor',
      currency: 'recognition',
      amount: 20,
    },
  },
  {
    name: 'A page others can use',
    entry: {
      member: 'mara',
      at: '2026-03-02T09:00:00+01:00',
      source: 'wiki',
      activity: '3',
      kind: 'page written',
      rule: 'page',
      role: 'actor',
      currency: 'recognition',
      amount: 30,
    },
  },
];

/** A page written on a day of March, as a reason names it. */
export const pageOn = (day) => ({
  source: 'wiki',
  id: `page-${day}`,
  name: 'A page',
  at: `2026-03-${String(day).padStart(2, '0')}T09:30:00+01:00`,
});

export const reasons = {
  badge: {
    entry: { ...entries[1].entry, badge: 'first-page' },
    name: 'First page',
    text: '',
    counted: 1,
    activities: [pageOn(3)],
    parts: [{ ...part('pages', 1, 1), counted: 1, activities: [pageOn(3)] }],
  },
  rule: {
    entry: entries[0].entry,
    name: 'Your answer helped',
    text: '',
    counted: 1,
    activities: [{ source: 'wiki', id: '7', name: 'An answer', at: '2026-03-07T09:30:00+01:00' }],
    limits: [{ limit: 'answer', per: 'day', times: 5, used: 1 }],
  },
  missing: { parts: [{ ...part('pages', 6, 10), counted: 3, activities: [3, 9, 12].map(pageOn) }] },
  skips: {
    skips: [
      {
        rule: 'long-answer',
        name: 'A long answer',
        role: 'actor',
        because: { condition: [{ path: '/rules/long-answer/if/words', found: '80' }] },
        text: '',
      },
    ],
  },
};
