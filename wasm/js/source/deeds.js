/**
 * Deeds: what a member does on the page, such as claiming a topic or thanking a colleague, as a server gets it.
 *
 * A deed is a name and plain data. In a page without a server it becomes an activity instead, see `preview.js`.
 */

/** The path below the source's `deeds` and the body of each deed. Boards have none: the page joins and leaves them. */
const POSTS = {
  claim: ({ topics }) => ['claim', { topics }],
  thank: ({ to, topic, named }) => ['kudos', { to, topic, named }],
  join: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/join`],
  leave: ({ challenge }) => challenge && [`challenges/${encodeURIComponent(challenge)}/leave`],
  accept: ({ badge }) => [`badges/${encodeURIComponent(badge)}/accept`],
  publish: () => ['publish'],
  decline: ({ steps }) => ['decline-steps', { steps }],
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
