import type { FilmAxis, FilmMatrix } from '../../../lab/film.ts';
import { formatValue } from '../formatValue.ts';
import { type Html, html } from '../html.ts';
import type { MatrixMotion } from './filmMotion.ts';
import { type FilmPanel, place } from './filmPanel.ts';
import { base64, quantise } from './quantise.ts';

const cell = 16;
const margin = { left: 30, bottom: 20 };
/** Width of a character of a label, at most; and the least distance between two labels. */
const character = 5.9;
const gap = 4;
/** Share of its size below which a matrix goes to the next row of the page. */
const narrowest = 0.7;

/** A matrix whose cells the script paints; names, outlines and the colour scale stand still. */
export function matrixPanel(matrix: FilmMatrix): FilmPanel<MatrixMotion> {
  const { title, rows, columns, quantity, colours, domain, marked, values } = matrix;
  const [width, height] = [cell * columns.labels.length, cell * rows.labels.length];
  const [full, tall] = [margin.left + width, height + margin.bottom];
  const share = (part: number, whole: number) => place((100 * part) / whole);
  const area = `left:${share(margin.left, full)}%;width:${share(width, full)}%;height:${share(height, tall)}%`;
  const [low, high] = domain;
  return {
    markup: html`<div class="film-panel" style="flex:${full} 1 ${place(narrowest * full)}px">
<p class="film-title">${title}</p>
<div class="film-matrix">
<canvas style="${area}" width="${columns.labels.length}" height="${rows.labels.length}" role="img" aria-label="${title}"></canvas>
<svg viewBox="0 0 ${full} ${tall}" aria-hidden="true">
<rect class="film-frame" x="${margin.left}" y="0" width="${width}" height="${height}"/>
${rowNames(rows)}${columnNames(columns, height)}${marked.map(outline)}</svg>
</div>
<p class="film-scale"><span class="film-scale-ends">${formatValue(low)} <i class="film-${colours}"></i> ${formatValue(high)}</span> <span class="film-readout">${quantity}</span></p>
</div>
`,
    motion: {
      rows: rows.labels,
      columns: columns.labels,
      quantity,
      colours,
      domain,
      levels: base64(quantise(values.data, domain)),
    },
  };
}

function outline([row, column]: readonly [number, number]): Html {
  return html`<rect class="film-mark" x="${margin.left + cell * column + 1}" y="${cell * row + 1}" width="${cell - 2}" height="${cell - 2}"/>`;
}

function rowNames({ labels }: FilmAxis): Html[] {
  return named(labels, cell, 11).map(
    ({ label, middle }) =>
      html`<text x="${margin.left - 4}" y="${middle + 3.5}" text-anchor="end">${label}</text>`,
  );
}

function columnNames({ labels }: FilmAxis, bottom: number): Html[] {
  const longest = Math.max(...labels.map(({ length }) => length));
  return named(labels, cell, character * longest + gap).map(
    ({ label, middle }) =>
      html`<text x="${margin.left + middle}" y="${bottom + 13}" text-anchor="middle">${label}</text>`,
  );
}

/** Every label, or every so many-th where they would run into each other. */
function named(labels: readonly string[], size: number, room: number): { label: string; middle: number }[] {
  const every = Math.ceil(room / size);
  return labels.flatMap((label, index) =>
    index % every === 0 ? [{ label, middle: size * (index + 0.5) }] : [],
  );
}
