import { expect, it } from 'vitest';
import { familyCriteria, splitCriteria } from '../../../src/experiments/families/familyCriteria.ts';
import type { ComparedPair, FamilyValues } from '../../../src/experiments/families/familyTask.ts';
import { judgeCriterion } from '../../../src/experiments/language/criterion.ts';

const interval = (mean: number) => ({ mean, lower: mean - 0.1, upper: mean + 0.1 });

function sample(
  [order, template]: readonly number[],
  cosines: readonly number[],
  [own, other]: readonly number[],
  exclusive = 3,
): FamilyValues {
  const family = {
    size: 10,
    abba: 1,
    representative: 0,
    prompt: '',
    order: 'ABBA',
    template: 0,
    document: '',
    exclusive,
    moved: [1, 1],
  };
  const pair: ComparedPair = {
    clusters: 2,
    families: [family, family],
    signals: cosines.map((cosine, head) => ({ layer: 1, head, side: 'd', cosine })),
    effects: {
      cells: [
        [interval(own), interval(other)],
        [interval(other), interval(own)],
      ],
      differences: [interval(own - other), interval(own - other)],
    },
  };
  const best = (adjustedRandIndex: number) => ({ clusters: 2, adjustedRandIndex, nullUpper: 0.1 });
  return {
    hash: '',
    empty: 0,
    report: {
      circuits: 20,
      adjustedRandIndex: { order, template, nullMean: 0, nullUpper: 0.1 },
      clusters: [],
      templates: [],
      cuts: [],
      bestCuts: { order: best(order), template: best(template) },
    },
    pair,
    map: { distances: [], abba: [], labels: [], branches: [] },
  };
}

const held = (values: FamilyValues, split: 'order' | 'template') =>
  [...splitCriteria(split), ...familyCriteria]
    .map((criterion) => judgeCriterion(criterion, 'some', values))
    .filter(({ verdict }) => verdict === 'reproduced')
    .map(({ id }) => id.replace('acc-families/some/', ''));

it('holds where a model does as the slides say', () => {
  expect(held(sample([0.9, 0.2], [1, -0.5], [2, 0.5]), 'order')).toEqual([
    'split-by-order',
    'order-above-template',
    'families-beyond-chance',
    'same-signal',
    'changed-signal',
    'own-cause-1',
    'own-cause-2',
  ]);
});

it('does not hold where it does the opposite, or nothing', () => {
  expect(held(sample([0.9, 0.2], [0.5, 0.2], [0.5, 2]), 'template')).toEqual(['families-beyond-chance']);
  expect(held(sample([0, 0.05], [0, 0], [0, 0]), 'order')).toEqual([]);
  // Without the edges the answer is likelier in both: no cause, although it gains less on its own prompts.
  expect(held(sample([0, 0.05], [0, 0], [-1, -3]), 'order')).toEqual([]);
});

it('is not judged without two families, or without an edge of its own', () => {
  const values = sample([0.9, 0.2], [1, -0.5], [2, 0.5], 0);
  const verdicts = (of: FamilyValues) =>
    familyCriteria.slice(1).map((criterion) => judgeCriterion(criterion, 'some', of).verdict);
  expect(verdicts({ ...values, pair: null })).toEqual(['not run', 'not run', 'not run', 'not run']);
  expect(verdicts(values)).toEqual(['reproduced', 'reproduced', 'not run', 'not run']);
});
