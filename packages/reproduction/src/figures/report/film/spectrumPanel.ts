import type { FilmSpectrum } from '../../../lab/film.ts';
import { type Html, html } from '../html.ts';
import { type FilmPanel, place } from './filmPanel.ts';
import { linearTicks } from './filmTicks.ts';

const size = { width: 330, height: 150 };
const plot = { left: 34, right: 326, top: 8, bottom: 120 };
/** Share of its room that a bar fills. */
const fullness = 0.72;

export interface SpectrumMotion {
  /** Upper ends, [frame][bar]. */
  readonly bars: readonly (readonly number[])[];
  readonly ground: number;
}

/** Bars that grow and shrink below the rings of their targets. */
export function spectrumPanel({ title, axis, values, targets }: FilmSpectrum): FilmPanel<SpectrumMotion> {
  const [frames = 0, count = 0] = values.shape;
  const ticks = linearTicks(Math.max(...values.data, ...targets.values));
  const top = ticks[ticks.length - 1] ?? 1;
  const y = (value: number) => place(plot.bottom - ((plot.bottom - plot.top) * value) / top);
  const room = (plot.right - plot.left) / count;
  const middle = (bar: number) => place(plot.left + room * (bar + 0.5));
  const every = Math.ceil(14 / room);
  const bars = Array.from({ length: frames }, (_, frame) =>
    Array.from(values.data.subarray(frame * count, (frame + 1) * count), y),
  );
  const rings = targets.values.map(
    (value, bar) => html`<circle class="film-ring" cx="${middle(bar)}" cy="${y(value)}" r="4.5"/>`,
  );
  const rects = Array.from(
    { length: count },
    (_, bar) =>
      html`<rect class="film-bar" x="${place(middle(bar) - (room * fullness) / 2)}" y="${plot.bottom}" width="${place(room * fullness)}" height="0"/>`,
  );
  const names = Array.from({ length: count }, (_, bar): Html | string =>
    bar % every === 0
      ? html`<text x="${middle(bar)}" y="${plot.bottom + 13}" text-anchor="middle">${bar}</text>`
      : '',
  );
  return {
    markup: html`<div class="film-panel film-chart">
<p class="film-title">${title} <span class="film-key"><i class="film-key-ring"></i>${targets.name}</span></p>
<svg class="film-spectrum" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">
${ticks.map((tick) => html`<path class="film-grid" d="M${plot.left} ${y(tick)}H${plot.right}"/><text x="${plot.left - 5}" y="${y(tick) + 3.5}" text-anchor="end">${tick}</text>`)}
${rects}${rings}${names}
<text class="film-axis" x="${(plot.left + plot.right) / 2}" y="${size.height - 3}" text-anchor="middle">${axis}</text>
</svg>
</div>
`,
    motion: { bars, ground: plot.bottom },
  };
}
