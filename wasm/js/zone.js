/** Zone: when the clocks of a time zone change, found through `Intl` and in the form that the engine takes. */

const HOUR = 3600;
/** Shorter than the shortest time between two changes, so that none is missed: in Gaza, one week in 2072. */
const STEP = 6 * 24 * HOUR;
const END = Date.UTC(2100, 0, 1) / 1000;

/**
 * The zone's offset at 1970-01-01T00:00:00Z, followed by two numbers for each change until 2100: when it happens,
 * in seconds since 1970, and the new offset. Offsets are seconds ahead of UTC.
 *
 * @param {string} name an IANA name
 * @returns {Float64Array | undefined} undefined for an unknown name
 */
export function zone(name) {
  const offsetAt = clock(name);
  if (!offsetAt) return undefined;
  let offset = offsetAt(0);
  const numbers = [offset];
  for (let from = 0; from < END; from += STEP) {
    const until = Math.min(from + STEP, END - 1);
    const next = offsetAt(until);
    if (next === offset) continue;
    numbers.push(change(offsetAt, from, until, offset), next);
    offset = next;
  }
  return Float64Array.from(numbers);
}

/** The first second after `from`, and not after `until`, at which the offset differs from `offset`. */
function change(offsetAt, from, until, offset) {
  while (until - from > 1) {
    const middle = Math.floor((from + until) / 2);
    if (offsetAt(middle) === offset) from = middle;
    else until = middle;
  }
  return until;
}

/** A function from a second since 1970 to the zone's offset then; undefined for an unknown name. */
function clock(name) {
  let format;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  return (second) => {
    const [month, day, year, hour, minute, seconds] = format
      .format(second * 1000)
      .match(/\d+/g)
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, seconds) / 1000 - second;
  };
}
