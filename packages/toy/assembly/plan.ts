/**
 * One model's sizes and addresses, written by the host (src/engines/wasm/planWords.ts keeps the same order).
 *
 * Matrices are float32. Parameters and everything N×N, N×H or D×H are row-major, rows and columns padded with zeros
 * to multiples of four, which every kernel keeps zero. Tokens lie feature by feature, so that a vector holds four
 * tokens: in blocks of `blockQueries` queries, row n of a block holds the strengths of feature n for position 0 of
 * those queries, then for position 1, and so on. Absent tokens at the end of the last block are zero.
 */
@unmanaged
export class Plan {
  /** N, D, H, padded. */
  features: i32 = 0;
  dimension: i32 = 0;
  head: i32 = 0;
  /** m. */
  keys: i32 = 0;
  /** Queries that exist; all blocks together hold `paddedQueries`. */
  queries: i32 = 0;
  paddedQueries: i32 = 0;
  /** Queries in a block, a multiple of four, and how many blocks there are. */
  blockQueries: i32 = 0;
  blocks: i32 = 0;
  /** Bytes from one row of a block to the next, from one block to the next, and between rows over all queries. */
  blockStride: usize = 0;
  blockBytes: usize = 0;
  queryStride: usize = 0;
  /** Target pairs. */
  targets: i32 = 0;

  /** [4 × 4] words of xoshiro128+; which lanes of a token's last four features exist. */
  sampler: usize = 0;
  lastLanes: usize = 0;
  /** p·2²⁴ and 2⁻²⁴/p. */
  threshold: f32 = 0;
  inverse: f32 = 0;
  /** 1 or 1/√H on logits; λ/Q times that on their gradients. */
  logitScale: f32 = 0;
  gradientScale: f32 = 0;

  /** Freshly drawn tokens of one block, token by token, [blockQueries·m × N]. */
  drawn: usize = 0;
  /** [blocks × N × blockQueries·m] and [N × paddedQueries]. */
  keyTokens: usize = 0;
  queryTokens: usize = 0;
  /** Which tokens of the last block exist, [blockQueries·m] masks. */
  lastMask: usize = 0;

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
  /** First trained number and how many there are, in bytes from the address of W. */
  trainedFrom: usize = 0;
  trainedBytes: usize = 0;

  /** [N]: weight of a feature's squared error times 2/(Q·m). */
  errorWeights: usize = 0;
  /** G = WᵀW and its gradient [N × N], first without the weights; one block's δ, laid out as the block; sums of δ in four lanes [N × 4]. */
  gram: usize = 0;
  gradientGram: usize = 0;
  errors: usize = 0;
  errorSums: usize = 0;

  /** WᵀA, WᵀB and their gradients [N × H]. */
  queryFactor: usize = 0;
  keyFactor: usize = 0;
  gradientQueryFactor: usize = 0;
  gradientKeyFactor: usize = 0;
  /** S = WᵀABᵀW and its gradient [N × N]; not with rotary positions. */
  bilinear: usize = 0;
  gradientBilinear: usize = 0;
  /** Sᵀf_q, then ∂L/∂(Sᵀf_q), [N × paddedQueries]; with rotary positions Aᵀh_q, [H × paddedQueries]. */
  projectedQueries: usize = 0;
  /** ∂L/∂(Aᵀh_q) and Bᵀh, then its gradient, in blocks of H rows; 0 without rotary positions. */
  gradientQueries: usize = 0;
  projectedKeys: usize = 0;
  /** cos and sin of the turns, [m × H/2]. */
  cosines: usize = 0;
  sines: usize = 0;

  /** [m × paddedQueries]: logits, then their gradients; target logits. */
  logits: usize = 0;
  targetLogits: usize = 0;
  /** Each pair's features, [targets]; T at each position, [m × targets]. */
  targetQuery: usize = 0;
  targetKey: usize = 0;
  targetFactors: usize = 0;
}
