import { barChart } from '../../figures/barChart.ts';
import { beside } from '../../figures/concatenate.ts';
import { heatmap } from '../../figures/heatmap.ts';
import type { JsonObject, Result } from '../../lab/result.ts';
import { tensorRows } from './trainedModel.ts';

const names = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i}`);

/** Cosines of all features with each other, as in Fig. 1 of the paper. */
export function featureCosines({ tensors }: Result, title?: string): JsonObject {
  const rows = tensorRows(tensors.featureCosines);
  const labels = names('w', rows.length);
  return heatmap({
    values: rows,
    rows: { labels },
    columns: { labels },
    colours: 'diverging',
    domain: [-1, 1],
    legend: 'cos',
    ...(title !== undefined && { title }),
  });
}

/** W Wᵀ, as in Fig. 19: a multiple of the identity where features are isotropic. */
export function frameFigure({ tensors }: Result, title?: string): JsonObject {
  const rows = tensorRows(tensors.frame);
  const labels = names('', rows.length);
  return heatmap({
    values: rows,
    rows: { labels, title: 'dimension' },
    columns: { labels, title: 'dimension' },
    colours: 'diverging',
    legend: 'W Wᵀ',
    ...(title !== undefined && { title }),
  });
}

/** |cos| of the first `features` features with the left and with the right singular vectors, as in Fig. 11. */
export function alignmentMatrices({ tensors }: Result, features?: number): JsonObject {
  const panel = (name: 'leftAlignment' | 'rightAlignment', letter: string, legend: string | null) => {
    const rows = tensorRows(tensors[name]).slice(0, features);
    return heatmap({
      values: rows,
      rows: { labels: names('w', rows.length), title: 'feature' },
      columns: {
        labels: names(letter, rows[0].length),
        title: `${letter === 'u' ? 'left' : 'right'} singular vector`,
      },
      colours: 'sequential',
      domain: [0, 1],
      legend,
    });
  };
  return beside([panel('leftAlignment', 'u', null), panel('rightAlignment', 'v', '|cos|')]);
}

/** Singular values of Ω beside the target logits of the pairs of interest. */
export function spectrum({ values }: Result, targets: readonly number[]): JsonObject {
  const bars = values.singularValues as readonly number[];
  return barChart({
    bars,
    labels: bars.map((_, k) => `${k}`),
    barName: 'singular value',
    targets: { name: 'target logit', values: [...targets].sort((a, b) => b - a) },
    x: { title: 'k' },
  });
}
