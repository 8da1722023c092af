import { barChart } from '../../figures/barChart.ts';
import { beside } from '../../figures/concatenate.ts';
import { lineChart } from '../../figures/lineChart.ts';
import { scatter } from '../../figures/scatter.ts';
import type { JsonObject, Result, Tensor } from '../../lab/result.ts';
import { confidenceBand } from './confidenceBand.ts';
import { type ContextClass, contextClasses } from './sparsityByClass.ts';
import { tensorRows } from './trainedModel.ts';

const classNames: Readonly<Record<ContextClass, string>> = {
  one: 'one pair present',
  two: 'two pairs present',
  none: 'none present',
};

/** A bar below this share of the largest would not be seen, but would stretch the axis below zero. */
const VISIBLE = 1 / 400;

/**
 * Contributions to relative attention in one context, early and late in training, as in Fig. 5.
 *
 * @param example [2 × H], early and late
 */
export function earlyAndLate(example: Tensor, steps: readonly [number, number]): JsonObject {
  const panels = tensorRows(example).map((terms, i) => {
    const largest = terms.reduce((most, term) => Math.max(most, Math.abs(term)), 0);
    const { unit, name } = axisUnit(largest);
    return barChart({
      bars: terms.map((term) => (Math.abs(term) < VISIBLE * largest ? 0 : term / unit)),
      labels: Array.from(terms, (_, k) => `${k}`),
      barName: 'contribution',
      x: { title: `singular vector pair k, after ${steps[i]} steps` },
      y: { title: `contribution${name}` },
      width: 280,
    });
  });
  return beside(panels);
}

/** A power of ten in which small numbers are told, so that an axis has no rows of zeros. */
function axisUnit(largest: number): { unit: number; name: string } {
  const exponent = Number(largest.toExponential().split('e')[1]);
  if (largest === 0 || exponent > -3) return { unit: 1, name: '' };
  return { unit: Number(`1e${exponent}`), name: ` / 1e${exponent}`.replace('-', '−') };
}

/** Contributions against the strength of the pair in the input, as in Fig. 6: two readings of strength. */
export function contributionScatter(
  names: readonly string[],
  { tensors }: Result,
  shown: number,
): JsonObject {
  const contribution = tensorRows(tensors['strength.contribution']);
  const panel = (name: 'product' | 'relative', title: string) =>
    scatter({
      groups: tensorRows(tensors[`strength.${name}`]).map((x, k) => ({
        name: names[k],
        x: x.subarray(0, shown),
        y: contribution[k].subarray(0, shown),
      })),
      x: { title },
      y: { title: 'contribution to relative attention' },
      width: 300,
      height: 280,
    });
  return beside([
    panel('product', 'strength in query × in attended key'),
    panel('relative', 'the same, above the other keys'),
  ]);
}

/** Sparsity through training for each class, mean over seeds with its confidence band, as in Fig. 7(a). */
export function sparsityCurves(results: readonly Result[]): JsonObject {
  const steps = results[0].tensors.steps.data;
  return lineChart({
    series: contextClasses.map((name) => {
      const { mean, low, high } = confidenceBand(
        results.map(({ tensors }) => tensors[`sparsity.${name}`].data),
      );
      return { name: classNames[name], x: steps, y: mean, band: { low, high } };
    }),
    x: { title: 'step', domain: [steps[0], steps[steps.length - 1]] },
    y: { title: 'sparsity a (lower is sparser)' },
    width: 460,
    height: 260,
  });
}
