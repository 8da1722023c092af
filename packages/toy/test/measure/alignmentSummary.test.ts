import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { alignmentSummary, rankedTargets } from '../../src/measure/alignmentSummary.ts';
import { headDecomposition } from '../../src/measure/headDecomposition.ts';
import { zeroParameters } from '../../src/model/toyParameters.ts';

const config = parseToyConfig({
  features: 6,
  dimension: 4,
  headDimension: 2,
  targets: [
    { query: 0, key: 1, target: 3 },
    { query: 2, key: 3, target: 5 },
  ],
});

/** Features 0 … 3 are the axes; Ω = 5 e₂e₃ᵀ + 3 e₀e₁ᵀ. */
function alignedModel() {
  const parameters = zeroParameters(config);
  for (let i = 0; i < 4; i += 1) parameters.W[i * config.features + i] = 2;
  const at = (row: number, column: number) => row * config.headDimension + column;
  parameters.A[at(2, 0)] = 5;
  parameters.B[at(3, 0)] = 1;
  parameters.A[at(0, 1)] = -3;
  parameters.B[at(1, 1)] = -1;
  return parameters;
}

it('ranks pairs by target, of equal ones the first listed first', () => {
  expect(rankedTargets(config).map(({ target }) => target)).toEqual([5, 3]);
  const tied = [
    { query: 0, key: 1, target: 4 },
    { query: 1, key: 0, target: 4 },
  ];
  expect(rankedTargets({ targets: tied })).toEqual(tied);
});

describe('a model that is aligned exactly', () => {
  it('has alignment 1 by every assignment, the pair with the largest target on singular vector 0', () => {
    const summary = alignmentSummary(config, alignedModel());
    expect(summary.mean).toBeCloseTo(1, 12);
    expect(summary.meanMax).toBeCloseTo(1, 12);
    expect(summary.meanMatched).toBeCloseTo(1, 12);
    expect(summary.pairs.map(({ query, singularVector }) => [query, singularVector])).toEqual([
      [2, 0],
      [0, 1],
    ]);
    expect([...headDecomposition(config, alignedModel()).singularValues]).toEqual([5, 3]);
  });

  it('has it by matching but not by order if the targets are the other way round', () => {
    const swapped = { ...config, targets: config.targets.map((pair) => ({ ...pair, target: -pair.target })) };
    const summary = alignmentSummary(swapped, alignedModel());
    expect(summary.mean).toBeCloseTo(0, 12);
    expect(summary.meanMatched).toBeCloseTo(1, 12);
  });
});

it('counts a pair beyond the head dimension as not aligned', () => {
  const narrow = parseToyConfig({ ...config, headDimension: 1 });
  const parameters = zeroParameters(narrow);
  parameters.W.set(alignedModel().W);
  parameters.A[2] = 1;
  parameters.B[3] = 1;
  const summary = alignmentSummary(narrow, parameters);
  expect(summary.pairs[1]).toMatchObject({ singularVector: null, queryCosine: 0, keyCosine: 0 });
  expect(summary.mean).toBeCloseTo(0.5, 12);
});

it('has nothing to say without pairs or without a head', () => {
  const none = parseToyConfig({ headDimension: 0, attentionWeight: 0, targets: [] });
  expect(alignmentSummary(none, zeroParameters(none))).toEqual({
    mean: null,
    meanMax: null,
    meanMatched: null,
    pairs: [],
  });
  expect(headDecomposition(none, zeroParameters(none)).singularValues).toHaveLength(0);
});
