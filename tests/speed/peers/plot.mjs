/** Bars for each way and each set of rules, on a logarithmic scale, as an SVG. */

const WIDTH = 760;
const LEFT = 230;
const RIGHT = 70;
const BAR = 18;
const GAP = 26;
const TOP = 40;
/** Told apart by those who see few colours, and on paper. */
const COLOURS = ['#0b5cad', '#6aa5dd', '#b4570b', '#d9a066', '#4a4a4a', '#9a9a9a'];

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `values` are nanoseconds, by way and by set of rules. */
export function plot(ways, ruleSets, values) {
  const all = values.flat();
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...all)));
  const highest = Math.max(...all);
  const length = (nanos) => (Math.log10(nanos / lowest) / Math.log10(highest / lowest)) * (WIDTH - LEFT - RIGHT);
  const parts = [];
  let y = TOP;
  for (const [set, rules] of ruleSets.entries()) {
    parts.push(`<text x="8" y="${y + 13}" font-weight="bold">${Number(rules).toLocaleString('en')} rules</text>`);
    y += GAP;
    for (const [way, name] of ways.entries()) {
      const nanos = values[way][set];
      const end = LEFT + length(nanos);
      parts.push(
        `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${escape(name)}</text>`,
        `<rect x="${LEFT}" y="${y}" width="${length(nanos).toFixed(1)}" height="${BAR - 3}" fill="${COLOURS[way]}"/>`,
        `<text x="${(end + 6).toFixed(1)}" y="${y + 13}">${(nanos / 1_000).toFixed(2)} µs</text>`,
      );
      y += BAR;
    }
    y += 10;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12"`,
    ' role="img" aria-label="CPU time of an activity, from JSON lines">',
    `<rect width="${WIDTH}" height="${y}" fill="#fff"/>`,
    '<text x="8" y="20">CPU time of an activity, from JSON lines; logarithmic, shorter is faster</text>',
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
