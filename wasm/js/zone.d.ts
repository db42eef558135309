/**
 * The zone's offset at 1970-01-01T00:00:00Z, followed by two numbers for each change until 2100: when it happens,
 * in seconds since 1970, and the new offset. Offsets are seconds ahead of UTC. Undefined for an unknown name.
 */
export function zone(name: string): Float64Array | undefined;
