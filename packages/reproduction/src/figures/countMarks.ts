/** How many shapes of each kind (`rect`, `line`, `area`, `symbol`, `text`, …) a figure's data drew. */
export type MarkCounts = Readonly<Record<string, number>>;

/**
 * Counts what the data of a figure drew in an SVG of {@link renderSvg}: axes, legends and titles do not
 * count, nor do shapes without an outline. A line or an area is one mark, whatever the number of its points.
 * A kind that was not drawn has no entry.
 */
export function countMarks(svg: string): MarkCounts {
  const counts: Record<string, number> = {};
  // Groups of data marks hold no further groups, so each ends at the first closing tag.
  for (const [, kind = '', content = ''] of svg.matchAll(
    /<g [^>]*class="mark-(\w+) role-mark[^>]*(?<!\/)>(.*?)<\/g>/gs,
  )) {
    if (kind === 'group') continue;
    const shapes = [...content.matchAll(/<(path|text|image)\b([^>]*)/g)];
    const drawn = shapes.filter(
      ([, element, attributes = '']) => element !== 'path' || !/ d=""/.test(attributes),
    );
    if (drawn.length > 0) counts[kind] = (counts[kind] ?? 0) + drawn.length;
  }
  return counts;
}
