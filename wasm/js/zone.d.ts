/**
 * The zone's offset at 1970-01-01T00:00:00Z, then for each change until 2100 its second since 1970 and the offset from it on; offsets
 * in seconds. Nothing for an unknown name.
 */
export function zone(name: string): Float64Array | undefined;
