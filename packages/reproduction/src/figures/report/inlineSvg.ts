import { renameIds } from '../renameIds.ts';
import { Html } from './html.ts';

/**
 * An SVG document of `renderSvg` made ready to stand inside a page with others: ids are counted anew in each
 * document, so all get a prefix.
 *
 * @param prefix unique in the page; letters, digits and hyphens
 */
export function inlineSvg(svg: string, prefix: string): Html {
  return new Html(renameIds(svg, (id) => `${prefix}-${id}`));
}

/** Width in pixels that an SVG document of `renderSvg` asks for. */
export function svgWidth(svg: string): number {
  return Number(/^<svg [^>]*\bwidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);
}
