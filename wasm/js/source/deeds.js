/**
 * * Deeds: what a member does on the page, such as claiming a topic or thanking a colleague.
 *
 * A deed is a name and plain data. A server gets it as a POST. In a page without a server it becomes an activity of
 * the program: its effect is shown, but not stored.
 */

/** The path below the source's `deeds` and the body of each deed. Boards have none: the page joins and leaves them. */
const POSTS = {
  claim: ({ topics }) => ['claim', { topics }],
  thank: ({ to, topic }) => ['kudos', { to, topic }],
  join: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/join`],
  leave: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/leave`],
  publish: () => ['publish'],
};

/**
 * The address and the request that send a deed to a server, below the path of `base` and with its query; undefined
 * for a board.
 */
export function postOf({ deed, detail }, base) {
  const [path, body = {}] = POSTS[deed](detail) ?? [];
  if (path === undefined) return undefined;
  if (!base) throw new Error(`nothing says where \`${deed}\` is sent; expected an address in the source's \`deeds\``);
  const address = new URL(base);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${path}`;
  return [address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }];
}

/**
 * * A deed as an activity in the program's format, without source, id and time. Undefined if it concerns a board for
 * which the program names no kind: the page joins and leaves such a board.
 *
 * @param {object} program the program as data
 * @param {string | undefined} kudos the kind of activity that thanks a colleague
 */
export function activityOf({ deed, detail }, program, kudos) {
  const about = detail.board === undefined ? program.challenges?.[detail.challenge] : program.boards?.[detail.board];
  const object = detail.challenge;
  const { kind, ...rest } = {
    claim: { kind: program.topics?.claimed_by, attributes: { topics: detail.topics } },
    // The program decides whether it reads the owner or the recipients, one topic or several.
    thank: { kind: kudos, owner: detail.to, recipients: [detail.to], attributes: thanksFor(detail.topic) },
    join: { kind: about?.joined_by, object },
    leave: { kind: about?.left_by, object },
    publish: { kind: program.profile?.published_by },
  }[deed];
  if (kind !== undefined) return { kind, ...rest };
  if (detail.board !== undefined) return undefined;
  const hint = deed === 'thank' ? "; expected one in the source's `kudos`" : '';
  throw new Error(`nothing says which kind of the program \`${deed}\` is${hint}`);
}

function thanksFor(topic) {
  return topic === undefined || topic === null ? {} : { topic, topics: [topic] };
}
