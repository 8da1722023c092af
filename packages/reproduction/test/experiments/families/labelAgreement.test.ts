import { circuitFamilies } from '@svf-alignment/circuits';
import { expect, it } from 'vitest';
import { bestCuts, cutAgreements, labelAgreement } from '../../../src/experiments/families/labelAgreement.ts';
import { sampleCircuit } from './sampleCircuit.ts';

const labels = Array.from({ length: 48 }, (_, i) => ({
  order: i % 2 === 0 ? ('ABBA' as const) : ('BABA' as const),
  template: i % 3,
}));
/** Order decides more than the template, and nothing else does. */
const documents = labels.map(({ order, template }) =>
  sampleCircuit([
    [order === 'ABBA' ? '2.0' : '2.1', 'root'],
    ['1.0', order === 'ABBA' ? '2.0' : '2.1', [0, 1]],
    [`0.${template}`, order === 'ABBA' ? '2.0' : '2.1', [0]],
  ]),
);

it('agrees with the label that decides, at the cut into as many clusters', () => {
  const { labels: clusters, dendrogram } = circuitFamilies(documents, labels, { cut: { clusters: 2 } });
  const { order, template, nullMean, nullUpper } = labelAgreement(clusters, labels, 0);
  expect(order).toBe(1);
  expect(Math.abs(template)).toBeLessThan(0.05);
  expect(Math.abs(nullMean)).toBeLessThan(0.02);
  expect(nullUpper).toBeGreaterThan(0);
  expect(nullUpper).toBeLessThan(0.2);
  const best = bestCuts(dendrogram, labels, 0);
  expect(best?.order).toMatchObject({ clusters: 2, adjustedRandIndex: 1 });
  // Six clusters, two to a template: pairs of one cluster 6·C(8,2), of one template 3·C(16,2), of all C(48,2).
  const [together, inTemplate, all] = [6 * 28, 3 * 120, 1128];
  const expected = (together * inTemplate) / all;
  expect(best?.template.clusters).toBe(6);
  expect(best?.template.adjustedRandIndex).toBeCloseTo(
    (together - expected) / ((together + inTemplate) / 2 - expected),
    12,
  );
  // The best of many cuts reaches higher by chance than one cut.
  expect(best?.order.nullUpper).toBeGreaterThan(0);
  // There are six different circuits.
  expect(cutAgreements(dendrogram, labels).map((cut) => cut.clusters)).toEqual([2, 3, 4, 5, 6]);
});

it('has no best cut of equal circuits', () => {
  const { dendrogram } = circuitFamilies([documents[0], documents[0]], labels.slice(0, 2), {
    cut: { clusters: 1 },
  });
  expect(bestCuts(dendrogram, labels.slice(0, 2), 0)).toBeNull();
});

it('counts a label among the prompts that have it, and not one that never differs', () => {
  const { labels: clusters, dendrogram } = circuitFamilies(documents, labels, { cut: { clusters: 2 } });
  const some = labels.map(({ order }, i) => ({ order: i < 20 ? order : null, template: 4 }));
  const found = labelAgreement(clusters, some, 0);
  expect(found).toMatchObject({ order: 1, template: 0 });
  expect(found.nullMean).toBeLessThan(0.1);
  expect(bestCuts(dendrogram, some, 0)?.template).toMatchObject({ adjustedRandIndex: 0, nullUpper: 0 });
  const none = labels.map(() => ({ order: null, template: null }));
  expect(labelAgreement(clusters, none, 0)).toEqual({ order: 0, template: 0, nullMean: 0, nullUpper: 0 });
});
