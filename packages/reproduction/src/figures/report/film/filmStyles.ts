import { palettes, type Theme } from '../../theme.ts';

/** The colours of films as variables, for the style sheet's blocks of each theme. */
export function filmColours(theme: Theme): string {
  const { category, sequential, diverging } = palettes[theme];
  const ramp = (stops: readonly string[]) => `linear-gradient(to right, ${stops.join(', ')})`;
  const [first, second, third, fourth] = category;
  return (
    `--film-0: ${first}; --film-1: ${second}; --film-2: ${third}; --film-3: ${fourth}; ` +
    `--film-sequential: ${ramp(sequential)}; --film-diverging: ${ramp(diverging)};`
  );
}

const series = [0, 1, 2, 3]
  .map(
    (index) =>
      `.film-stroke-${index} { stroke: var(--film-${index}); } .film-fill-${index} { fill: var(--film-${index}); } ` +
      `.film-line-${index} { background: var(--film-${index}); }`,
  )
  .join('\n');

/** How films look. Pictures have their own units, in which text is as large as in all other figures. */
export const filmStyles = `
.film { margin-top: 1.4rem; padding: 1rem; border: 1px solid var(--line); border-radius: 10px; }
.film-caption { margin: 0 0 0.9rem; font-size: 0.9rem; color: var(--muted); max-width: 52rem; }
.film-caption strong { color: var(--ink); }
.film-controls { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; padding: 0.55rem 0.8rem; background: var(--surface); border-radius: 8px; }
.film-play { min-width: 5.2rem; font: inherit; font-size: 0.9rem; font-weight: 600; color: var(--paper); background: var(--link); border: 0; border-radius: 99px; padding: 0.35rem 1rem; cursor: pointer; }
.film-slider { flex: 1 1 14rem; min-width: 0; height: 1.6rem; margin: 0; accent-color: var(--link); cursor: pointer; }
.film-step { min-width: 11.5rem; font-size: 0.9rem; font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
@media (max-width: 40rem) { .film-controls { justify-content: space-between; } .film-slider { order: 1; flex-basis: 100%; } }
.film-panels { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1.1rem 1rem; margin-top: 1.1rem; }
.film-charts { display: flex; flex-wrap: wrap; gap: 0.8rem 1rem; flex: 330 1 231px; }
.film-panel { min-width: 0; }
.film-chart { flex: 1 1 231px; max-width: 34rem; }
.film-title { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.8rem; margin: 0 0 0.4rem; font-size: 0.82rem; font-weight: 600; line-height: 1.35; }
.film-unit, .film-key { font-weight: 400; color: var(--muted); }
.film svg { display: block; width: 100%; height: auto; }
.film text { fill: var(--muted); font: 10px 'DejaVu Sans', Verdana, sans-serif; }
.film text.film-axis { fill: var(--ink); }
.film-matrix { position: relative; }
.film-matrix canvas { position: absolute; top: 0; image-rendering: pixelated; }
.film-matrix svg { position: relative; pointer-events: none; }
.film-frame { fill: none; stroke: var(--line); }
.film-mark { fill: none; stroke: var(--film-1); stroke-width: 1.6; rx: 2px; }
.film-scale { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.6rem; margin: 0.1rem 0 0; font-size: 0.75rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.film-scale i { display: inline-block; width: 3.4rem; height: 0.55rem; border-radius: 2px; }
.film-sequential { background: var(--film-sequential); }
.film-diverging { background: var(--film-diverging); }
.film-grid { stroke: var(--line); fill: none; }
.film-bar { fill: var(--film-0); }
.film-ring { fill: none; stroke: var(--film-1); stroke-width: 2; }
.film-key-ring { display: inline-block; width: 0.6rem; height: 0.6rem; margin-right: 0.35rem; border: 2px solid var(--film-1); border-radius: 50%; }
.film-curves { cursor: ew-resize; touch-action: pan-y; }
.film-line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.film-faint { opacity: 0.28; }
.film-cursor { stroke: var(--muted); stroke-width: 1; fill: none; }
.film-dot { stroke: var(--paper); stroke-width: 1.2; }
.film-legend { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0.2rem 0 0; font-size: 0.75rem; color: var(--muted); }
.film-legend span { white-space: nowrap; }
.film-legend b { display: inline-block; min-width: 4.4em; color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.film-key-line { display: inline-block; width: 0.9rem; height: 3px; margin-right: 0.35rem; border-radius: 2px; vertical-align: 0.2em; }
${series}
@media print { .film-controls .film-play, .film-slider { display: none; } .film { break-inside: avoid; } }`;
