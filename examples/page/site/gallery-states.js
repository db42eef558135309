/** The states of each element: what it is called, its attributes, and the view that a server would send for it. */

const GRADES = ['bronze', 'silver', 'gold'];
const face = (shape, icon, grade) => ({
  shape,
  icon,
  ...(grade && { grade, rank: GRADES.indexOf(grade) + 1, grades: GRADES.length }),
});
const part = (name, value, goal) => ({ name, value, goal });
const evidence = (posts, colleagues) =>
  [
    { tally: 'posts-on', name: 'posts', value: posts },
    { tally: 'confirmed-on', name: 'colleagues who say so', value: colleagues, confirms: true },
  ].filter(({ value }) => value > 0);
const topic = (name, posts, confirmed, claimed = true) => ({
  topic: name.toLowerCase(),
  name,
  claimed,
  strength: posts + 3 * confirmed,
  confirmed,
  evidence: evidence(posts, confirmed),
});

const named = (...names) => names.map((name) => ({ member: name.toLowerCase(), name }));

const empty = {
  member: 'mara',
  name: 'Mara Voss',
  own: true,
  published: false,
  standing: { points: [] },
  badges: { earned: [], on_the_way: [] },
  topics: [],
  steps: [],
  challenges: [],
  gains: [],
  claim_audience: 'private',
};
const own = (more) => ({ ...empty, ...more });
const others = (more) => ({ ...empty, own: false, published: true, claim_audience: undefined, ...more });

const badge = (id, name, shape, icon, grade, day, description) => ({
  badge: id,
  name,
  description,
  face: face(shape, icon, grade),
  times: 1,
  at: `2026-11-${String(day).padStart(2, '0')}T09:00:00Z`,
  activity: { source: 'gallery', id },
});
const badges = [
  badge('guide', 'Guide', 'hexagon', 'bulb', 'gold', 25, 'Shares knowledge that helps colleagues'),
  badge('sought-out', 'Sought out', 'circle', 'bulb', 'silver', 19, 'Asked for advice by five different colleagues'),
  badge('well-read', 'Well read', 'star', 'star', undefined, 26, 'A post that was liked by five colleagues'),
  badge('first-thirty', 'First thirty days', 'star', 'spark', undefined, 10, 'From a note to a word outside'),
  badge('storyteller', 'Storyteller', 'hexagon', 'pen', 'silver', 9),
  badge('on-camera', 'On camera', 'hexagon', 'video', 'silver', 8),
  badge('conversation', 'Good conversation', 'circle', 'chat', 'bronze', 7),
  badge('thanks', 'Says thank you', 'circle', 'heart', 'bronze', 6),
  badge('far', 'Far-reaching', 'star', 'megaphone', undefined, 5),
  badge('open-book', 'Open book', 'shield', 'book', undefined, 4),
  badge('door-opener', 'Door opener', 'square', 'link', 'bronze', 3),
  badge('bridge', 'Bridge builder', 'square', 'people', undefined, 2),
  badge('introduced', 'Introduced', 'shield', 'profile', undefined, 1),
  badge('compass', 'Compass', 'circle', 'compass', undefined, 1),
];
const coming = [
  {
    badge: 'writer',
    name: 'Writer',
    face: face('hexagon', 'book', 'gold'),
    percent: 34,
    parts: [part('posts', 4, 12)],
  },
  { badge: 'guest', name: 'Guest', face: face('circle', 'globe'), percent: 80, parts: [part('talks', 4, 5)] },
  {
    badge: 'mentor',
    name: 'Mentor',
    face: face('shield', 'people'),
    percent: 50,
    expired: '2026-10-01T00:00:00Z',
    parts: [part('colleagues helped', 2, 4)],
  },
];

const days = (active, today) =>
  Array.from({ length: 30 }, (_, index) => ({
    date: new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10),
    ...(active.includes(index) && { active: true }),
    ...(index === today && { today: true }),
  }));
const step = (id, name, done, from) => ({ step: id, name, done, from, parts: [part(name, Number(done), 1)] });
const challenge = (more) => ({
  challenge: 'first',
  name: 'First thirty days',
  description: 'One small step at a time, the first for your eyes only.',
  joined: true,
  dates: ['2026-11-01', '2026-11-30'],
  phase: 'running',
  calendar: days([0, 1, 2, 4, 7, 8], 10),
  steps: [
    step('note', 'Keep a note to yourself', true),
    step('post', 'A first post', false),
    step('video', 'Say it on video', false, '2026-11-24'),
  ],
  done: 1,
  ...more,
});

const field = (id, ask, state, audience) => ({ field: id, ask, state, percent: 25, audience });
const fields = [
  field('headline', 'What do you do here, in one line?', 'done', 'company'),
  field('story', 'Who are you?', 'missing', 'company'),
  field('languages', 'Which languages do you speak?', 'missing', 'team'),
];
const deed = (target, invite, audience, more) => ({
  target,
  id: 'x',
  name: '',
  invite,
  audience,
  percent: 0,
  missing: [],
  ...more,
});
const offers = [
  deed('field', 'Write one line about what you do', 'private', { id: 'headline', field: 'headline' }),
  deed('claim', '', 'team', { id: 'projects', name: 'Projects' }),
  deed('badge', 'Write a post about something you know', 'company', { id: 'writer', name: 'Writer', kind: 'post' }),
  deed('level', 'Give a talk outside', 'public', { id: 'voice', name: 'Known voice', kind: 'talk' }),
];
const claiming = own({ steps: [offers[1], offers[2]] });
const row = (place, member, name, total, isOwn = false) => ({ place, member, name, total, own: isOwn });
const board = (more) => ({
  board: 'recognition',
  name: 'Recognition this month',
  currency: 'Recognition',
  joined: true,
  audience: 'company',
  rows: [
    row(3, 'priya', 'Priya Raman', 391),
    row(4, 'mara', 'Mara Voss', 369, true),
    row(5, 'tomasz', 'Tomasz Zieliński', 344),
  ],
  ...more,
});

