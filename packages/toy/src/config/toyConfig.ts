import { z } from 'zod';

const count = (most: number) => z.int().min(1).max(most);
const finite = z.number();

const target = z.strictObject({
  /** Index of the feature in the query token, 0-based. */
  query: z.int().min(0),
  /** Index of the feature in the key token, 0-based. */
  key: z.int().min(0),
  /** Logit T_ij that the pair adds, per unit of both strengths. */
  target: finite,
});

const rotary = z.strictObject({
  /** Band b turns by base^(−b/(H/2)) radians per position. */
  base: z.number().gt(1).default(10_000),
  /** Indices into `targets` whose logit is multiplied by cos(θ₁(i − j)). */
  positional: z.array(z.int().min(0)).default([]),
});

/** Shape of a toy configuration; defaults are the `default` preset. Relations between keys: `parseToyConfig`. */
export const toyConfigSchema = z.strictObject({
  /** N, the number of features. */
  features: count(4096).default(20),
  /** D, the dimension of a token. */
  dimension: count(4096).default(10),
  /** H, the dimension of the head; 0 trains no head. */
  headDimension: z.int().min(0).max(4096).default(10),
  /** m, the key tokens that one query sees. */
  keys: count(65_536).default(4),
  /** Key tokens per step; floor(batchKeys / keys) queries share them. */
  batchKeys: count(1_048_576).default(1024),
  /** p, the probability that a feature is present in a token. */
  featureProbability: z.number().gt(0).max(1).default(0.52),
  /** λ, the weight of the attention loss. */
  attentionWeight: z.number().min(0).default(4),
  /** Reconstruction loss summed or averaged over features (the paper's is `mean`). */
  reconstruction: z.enum(['mean', 'sum']).default('sum'),
  /** The pairs of interest; every other entry of T is 0. */
  targets: z.array(target).default([
    { query: 0, key: 4, target: 24 },
    { query: 1, key: 5, target: 21 },
    { query: 2, key: 6, target: 18 },
    { query: 3, key: 7, target: 15 },
  ]),
  /** Divide logits by √H (Appendix C.3). */
  scaledLogits: z.boolean().default(false),
  /** Rotary positions (Appendix D); the query stands at the last of the m positions. */
  rotary: rotary.nullable().default(null),
  /** Hold W and b fixed; only the head is trained (Appendix C.3). */
  freezeFeatures: z.boolean().default(false),
  /** Weight of each feature in the reconstruction loss: one number for all, or one each. */
  importance: z.union([z.number().min(0), z.array(z.number().min(0))]).default(1),
  steps: z.int().min(0).max(100_000_000).default(10_000),
  /** Peak rate of AdamW. */
  learningRate: z.number().gt(0).default(1e-3),
  /** `cosine`: from the peak to 0 over `steps`. */
  schedule: z.enum(['cosine', 'constant']).default('cosine'),
  /** Decoupled weight decay of AdamW, on every trained parameter. */
  weightDecay: z.number().min(0).default(0.01),
  seed: z.int().default(0),
});

/** Everything that a training run depends on. Plain JSON. */
export type ToyConfig = z.output<typeof toyConfigSchema>;
/** A configuration with any key left out: the `default` preset's value holds. */
export type ToyConfigInput = z.input<typeof toyConfigSchema>;
export type TargetPair = ToyConfig['targets'][number];
