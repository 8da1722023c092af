/**
 * One model's sizes and addresses, written by the host (src/engines/wasm/plan.ts keeps the same order). Matrices
 * are row-major float32; rows and columns are padded with zeros to multiples of four, and every kernel keeps the
 * padding zero. `stride` is the padded N, in bytes; sizes are padded unless said otherwise.
 */
@unmanaged
export class Plan {
  /** N, D, H. */
  features: i32 = 0;
  dimension: i32 = 0;
  head: i32 = 0;
  /** m, Q and Q·m, unpadded; `paddedQueries` rows of queries and m times as many of keys exist. */
  keys: i32 = 0;
  queries: i32 = 0;
  tokens: i32 = 0;
  paddedQueries: i32 = 0;
  /** Target pairs. */
  targets: i32 = 0;

  /** [4 × 4] words of xoshiro128+, and which lanes of a token's last four features exist. */
  sampler: usize = 0;
  lastLanes: usize = 0;
  /** p·2²⁴ and 2⁻²⁴/p. */
  threshold: f32 = 0;
  inverse: f32 = 0;
  /** 1 or 1/√H on logits; λ/Q times that on their gradients. */
  logitScale: f32 = 0;
  gradientScale: f32 = 0;

  /** Strengths: [paddedQueries·m × N] and [paddedQueries × N]. */
  keyTokens: usize = 0;
  queryTokens: usize = 0;

  /** W [D × N], b [N], A [D × H], B [D × H], then their gradients and AdamW's moments in the same layout. */
  W: usize = 0;
  b: usize = 0;
  A: usize = 0;
  B: usize = 0;
  gradientW: usize = 0;
  gradientb: usize = 0;
  gradientA: usize = 0;
  gradientB: usize = 0;
  firstMoment: usize = 0;
  secondMoment: usize = 0;
  /** First trained number and how many there are, from the address of W. */
  trainedFrom: usize = 0;
  trainedBytes: usize = 0;

  /** [N]: weight of a feature's squared error times 2/(Q·m). */
  errorWeights: usize = 0;
  /** G = WᵀW and its gradient [N × N]; δ of one block of tokens [BLOCK × N]. */
  gram: usize = 0;
  gradientGram: usize = 0;
  errors: usize = 0;

  /** WᵀA, WᵀB [N × H], their gradients, and transposes [H × N]. */
  queryFactor: usize = 0;
  keyFactor: usize = 0;
  gradientQueryFactor: usize = 0;
  gradientKeyFactor: usize = 0;
  transposedQueryFactor: usize = 0;
  transposedKeyFactor: usize = 0;
  /** S = WᵀABᵀW and its gradient [N × N]; not with rotary positions. */
  bilinear: usize = 0;
  gradientBilinear: usize = 0;
  /** Sᵀf_q, then ∂L/∂(Sᵀf_q): [paddedQueries × N]; with rotary positions Aᵀh and its gradient, [… × H]. */
  projectedQueries: usize = 0;
  gradientQueries: usize = 0;
  /** Bᵀh, then its gradient, [paddedQueries·m × H]; only with rotary positions, else 0. */
  projectedKeys: usize = 0;
  /** cos θ, and sin θ with the sign of Rᵀ, [m × H]. */
  cosines: usize = 0;
  signedSines: usize = 0;

  /** [m × paddedQueries]: logits, then their gradients; target logits. */
  logits: usize = 0;
  targetLogits: usize = 0;
  /** Byte offsets of each pair's features in a token, [targets]; T at each position, [m × targets]. */
  targetQuery: usize = 0;
  targetKey: usize = 0;
  targetFactors: usize = 0;
  /** [targets]: the query's strengths of the pairs. */
  targetStrengths: usize = 0;
}

/** Tokens whose errors are held at a time: small enough that they stay in the first-level cache. */
export const BLOCK: i32 = 128;
