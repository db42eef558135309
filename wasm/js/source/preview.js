/**
 * Preview: what a member does on the page as an activity of the program, in a page without a server. Its effect is
 * shown, but not stored.
 */

/**
 * A deed as an activity in the program's format, without source, id and time. Undefined if it concerns a board for
 * which the program names no kind: the page joins and leaves such a board.
 *
 * @param {object} program the program as data
 * @param {string | undefined} kudos the kind of activity that thanks a colleague
 */
export function activityOf({ deed, detail }, program, kudos) {
  const about = detail.board === undefined ? program.challenges?.[detail.challenge] : program.boards?.[detail.board];
  const object = detail.challenge ?? detail.badge;
  const { kind, ...rest } = {
    claim: { kind: program.topics?.claimed_by, attributes: { topics: detail.topics } },
    // The program decides whether it reads the owner or the recipients, one topic or several.
    thank: { kind: kudos, owner: detail.to, recipients: [detail.to], attributes: thanksFor(detail) },
    join: { kind: about?.joined_by, object },
    leave: { kind: about?.left_by, object },
    accept: { kind: program.badges?.[detail.badge]?.accepted_by, object },
    publish: { kind: program.profile?.published_by },
    decline: { kind: program.steps?.declined_by, attributes: { steps: detail.steps } },
  }[deed];
  if (kind !== undefined) return { kind, ...rest };
  if (detail.board !== undefined) return undefined;
  const hint = deed === 'thank' ? "; expected one in the source's `kudos`" : '';
  throw new Error(`nothing says which kind of the program \`${deed}\` is${hint}`);
}

function thanksFor({ topic, named = false }) {
  return topic === undefined || topic === null ? {} : { topic, topics: [topic], named };
}
