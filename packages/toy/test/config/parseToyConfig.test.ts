import { SvfError } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';

function refusal(input: unknown): SvfError {
  try {
    parseToyConfig(input);
  } catch (error) {
    if (error instanceof SvfError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`);
}

const pair = { query: 0, key: 2, target: 1 };

const refusals: readonly (readonly [string, unknown, (string | number)[], string])[] = [
  ['m = 0', { keys: 0 }, ['keys'], '`keys` must be ≥ 1, not 0.'],
  [
    'p > 1',
    { featureProbability: 1.5 },
    ['featureProbability'],
    '`featureProbability` must be ≤ 1, not 1.5.',
  ],
  ['p = 0', { featureProbability: 0 }, ['featureProbability'], '`featureProbability` must be > 0, not 0.'],
  [
    'p NaN',
    { featureProbability: NaN },
    ['featureProbability'],
    '`featureProbability` must be a finite number, not NaN.',
  ],
  [
    'H > D',
    { headDimension: 11 },
    ['headDimension'],
    '`headDimension` must be at most the dimension 10, not 11.',
  ],
  ['N = 0', { features: 0 }, ['features'], '`features` must be ≥ 1, not 0.'],
  ['D = 0', { dimension: 0 }, ['dimension'], '`dimension` must be ≥ 1, not 0.'],
  ['a huge model', { features: 5000 }, ['features'], '`features` must be ≤ 4096, not 5000.'],
  ['half a key', { keys: 2.5 }, ['keys'], '`keys` must be a whole number, not 2.5.'],
  ['text for a number', { keys: '4' }, ['keys'], '`keys` must be a finite number, not "4".'],
  [
    'fewer keys than one query sees',
    { batchKeys: 3 },
    ['keys'],
    '`keys` must be at most batchKeys, 3, not 4.',
  ],
  [
    'a key out of range',
    { targets: [pair, { ...pair, key: 20 }] },
    ['targets', 1, 'key'],
    '`targets[1].key` must be a feature index below 20, not 20.',
  ],
  [
    'a query out of range',
    { features: 5, targets: [{ ...pair, query: 5 }] },
    ['targets', 0, 'query'],
    '`targets[0].query` must be a feature index below 5, not 5.',
  ],
  [
    'a negative index',
    { targets: [{ ...pair, query: -1 }] },
    ['targets', 0, 'query'],
    '`targets[0].query` must be ≥ 0, not -1.',
  ],
  [
    'a NaN target',
    { targets: [{ ...pair, target: NaN }] },
    ['targets', 0, 'target'],
    '`targets[0].target` must be a finite number, not NaN.',
  ],
  [
    'an infinite target',
    { targets: [{ ...pair, target: Infinity }] },
    ['targets', 0, 'target'],
    '`targets[0].target` must be a finite number, not Infinity.',
  ],
  [
    'a target left out',
    { targets: [{ query: 0, key: 2 }] },
    ['targets', 0, 'target'],
    '`targets[0].target` is missing; it must be a finite number.',
  ],
  [
    'a pair given twice',
    { targets: [pair, { ...pair, target: 3 }] },
    ['targets', 1],
    '`targets[1]` must be a pair that is not listed yet, not {"query":0,"key":2,"target":3}.',
  ],
  ['targets that are no list', { targets: 'none' }, ['targets'], '`targets` must be a list, not "none".'],
  ['an unknown key', { keyz: 4 }, ['keyz'], 'There is no key `keyz`.'],
  [
    'an unknown key of a target',
    { targets: [{ ...pair, weight: 3 }] },
    ['targets', 0, 'weight'],
    'There is no key `targets[0].weight`.',
  ],
  [
    'rotary positions with odd H',
    { rotary: {}, headDimension: 5 },
    ['headDimension'],
    '`headDimension` must be even and above 0 with rotary positions, not 5.',
  ],
  [
    'rotary positions without a head',
    { rotary: {}, headDimension: 0, targets: [], attentionWeight: 0 },
    ['headDimension'],
    '`headDimension` must be even and above 0 with rotary positions, not 0.',
  ],
  ['a rotary base of 1', { rotary: { base: 1 } }, ['rotary', 'base'], '`rotary.base` must be > 1, not 1.'],
  [
    'a positional target out of range',
    { rotary: { positional: [0, 4] } },
    ['rotary', 'positional', 1],
    '`rotary.positional[1]` must be an index into the 4 targets, not 4.',
  ],
  [
    'a positional target with a single band',
    { rotary: { positional: [0] }, headDimension: 2 },
    ['headDimension'],
    '`headDimension` must be at least 4 for positional targets (they turn with band 1), not 2.',
  ],
  [
    'importance of another length',
    { importance: [1, 2] },
    ['importance'],
    '`importance` must be one number, or a list of 20, not a list of 2.',
  ],
  ['negative importance', { importance: -1 }, ['importance'], '`importance` must be ≥ 0, not -1.'],
  [
    'importance as text',
    { importance: 'much' },
    ['importance'],
    '`importance` must be a number ≥ 0, or a list of them, not "much".',
  ],
  [
    'NaN among importances',
    { importance: [...Array(19).fill(1), NaN] },
    ['importance', 19],
    '`importance[19]` must be a finite number, not NaN.',
  ],
  [
    'an unknown reconstruction',
    { reconstruction: 'median' },
    ['reconstruction'],
    '`reconstruction` must be "mean" or "sum", not "median".',
  ],
  [
    'an unknown schedule',
    { schedule: '' },
    ['schedule'],
    '`schedule` must be "cosine" or "constant", not "".',
  ],
  [
    'freezeFeatures as text',
    { freezeFeatures: 'yes' },
    ['freezeFeatures'],
    '`freezeFeatures` must be true or false, not "yes".',
  ],
  ['negative steps', { steps: -1 }, ['steps'], '`steps` must be ≥ 0, not -1.'],
  ['a rate of 0', { learningRate: 0 }, ['learningRate'], '`learningRate` must be > 0, not 0.'],
  ['half a seed', { seed: 1.5 }, ['seed'], '`seed` must be a whole number, not 1.5.'],
  [
    'targets without a head',
    { headDimension: 0, attentionWeight: 0 },
    ['targets'],
    '`targets` must be empty where headDimension is 0, not a list of 4.',
  ],
  [
    'an attention loss without a head',
    { headDimension: 0, targets: [] },
    ['attentionWeight'],
    '`attentionWeight` must be 0 where headDimension is 0, not 4.',
  ],
  ['no object', 'default', [], 'The configuration must be an object, not "default".'],
  ['null', null, [], 'The configuration must be an object, not null.'],
];

describe('parseToyConfig', () => {
  test.each(refusals)('refuses %s', (_, input, path, message) => {
    const error = refusal(input);
    expect(error.code).toBe('bad-config');
    expect(error.path).toEqual(path);
    expect(error.message).toBe(message);
    expect(error.remedy).toContain('svf toy train --help');
  });

  test('fills in the default model', () => {
    expect(parseToyConfig({})).toEqual({
      features: 20,
      dimension: 10,
      headDimension: 10,
      keys: 4,
      batchKeys: 1024,
      featureProbability: 0.52,
      attentionWeight: 4,
      reconstruction: 'sum',
      targets: [
        { query: 0, key: 4, target: 24 },
        { query: 1, key: 5, target: 21 },
        { query: 2, key: 6, target: 18 },
        { query: 3, key: 7, target: 15 },
      ],
      scaledLogits: false,
      rotary: null,
      freezeFeatures: false,
      importance: 1,
      steps: 10_000,
      learningRate: 1e-3,
      schedule: 'cosine',
      weightDecay: 0.01,
      seed: 0,
    });
  });

  test('accepts the limits: p = 1, H = D, m = batchKeys, the last pair, no steps', () => {
    const limits = {
      featureProbability: 1,
      headDimension: 10,
      keys: 6,
      batchKeys: 6,
      targets: [{ query: 19, key: 19, target: -3 }],
      rotary: { positional: [0] },
      importance: Array(20).fill(0),
      steps: 0,
      seed: -5,
    };
    expect(parseToyConfig(limits)).toMatchObject({ ...limits, rotary: { base: 10_000, positional: [0] } });
  });

  test('a parsed configuration parses to itself', () => {
    const once = parseToyConfig({ rotary: {}, keys: 8 });
    expect(parseToyConfig(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });
});
