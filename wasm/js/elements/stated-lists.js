/**
 * Stated lists: the topics that a member claims, and the steps that they decline.
 *
 * A statement sends the whole list, but a member changes one thing at a time and may be faster than the server. Changes
 * of a list therefore wait for each other, and each starts from the list that the one before it has sent.
 */

/** What adds something to one of the lists, `of` a view, and removes something. It resolves to false if that failed. */
function statedList(of) {
  /** By source: the last change, as a promise. */
  const lastChanges = new WeakMap();
  const changeAfter = async (before, source, member, add, remove, send) => {
    const last = await before;
    const { view } = source;
    // The source shows another member now.
    if (view?.member !== member) return { done: false };
    // A view that was loaded or loading when the last list was sent does not contain that list.
    const list = last?.isLoading || last?.view === view ? last.list : of(view);
    const wanted = new Set([...list, ...add]);
    for (const item of remove) wanted.delete(item);
    // Nothing to change, as after two clicks on one button.
    if (wanted.size === list.length) return outcome(source, true, view, list);
    const done = await send([...wanted]);
    return outcome(source, done, view, done ? [...wanted] : list);
  };
  return async (source, add, remove, send) => {
    const changing = changeAfter(lastChanges.get(source), source, source.view.member, add, remove, send);
    lastChanges.set(source, changing);
    return (await changing).done;
  };
}

/**
 * Whether a change was done and what the list is after it. `isLoading` stays true until the view loading now is shown.
 */
function outcome(source, done, view, list) {
  const change = { done, view, list, isLoading: true };
  source.viewLoaded().then(() => {
    change.isLoading = false;
  });
  return change;
}

const claimsIn = ({ topics = [] }) => topics.filter(({ claimed }) => claimed).map(({ topic }) => topic);
const changeClaimed = statedList(claimsIn);
const changeDeclines = statedList(declinedIn);

/** The steps that a view's member declines. */
export function declinedIn({ declined = [] }) {
  return declined.map(({ key }) => key);
}

/**
 * Adds one topic to what the member of a source's view claims, or removes one. Resolves to false if that failed.
 *
 * @param {{ claim?: string, unclaim?: string }} change
 * @param {(topics: string[]) => Promise<boolean>} send sends the whole list
 */
export function changeClaims(source, { claim, unclaim }, send) {
  const listed = (topic) => (topic === undefined ? [] : [topic]);
  return changeClaimed(source, listed(claim), listed(unclaim), send);
}

/**
 * Adds steps to those that the member of a source's view declines, or removes some. Resolves to false if that failed.
 *
 * @param {{ decline?: string, takeBack?: string }} change as a button of the drawing names them, one per line
 * @param {(steps: string[]) => Promise<boolean>} send sends the whole list
 */
export function changeDeclined(source, { decline, takeBack }, send) {
  const listed = (steps) => steps?.split('\n') ?? [];
  return changeDeclines(source, listed(decline), listed(takeBack), send);
}
