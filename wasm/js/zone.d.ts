/** The zone's offset at 1970-01-01T00:00:00Z and each change until 2100, in seconds; nothing for an unknown name. */
export function zone(name: string): { first_offset_seconds: number; transitions: [number, number][] } | undefined;
