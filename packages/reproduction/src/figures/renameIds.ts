/**
 * Gives every id of an SVG document of Vega another name, in its definitions and in all references to it.
 * Text that only looks like a reference stays.
 */
export function renameIds(svg: string, rename: (id: string) => string): string {
  return svg.replace(/<[^>]*>/g, (tag) =>
    tag.replace(
      /(\sid="|url\(#|\s(?:xlink:)?href="#)([^")]+)/g,
      (_, start: string, id: string) => start + rename(id),
    ),
  );
}
