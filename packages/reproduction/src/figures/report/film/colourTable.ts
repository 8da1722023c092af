const LEVELS = 256;

/**
 * The colours of 256 levels, three bytes each (red, green, blue): the stops at equal distances, and between two
 * neighbours their mixture.
 *
 * @param stops two or more, as `#rrggbb`
 */
export function colourTable(stops: readonly string[]): Uint8Array {
  const channels = stops.map((stop) =>
    [1, 3, 5].map((start) => Number.parseInt(stop.slice(start, start + 2), 16)),
  );
  const table = new Uint8Array(3 * LEVELS);
  for (let level = 0; level < LEVELS; level += 1) {
    const place = (level / (LEVELS - 1)) * (stops.length - 1);
    const before = Math.min(Math.floor(place), stops.length - 2);
    const share = place - before;
    const [from = [], to = []] = [channels[before], channels[before + 1]];
    for (let channel = 0; channel < 3; channel += 1) {
      const mixed = (1 - share) * (from[channel] ?? 0) + share * (to[channel] ?? 0);
      table[3 * level + channel] = Math.round(mixed);
    }
  }
  return table;
}
