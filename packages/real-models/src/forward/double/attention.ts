import type { Matrix } from '@svf-alignment/core';
import { keyValueHead } from '../../architecture/keyValueHead.ts';
import type { ModelShape } from '../../architecture/modelShape.ts';
import type { AttentionWeights } from '../../weights/weights.ts';
import { hookName } from '../hookNames.ts';
import { addProduct, type Rows, repeatRow } from './addProduct.ts';
import type { PackedBatch } from './packedBatch.ts';
import { rotate } from './rotate.ts';
import { softmax } from './softmax.ts';

/**
 * The attention output of a layer before it is normalized (if it is) and added, [rows, dModel].
 *
 * @param x what queries, keys and values read, [rows, dModel]
 */
export function attention(
  x: Float64Array,
  weights: AttentionWeights,
  layer: number,
  shape: ModelShape,
  batch: PackedBatch,
): Float64Array {
  const { heads, keyValueHeads, dHead, positions } = shape;
  const { rows } = batch;
  const group = heads / keyValueHeads;
  const firstOfGroup = (_: unknown, head: number) => head % group === 0;

  const q = project(x, weights.W_Q, weights.b_Q, rows); // [rows, heads, dHead]
  batch.hook(hookName(layer, 'attn.hook_q'), q);
  const k = project(x, weights.W_K.filter(firstOfGroup), weights.b_K.filter(firstOfGroup), rows);
  batch.hook(hookName(layer, 'attn.hook_k'), k);
  const v = project(x, weights.W_V.filter(firstOfGroup), weights.b_V.filter(firstOfGroup), rows);
  batch.hook(hookName(layer, 'attn.hook_v'), v);

  let positionedQ = q;
  let positionedK = k;
  if (positions.kind === 'rotary') {
    positionedQ = rotate(q, batch.positions, dHead, positions);
    batch.hook(hookName(layer, 'attn.hook_rot_q'), positionedQ);
    positionedK = rotate(k, batch.positions, dHead, positions);
    batch.hook(hookName(layer, 'attn.hook_rot_k'), positionedK);
  }

  const z = new Float64Array(q.length); // [rows, heads, dHead]
  for (const [which, { input, start }] of batch.prompts.entries()) {
    const tokens = input.tokens.length;
    const scores = new Float64Array(tokens * tokens);
    const pattern = new Float64Array(tokens * tokens);
    for (let head = 0; head < heads; head += 1) {
      const query = { data: positionedQ, offset: (start * heads + head) * dHead, stride: heads * dHead };
      const source = (start * keyValueHeads + keyValueHead(shape, head)) * dHead;
      const key = { data: positionedK, offset: source, stride: keyValueHeads * dHead };
      const value = { ...key, data: v };
      attentionScores(query, key, tokens, shape, scores);
      batch.headHook(hookName(layer, 'attn.hook_attn_scores'), which, head, scores);
      for (let row = 0; row < tokens; row += 1) softmax(scores, pattern, row * tokens, row + 1);
      batch.headHook(hookName(layer, 'attn.hook_pattern'), which, head, pattern);
      mixValues(pattern, value, tokens, dHead, { ...query, data: z });
    }
  }
  batch.hook(hookName(layer, 'attn.hook_z'), z);

  const output = repeatRow(weights.b_O, rows);
  const to = { data: output, offset: 0, stride: weights.b_O.length };
  for (const [head, W_O] of weights.W_O.entries()) {
    addProduct({ data: z, offset: head * dHead, stride: heads * dHead }, W_O, to, rows);
  }
  return output;
}

/** x W + b for every head, side by side: [rows, heads, dHead]. */
function project(
  x: Float64Array,
  matrices: readonly Matrix[],
  biases: readonly Float64Array[],
  rows: number,
): Float64Array {
  const dHead = biases[0].length;
  const stride = matrices.length * dHead;
  const result = new Float64Array(rows * stride);
  for (const [head, matrix] of matrices.entries()) {
    const offset = head * dHead;
    for (let row = 0; row < rows; row += 1) result.set(biases[head], row * stride + offset);
    addProduct({ data: x, offset: 0, stride: matrix.rows }, matrix, { data: result, offset, stride }, rows);
  }
  return result;
}

/** q·k / scale up to the diagonal, soft-capped where the model does so; −∞ above it. */
function attentionScores(
  query: Rows,
  key: Rows,
  tokens: number,
  { dHead, attentionScale, scoreSoftcap }: ModelShape,
  scores: Float64Array,
): void {
  for (let destination = 0; destination < tokens; destination += 1) {
    const q = query.offset + destination * query.stride;
    const row = destination * tokens;
    for (let source = 0; source <= destination; source += 1) {
      const k = key.offset + source * key.stride;
      let score = 0;
      for (let i = 0; i < dHead; i += 1) score += query.data[q + i] * key.data[k + i];
      score /= attentionScale;
      scores[row + source] = scoreSoftcap === null ? score : scoreSoftcap * Math.tanh(score / scoreSoftcap);
    }
    scores.fill(Number.NEGATIVE_INFINITY, row + destination + 1, row + tokens);
  }
}

/** z of a destination: its pattern's mean of the values. */
function mixValues(pattern: Float64Array, value: Rows, tokens: number, dHead: number, z: Rows): void {
  for (let destination = 0; destination < tokens; destination += 1) {
    const to = z.offset + destination * z.stride;
    for (let source = 0; source <= destination; source += 1) {
      const weight = pattern[destination * tokens + source];
      const from = value.offset + source * value.stride;
      for (let i = 0; i < dHead; i += 1) z.data[to + i] += weight * value.data[from + i];
    }
  }
}
