import { PAPER_EPSILON_LIMIT } from '@svf-alignment/theory';
import { lineChart, type Series } from '../../figures/lineChart.ts';
import { scatter } from '../../figures/scatter.ts';
import type { Figure } from '../../lab/figure.ts';
import { sharpCosine, theorem2Cosine } from './anisotropyBounds.ts';
import {
  antiWhitened,
  type ByDirection,
  overDirections,
  type Quantity,
  rawOfAll,
  rawOfLeading,
  type Spread,
} from './overDirections.ts';

/** Pieces that a bound is drawn of. */
const CURVE = 60;

/** Alignment against δ, trained and as the bounds have it (Fig. 4 of the paper). */
export function alignmentFigure(byDirection: ByDirection): Figure {
  const drawn = (spreads: readonly Spread[]) => spreads.filter(({ delta }) => delta > 0);
  const trained = (name: string, quantity: Quantity): Series => {
    const spreads = drawn(overDirections(byDirection, quantity));
    return {
      name,
      x: spreads.map(({ delta }) => delta),
      y: spreads.map(({ mean }) => mean),
      band: {
        low: spreads.map(({ mean, deviation }) => Math.max(0, mean - deviation)),
        high: spreads.map(({ mean, deviation }) => Math.min(1, mean + deviation)),
      },
    };
  };
  const deltas = drawn(overDirections(byDirection, rawOfAll)).map(({ delta }) => delta);
  const [first, last] = [deltas[0], deltas[deltas.length - 1]];
  const bound = (name: string, value: (delta: number) => number, end: number): Series => {
    const x = Array.from({ length: CURVE + 1 }, (_, i) => first * (end / first) ** (i / CURVE));
    return { name, x, y: x.map(value) };
  };
  return {
    id: 'fig-04-alignment',
    title: 'Alignment against the deviation from isotropy',
    caption:
      `Mean |cos| over four pairs and ${byDirection.length} directions, with bands of one standard deviation over ` +
      'directions: with the best of all ten singular vectors, the best of the four that carry the targets, and the ' +
      'best of these anti-whitened (Σu). Both bounds are for one pair of interest.',
    specification: lineChart({
      series: [
        trained('raw, of ten', rawOfAll),
        trained('raw, of four', rawOfLeading),
        trained('anti-whitened', antiWhitened),
        bound('sharp bound', sharpCosine, last),
        bound('Theorem 2', theorem2Cosine, PAPER_EPSILON_LIMIT),
      ],
      x: { title: 'δ', scale: 'log', domain: [first, last] },
      y: { title: '|cos|', domain: [0, 1] },
      width: 520,
      height: 260,
    }),
  };
}

/** Trained heads against the head in closed form. */
export function exactFigure(byDirection: ByDirection): Figure {
  const measures = byDirection.flat();
  const group = (name: string, quantity: 'raw' | 'antiWhitened') => ({
    name,
    x: measures.map(({ exact }) => exact[quantity]),
    y: measures.map(({ leading }) => leading[quantity]),
  });
  return {
    id: 'fig-04-closed-form',
    title: 'Trained heads and the closed form',
    caption:
      'Alignment of the four leading singular vectors of trained heads against that of the exact solution ' +
      'Σ⁻¹(ΣTₖwᵢwⱼᵀ)Σ⁻¹, for every direction and δ. The line is equality.',
    specification: scatter({
      groups: [group('raw', 'raw'), group('anti-whitened', 'antiWhitened')],
      x: { title: '|cos|, closed form' },
      y: { title: '|cos|, trained' },
      diagonal: [0.4, 1],
    }),
  };
}
