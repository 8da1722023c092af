import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { presets } from '../../src/config/presets.ts';
import type { ToyConfig } from '../../src/config/toyConfig.ts';
import { initialParameters } from '../../src/model/initialParameters.ts';

/** [query, key, target] of each pair. */
type Pairs = readonly (readonly [number, number, number])[];

const fourPairs: Pairs = [
  [0, 4, 24],
  [1, 5, 21],
  [2, 6, 18],
  [3, 7, 15],
];

/** The table of presets as it is published, typed by hand; the pairs written out. */
const table: Record<keyof typeof presets, Partial<ToyConfig> & { pairs: Pairs }> = {
  default: {
    features: 20,
    dimension: 10,
    headDimension: 10,
    keys: 4,
    featureProbability: 0.52,
    attentionWeight: 4,
    reconstruction: 'sum',
    steps: 10_000,
    schedule: 'cosine',
    pairs: fourPairs,
  },
  paper: {
    features: 20,
    dimension: 10,
    headDimension: 10,
    keys: 4,
    featureProbability: 0.52,
    attentionWeight: 4,
    reconstruction: 'mean',
    steps: 30_000,
    schedule: 'cosine',
    pairs: fourPairs,
  },
  'no-attention': {
    features: 20,
    dimension: 10,
    headDimension: 0,
    featureProbability: 0.1,
    attentionWeight: 0,
    reconstruction: 'sum',
    steps: 12_000,
    pairs: [],
  },
  'single-pair': {
    features: 20,
    dimension: 10,
    headDimension: 10,
    keys: 4,
    featureProbability: 0.2,
    attentionWeight: 4,
    reconstruction: 'sum',
    steps: 10_000,
    pairs: [[0, 1, 10]],
  },
  'multi-pair': {
    features: 100,
    dimension: 50,
    headDimension: 50,
    keys: 4,
    featureProbability: 0.52,
    attentionWeight: 25,
    reconstruction: 'sum',
    steps: 20_000,
    pairs: [
      [0, 20, 26],
      [1, 21, 25],
      [2, 22, 24],
      [3, 23, 23],
      [4, 24, 22],
      [5, 25, 21],
      [6, 26, 20],
      [7, 27, 19],
      [8, 28, 18],
      [9, 29, 17],
      [10, 30, 16],
      [11, 31, 15],
      [12, 32, 14],
      [13, 33, 13],
      [14, 34, 12],
      [15, 35, 11],
      [16, 36, 10],
      [17, 37, 9],
      [18, 38, 8],
      [19, 39, 7],
    ],
  },
  rope: {
    features: 20,
    dimension: 10,
    headDimension: 10,
    keys: 40,
    featureProbability: 0.52,
    attentionWeight: 4,
    reconstruction: 'sum',
    steps: 16_000,
    rotary: { base: 10_000, positional: [3] },
    pairs: [
      [0, 3, 24],
      [1, 4, 21],
      [2, 5, 18],
      [6, 7, 15],
    ],
  },
  'over-capacity': {
    features: 20,
    dimension: 10,
    headDimension: 5,
    keys: 4,
    featureProbability: 0.52,
    attentionWeight: 4,
    reconstruction: 'sum',
    steps: 20_000,
    pairs: [
      [0, 8, 9],
      [1, 9, 8],
      [2, 10, 7],
      [3, 11, 6],
      [4, 12, 5],
      [5, 13, 4],
      [6, 14, 3],
      [7, 15, 2],
    ],
  },
  anisotropy: {
    features: 20,
    dimension: 10,
    headDimension: 10,
    keys: 4,
    featureProbability: 0.52,
    freezeFeatures: true,
    scaledLogits: true,
    schedule: 'constant',
    learningRate: 1e-2,
    steps: 3_000,
    pairs: fourPairs,
  },
};

describe('presets', () => {
  test('are those of the table', () => {
    expect(Object.keys(presets).sort()).toEqual(Object.keys(table).sort());
  });

  test.each(Object.keys(table) as (keyof typeof presets)[])('%s is as published', (name) => {
    const { pairs, ...settings } = table[name];
    const config = parseToyConfig(presets[name]);
    expect(config).toMatchObject(settings);
    expect(config.targets.map(({ query, key, target }) => [query, key, target])).toEqual(pairs);
  });

  test.each(Object.keys(presets) as (keyof typeof presets)[])('%s has a start', (name) => {
    const config = parseToyConfig(presets[name]);
    expect(initialParameters(config).W.every(Number.isFinite)).toBe(true);
  });
});
