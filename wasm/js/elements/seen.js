/**
 * Seen: what a member has been told. It is kept in the browser's storage, or if there is none, until the page is
 * closed.
 */

const kept = new Map();

/** The names of what the member has been told, or undefined on the first visit. */
export function seenBy(member) {
  const names = read(key(member)) ?? kept.get(member);
  return names && new Set(names);
}

/** Keeps the names of what the member has been told. */
export function keepSeen(member, names) {
  kept.set(member, [...names]);
  try {
    localStorage.setItem(key(member), JSON.stringify([...names]));
  } catch {
    // Storage is switched off or full: `kept` has it.
  }
}

function key(member) {
  return `known-for-told:${member}`;
}

function read(name) {
  try {
    const names = JSON.parse(localStorage.getItem(name));
    return Array.isArray(names) ? names : undefined;
  } catch {
    return undefined;
  }
}
