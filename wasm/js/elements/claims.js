/**
 * Claims: the topics that a member says they want to be known for.
 *
 * A claim sends the whole list, but a member changes one topic at a time and may be faster than the server. Changes
 * therefore wait for each other, and each starts from the list that the one before it has sent.
 */

/** By source: the last change, as a promise. */
const lastChanges = new WeakMap();

/** The topics that a view's member claims. */
export function claims({ topics = [] }) {
  return topics.filter(({ claimed }) => claimed).map(({ topic }) => topic);
}

/**
 * Adds one topic to what the member of a source's view claims, or removes one. Resolves to false if that failed.
 *
 * @param {{ claim?: string, unclaim?: string }} change
 * @param {(topics: string[]) => Promise<boolean>} send sends the whole list
 */
export async function changeClaims(source, change, send) {
  const changing = changeAfter(lastChanges.get(source), source, source.view.member, change, send);
  lastChanges.set(source, changing);
  return (await changing).done;
}

async function changeAfter(before, source, member, { claim, unclaim }, send) {
  const last = await before;
  const { view } = source;
  // The source shows another member now.
  if (view?.member !== member) return { done: false };
  // A view that was loaded or loading when the last list was sent does not contain that list.
  const topics = last?.isLoading || last?.view === view ? last.topics : claims(view);
  const wanted = new Set(topics);
  if (claim !== undefined) wanted.add(claim);
  wanted.delete(unclaim);
  // Nothing to change, as after two clicks on one button.
  if (wanted.size === topics.length) return outcome(source, true, view, topics);
  const done = await send([...wanted]);
  return outcome(source, done, view, done ? [...wanted] : topics);
}

/**
 * Whether a change was done and what is claimed after it. `isLoading` stays true until the view loading now is shown.
 */
function outcome(source, done, view, topics) {
  const change = { done, view, topics, isLoading: true };
  source.viewLoaded().then(() => {
    change.isLoading = false;
  });
  return change;
}
