import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { renderPng } from '../figures/renderPng.ts';
import { renderSvg } from '../figures/renderSvg.ts';
import type { ReportFigure } from '../figures/report/reportData.ts';
import type { Figure } from '../lab/figure.ts';
import { writeWhole } from './writeWhole.ts';

/**
 * Draws figures as `figures/<id>.svg` and `figures/<id>.png` in the folder.
 *
 * @returns the same figures as the report page shows them
 * @throws SvfError `invalid-figure` and `empty-figure`
 */
export async function drawFigures(folder: string, figures: readonly Figure[]): Promise<ReportFigure[]> {
  const directory = join(folder, 'figures');
  await mkdir(directory, { recursive: true });
  const drawn: ReportFigure[] = [];
  for (const { id, title, caption, specification } of figures) {
    const light = await renderSvg(specification, 'light');
    const dark = await renderSvg(specification, 'dark');
    await writeWhole(join(directory, `${id}.svg`), light);
    await writeWhole(join(directory, `${id}.png`), await renderPng(specification));
    drawn.push({ id, title, caption, svg: { light, dark } });
  }
  return drawn;
}