/** By element: its states, each with a title and a view; `wide` takes the whole width. */
export const states = {
  topics: [
    ['The question', own(), { lead: '' }, 'wide'],
    ['Claimed', own({ topics: [topic('Automation', 0, 0)] }), { lead: '' }, 'wide'],
    ['Shown by what she does', own({ topics: [topic('Automation', 3, 0)] }), { lead: '' }, 'wide'],
    ['Confirmed by two', own({ topics: [topic('Automation', 3, 2)] }), { lead: '' }, 'wide'],
    [
      'Confirmed by five and more',
      own({
        topics: [{ ...topic('Automation', 4, 9), confirmers: named('Ingrid Solheim', 'Tomasz Zieliński'), others: 7 }],
      }),
      { lead: '' },
      'wide',
    ],
    ['A long word', own({ topics: [topic('Datenschutzfolgenabschätzung', 3, 1)] }), { lead: '' }, 'wide'],
    [
      'All of one’s own',
      own({
        topics: [
          topic('Facilitation', 4, 6),
          topic('Handovers', 1, 2),
          topic('Difficult meetings', 0, 0),
          topic('Reporting', 2, 0, false),
        ],
      }),
      {},
      'wide',
    ],
    [
      'A colleague’s',
      others({
        topics: [
          {
            ...topic('Facilitation', 4, 7),
            confirmers: [
              { ...named('Priya Raman')[0], picture: 'picture.svg' },
              ...named('Tomasz Zieliński', 'Leila Haddad', 'Noor Karimi'),
            ],
            others: 3,
          },
          topic('Handovers', 1, 3),
          topic('Difficult meetings', 0, 0),
        ],
      }),
      {},
      'wide',
    ],
  ],
  steps: [
    ...offers.map((offer, index) => [
      ['Only you', 'Your team', 'Colleagues', 'Everyone'][index],
      own({ steps: [offer, ...offers.filter((other) => other !== offer)] }),
      { 'edit-href': '#{field}', 'do-href': '#{kind}' },
    ]),
    ['Being sent', claiming, {}, '', { press: '[data-claim]', send: () => new Promise(() => {}) }],
    [
      'Kept',
      claiming,
      {},
      '',
      {
        press: '[data-claim]',
        send: async (source) => {
          source.view = { ...source.view, steps: offers.slice(2), topics: [topic('Projects', 0, 0)] };
          return true;
        },
      },
    ],
    ['Failed', claiming, {}, '', { press: '[data-claim]', send: async () => false }],
    ['Nothing to offer: the part is away', own()],
  ],
  challenge: [
    ['Offered', own({ challenges: [challenge({ joined: false, calendar: days([], 0), done: 0 })] })],
    [
      'Day 1',
      own({
        challenges: [
          challenge({ calendar: days([0], 0), done: 0, steps: [step('note', 'Keep a note to yourself', false)] }),
        ],
      }),
    ],
    ['Under way', own({ challenges: [challenge()] }), {}, 'wide'],
    ['Over', own({ challenges: [challenge({ phase: 'over', calendar: days([0, 1, 2, 4, 7, 8, 20], 29), done: 3 })] })],
  ],
  celebration: [
    ['A badge', own({ badges: { earned: badges.slice(0, 1), on_the_way: [] } }), {}, 'wide'],
    [
      'A badge to be accepted',
      own({ published: true, badges: { earned: [{ ...badges[2], hidden: true }], on_the_way: [] } }),
      {},
      'wide',
    ],
    ['Several', own({ badges: { earned: badges.slice(1, 4), on_the_way: [] } }), {}, 'wide'],
  ],
  badges: [
    ['Many, and on the way', own({ badges: { earned: badges, on_the_way: coming } }), {}, 'wide'],
    ['The first', own({ badges: { earned: badges.slice(3, 4), on_the_way: [] } })],
    ['None', own()],
  ],
  kudos: [
    [
      'Thanking',
      others({ topics: [topic('Facilitation', 4, 6), topic('Handovers', 1, 1)] }),
      { naming: 'company' },
    ],
  ],
  experts: [['A search', own()]],
  profile: [
    ['Private', own({ profile: { percent: 25, fields, next: { field: 'story', ask: 'Who are you?', percent: 50 } } })],
    [
      'Complete',
      own({ published: true, profile: { percent: 100, fields: fields.map((each) => ({ ...each, state: 'done' })) } }),
    ],
  ],
  standing: [
    [
      'Under way',
      own({
        standing: {
          points: [
            { currency: 'recognition', name: 'Recognition', total: 1240, this_month: 369, last_month: 280 },
            { currency: 'practice', name: 'Practice', private: true, total: 45, this_month: 30, last_month: 15 },
          ],
          level: {
            number: 2,
            of: 5,
            name: 'Known',
            next: {
              name: 'Known voice',
              to_go: 160,
              percent: 60,
              parts: [{ name: 'Recognition', value: 1240, goal: 1400 }],
            },
          },
        },
      }),
    ],
    ['Nothing yet', own()],
  ],
  gains: [['Some', own({ gains: [{ gain: 'read', name: 'times somebody read what you wrote', value: 214 }] })]],
  board: [
    ['Joined', board()],
    ['Not joined', board({ joined: false, rows: [] })],
  ],
};
