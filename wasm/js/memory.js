/** Memory: what a member has been told already, kept in the browser where it keeps things, else for as long as the page is open. */

const kept = new Map();

/** The names of what the member has been told; nothing for somebody who was never here. */
export function recalled(member) {
  const names = read(key(member)) ?? kept.get(member);
  return names && new Set(names);
}

/** Keeps what the member has been told. */
export function remember(member, names) {
  kept.set(member, [...names]);
  try {
    localStorage.setItem(key(member), JSON.stringify([...names]));
  } catch {
    // A browser that keeps nothing, or has no room: the page remembers.
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
