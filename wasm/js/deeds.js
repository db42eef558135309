/**
 * Deeds: what a member does on the page, told to the page and then to whoever records it.
 *
 * Each is an event's name and plain data. To a server it goes as a POST; in a page without one it becomes an activity of the
 * program, whose effect is shown but kept nowhere.
 */

/** The path below the source's `deeds`, and the body, of each deed; nothing for boards, which are the page's to join. */
const POSTS = {
  claim: ({ topics }) => ['claim', { topics }],
  thank: ({ to, topic }) => ['kudos', { to, topic }],
  join: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/join`],
  leave: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/leave`],
  publish: () => ['publish'],
};

/** The request by which a server hears of a deed, below the path of `base`, whose query stays; nothing where it is none of the server's. */
export function postOf({ deed, detail }, base) {
  const [path, body = {}] = POSTS[deed](detail) ?? [];
  if (path === undefined) return undefined;
  if (!base) throw new Error(`nothing says where \`${deed}\` is sent; expected an address in the source's \`deeds\``);
  const address = new URL(base);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${path}`;
  return [
    address,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  ];
}

/**
 * A deed as an activity in the program's own format, without its source, id and time; nothing where the program has no kind for a
 * board, which is the page's to join then.
 *
 * @param {object} program the program as data
 * @param {string | undefined} kudos the kind by which colleagues are thanked
 */
export function activityOf({ deed, detail }, program, kudos) {
  const about = detail.board === undefined ? program.challenges?.[detail.challenge] : program.boards?.[detail.board];
  const object = detail.challenge;
  const { kind, ...rest } = {
    claim: { kind: program.topics?.claimed_by, attributes: { topics: detail.topics } },
    // Whom a program thanks as the owner or as a recipient, and whether for one topic or several, is the program's to say.
    thank: { kind: kudos, owner: detail.to, recipients: [detail.to], attributes: thanksFor(detail.topic) },
    join: { kind: about?.joined_by, object },
    leave: { kind: about?.left_by, object },
    publish: { kind: program.profile?.published_by },
  }[deed];
  if (kind !== undefined) return { kind, ...rest };
  if (detail.board !== undefined) return undefined;
  throw new Error(`nothing says which kind of the program \`${deed}\` is${deed === 'thank' ? "; expected one in the source's `kudos`" : ''}`);
}

function thanksFor(topic) {
  return topic === undefined || topic === null ? {} : { topic, topics: [topic] };
}
