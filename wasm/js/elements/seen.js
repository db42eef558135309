/**
 * Seen: what a member has seen of their badges and level. It is kept in the browser's storage, or if there is none,
 * until the page is closed.
 */

const kept = new Map();

/** What the member has seen, as `keepSeen` was given it; undefined on the first visit. */
export function seenBy(member) {
  return read(key(member)) ?? kept.get(member);
}

/** Keeps what the member has seen. */
export function keepSeen(member, seen) {
  kept.set(member, seen);
  try {
    localStorage.setItem(key(member), JSON.stringify(seen));
  } catch {
    // Storage is switched off or full: `kept` has it.
  }
}

function key(member) {
  return `known-for-seen:${member}`;
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? undefined;
  } catch {
    return undefined;
  }
}
