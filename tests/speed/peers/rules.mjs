/** The rules of the work, drawn from a fixed seed, for the peers. */
export const KINDS = [
  'chatter.posted', 'chatter.commented', 'kudos.given', 'community.engaged', 'content.shared', 'blog.commented',
  'blog.published', 'profile.updated', 'question.answered', 'event.attended', 'survey.completed', 'video.posted',
];
const TOWARDS_SOMEBODY = [1, 2, 3, 4, 5, 8];
export const AUDIENCES = ['public', 'team', 'org', 'friends'];
export const TOPICS = 32;

/** What a rule does besides giving points. */
export const DOES = ['nothing', 'cap', 'nth', 'distinct', 'streak'];

export const topicName = (topic) => `t${String(topic).padStart(2, '0')}`;

/** SplitMix64, from which the rules are drawn. */
function draws(seed) {
  let state = seed;
  const next = () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = state;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
  return (below) => Number(((next() >> 32n) * BigInt(below)) >> 32n);
}

/** The first rules, in the order in which they are drawn. */
export function drawRules(count) {
  const below = draws(7n);
  const oneOf = (values) => values[below(values.length)];
  return Array.from({ length: count }, (_, number) => {
    const kind = below(KINDS.length);
    const towardsSomebody = oneOf(TOWARDS_SOMEBODY);
    const tests = below(4);
    const picked = below(3);
    const words = 100 * (1 + below(9));
    const audience = below(AUDIENCES.length);
    const topic = below(TOPICS);
    const points = 1 + below(50);
    const cap = points * (1 + below(4)) + below(points);
    const nth = oneOf([1, 3, 5, 10, 25, 50, 100, 250]);
    const distinct = oneOf([2, 3, 5, 10, 20]);
    const days = 2 + below(6);
    const bonus = 10 * (1 + below(10));
    const asks = (test) => tests === 3 || (tests === 1 && test === picked) || (tests === 2 && test !== picked);
    let does = 'nothing';
    if (number % 4 === 1) does = 'cap';
    else if (number % 4 === 2) does = 'nth';
    else if (number % 8 === 3) does = 'distinct';
    else if (number % 16 === 7) does = 'streak';
    return {
      name: `r${String(number).padStart(4, '0')}`,
      kind: KINDS[does === 'distinct' ? towardsSomebody : kind],
      // A condition that is not asked holds for everything.
      words: asks(0) ? words : 0,
      audience: asks(1) ? AUDIENCES[audience] : null,
      topic: asks(2) ? topicName(topic) : null,
      points,
      does,
      goal: { nothing: 0, cap, nth, distinct, streak: days }[does],
      bonus,
    };
  });
}
