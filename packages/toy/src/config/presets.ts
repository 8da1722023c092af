import type { TargetPair, ToyConfigInput } from './toyConfig.ts';

/** Pairs (k, k + offset) whose target falls linearly from `first` by `step`. */
function fallingTargets(pairs: number, offset: number, first: number, step: number): TargetPair[] {
  return Array.from({ length: pairs }, (_, k) => ({ query: k, key: k + offset, target: first - step * k }));
}

/** The named configurations of the paper's toy experiments; what a preset leaves out is as in `default`. */
export const presets = {
  /** Table 1 of the paper with the summed reconstruction loss, which is exact after 10 000 steps. */
  default: {},
  /** Table 1 with the paper's own reading of the reconstruction loss, and the length that it needs. */
  paper: { reconstruction: 'mean', steps: 30_000 },
  /** Fig. 1(a): features alone, no head. */
  'no-attention': {
    headDimension: 0,
    keys: 1,
    featureProbability: 0.1,
    attentionWeight: 0,
    targets: [],
    steps: 12_000,
  },
  /** Fig. 1(b), 2(a): one pair of interest. */
  'single-pair': { featureProbability: 0.2, targets: [{ query: 0, key: 1, target: 10 }] },
  /** Fig. 1(c), 2(b): 20 pairs among 100 features. */
  'multi-pair': {
    features: 100,
    dimension: 50,
    headDimension: 50,
    attentionWeight: 25,
    targets: fallingTargets(20, 20, 26, 1),
    steps: 20_000,
  },
  /** Fig. 21, 22: rotary positions, the last pair's target turning with position. */
  rope: {
    keys: 40,
    rotary: { base: 10_000, positional: [3] },
    targets: [...fallingTargets(3, 3, 24, 3), { query: 6, key: 7, target: 15 }],
    steps: 16_000,
  },
  /** Fig. 23: more pairs of interest than the head has dimensions. */
  'over-capacity': { headDimension: 5, targets: fallingTargets(8, 8, 9, 1), steps: 20_000 },
  /** Fig. 4 at δ = 0: a frozen isotropic dictionary, only the head is trained. */
  anisotropy: {
    freezeFeatures: true,
    scaledLogits: true,
    learningRate: 1e-2,
    schedule: 'constant',
    steps: 3_000,
  },
} as const satisfies Record<string, ToyConfigInput>;

export type PresetName = keyof typeof presets;
