/**
 * Claims: what a member says they want to be known for.
 *
 * A source is told all of them at once, a member changes one at a time, and faster than a server answers. So changes wait for one
 * another, and each is made to what is claimed once the earlier ones are done.
 */

/** By source: how the last change ends. */
const turns = new WeakMap();

/** The topics that a view's member claims. */
export function claims({ topics = [] }) {
  return topics.filter(({ claimed }) => claimed).map(({ topic }) => topic);
}

/**
 * Changes what the member of a source's view claims: one more topic, or one less. False where that failed.
 *
 * @param {{ claim?: string, unclaim?: string }} change
 * @param {(topics: string[]) => Promise<boolean>} say says all that is claimed then
 */
export async function changeClaims(source, change, say) {
  const turn = next(source, source.view.member, turns.get(source), change, say);
  turns.set(source, turn);
  return (await turn).done;
}

async function next(source, member, before, { claim, unclaim }, say) {
  const last = await before;
  const { view } = source;
  // What is shown by now is somebody else's.
  if (view?.member !== member) return { done: false };
  // What was said last is not in a view that was there before, nor in one that was being read by then.
  const topics = last?.isOpen || last?.view === view ? last.topics : claims(view);
  const wanted = new Set(topics);
  if (claim !== undefined) wanted.add(claim);
  wanted.delete(unclaim);
  // It is so already: two clicks on one button.
  if (wanted.size === topics.length) return ended(source, true, view, topics);
  const done = await say([...wanted]);
  return ended(source, done, view, done ? [...wanted] : topics);
}

/** How a change ended: whether it was done, and what is claimed then; open as long as a view is being read. */
function ended(source, done, view, topics) {
  const change = { done, view, topics, isOpen: true };
  source.reading().then(() => {
    change.isOpen = false;
  });
  return change;
}
