import { createRequire } from 'node:module';
import { SvfError } from '@svf-alignment/core';
import type { JsonObject } from '../lab/result.ts';
import { renderSvg } from './renderSvg.ts';

export interface PngOptions {
  /** Pixels per unit of the figure, above 0 and at most 8; 2 by default, sharp on dense screens. */
  readonly scale?: number;
}

const largestScale = 8;
const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/**
 * Draws a Vega-Lite specification as a PNG file: light theme, white background, text in the DejaVu Sans that
 * comes with the package, never in a font of the machine, so that every machine draws the same picture.
 *
 * @throws {SvfError} as {@link renderSvg}, and `out-of-range` for the scale.
 */
export async function renderPng(specification: JsonObject, options: PngOptions = {}): Promise<Uint8Array> {
  const scale = options.scale ?? 2;
  if (!(scale > 0 && scale <= largestScale)) {
    throw new SvfError(`A picture cannot be drawn at scale ${scale}.`, {
      code: 'out-of-range',
      path: ['scale'],
      expected: `a number above 0 and at most ${largestScale}`,
      received: String(scale),
    });
  }
  const svg = await renderSvg(specification, 'light');
  const { renderAsync } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const picture = await renderAsync(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fonts.map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}`)),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.asPng();
}
