import type { FilmCurves } from '../../../lab/film.ts';
import { formatValue, superscript } from '../formatValue.ts';
import { type Html, html } from '../html.ts';
import type { FilmMotion } from './filmMotion.ts';
import { type FilmPanel, place } from './filmPanel.ts';
import { decades, linearTicks } from './filmTicks.ts';

const size = { width: 330, height: 168 };
const plot = { left: 34, right: 312, top: 8, bottom: 136 };
/** Above the highest point, in powers of ten. */
const headroom = 0.15;
/** Labels of powers of ten that fit beside the plot. */
const mostLabels = 6;
const digits = 3;

/** Loss curves with a cursor: strong up to it and faint beyond. `key` is unique in the page. */
export function curvesPanel(
  { title, unit, series }: FilmCurves,
  steps: readonly number[],
  key: string,
): FilmPanel<Pick<FilmMotion, 'cursor' | 'curves'>> {
  const [start = 0, end = 1] = [steps[0], steps[steps.length - 1]];
  const x = (step: number) => place(plot.left + ((plot.right - plot.left) * (step - start)) / (end - start));
  const all = series.flatMap(({ values }) => [...values.data]);
  const powers = decades(Math.min(...all), Math.max(...all));
  const bottom = powers[0] ?? 0;
  const top = Math.log10(Math.max(...all)) + headroom;
  const y = (value: number) =>
    place(plot.top + ((plot.bottom - plot.top) * (top - Math.log10(value))) / (top - bottom));
  const cursor = steps.map(x);
  const curves = series.map(({ values }) => ({
    y: Array.from(values.data, y),
    value: Array.from(values.data, (value) => formatValue(Number(value.toPrecision(digits)))),
  }));
  const path = (heights: readonly number[]) => `M${heights.map((at, t) => `${cursor[t]} ${at}`).join('L')}`;
  const lines = (className: string) =>
    curves.map(
      ({ y: heights }, index) => html`<path class="${className} film-stroke-${index}" d="${path(heights)}"/>`,
    );
  return {
    markup: html`<div class="film-panel film-chart">
<p class="film-title">${title} <span class="film-unit">${unit}</span></p>
<svg class="film-curves" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">
${thinned(powers).map((power) => html`<path class="film-grid" d="M${plot.left} ${y(10 ** power)}H${plot.right}"/><text x="${plot.left - 5}" y="${y(10 ** power) + 3.5}" text-anchor="end">${powerName(power)}</text>`)}
${linearTicks(end)
  .filter((tick) => tick >= start && tick <= end)
  .map((tick) => html`<text x="${x(tick)}" y="${plot.bottom + 14}" text-anchor="middle">${tick}</text>`)}
<text class="film-axis" x="${(plot.left + plot.right) / 2}" y="${size.height - 3}" text-anchor="middle">step</text>
<clipPath id="${key}-played"><rect class="film-played" x="${plot.left}" y="0" width="0" height="${size.height}"/></clipPath>
${lines('film-line film-faint')}<g clip-path="url(#${key}-played)">${lines('film-line')}</g>
<path class="film-cursor" d="M0 ${plot.top}V${plot.bottom}"/>
${curves.map((_, index) => html`<circle class="film-dot film-fill-${index}" r="3.5"/>`)}
</svg>
<p class="film-legend">${series.map(({ name }, index): Html => html`<span><i class="film-key-line film-line-${index}"></i>${name} <b class="film-value"></b></span> `)}</p>
</div>
`,
    motion: { cursor, curves },
  };
}

function thinned(powers: readonly number[]): number[] {
  const every = Math.ceil(powers.length / mostLabels);
  return powers.filter((_, index) => (powers.length - 1 - index) % every === 0);
}

function powerName(power: number): string {
  return power === 0 ? '1' : power === 1 ? '10' : `10${superscript(power)}`;
}
