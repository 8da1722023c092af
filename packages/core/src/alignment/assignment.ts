import { Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import type { FeatureAlignment } from './featureAlignment.ts';
import { maximumAssignment } from './maximumAssignment.ts';

/** Two features that a head is to relate: column indices into the feature matrix. */
export interface FeaturePair {
  readonly query: number;
  readonly key: number;
}

/** The singular vectors that stand for a pair of features, and how well they agree with it. */
export interface PairAssignment extends FeaturePair {
  /** Index of the left singular vector u_k; null when there are fewer singular vectors than pairs. */
  readonly queryVector: number | null;
  /** Index of the right singular vector v_k; null when there are fewer singular vectors than pairs. */
  readonly keyVector: number | null;
  /** |cos(w_query, u_k)| in [0, 1]; 0 without a vector. */
  readonly queryCosine: number;
  /** |cos(w_key, v_k)| in [0, 1]; 0 without a vector. */
  readonly keyCosine: number;
}

/**
 * Pair k with singular vector k: the paper's "assigned" alignment when `pairs` are in descending order of target.
 *
 * @throws SvfError `feature-out-of-range` with path [index of the pair, side].
 */
export function assignByOrder(alignment: FeatureAlignment, pairs: readonly FeaturePair[]): PairAssignment[] {
  demandFeatures(alignment, pairs);
  return pairs.map((pair, k) => together(alignment, pair, k < alignment.left.columns ? k : null));
}

/**
 * Every pair with the best left and the best right singular vector, chosen apart (the lower index if two tie): the
 * paper's "max" alignment. Several pairs may share a vector.
 *
 * @throws SvfError `feature-out-of-range` with path [index of the pair, side].
 */
export function assignByMaximum(
  alignment: FeatureAlignment,
  pairs: readonly FeaturePair[],
): PairAssignment[] {
  demandFeatures(alignment, pairs);
  return pairs.map(({ query, key }) => {
    const queryVector = largestInRow(alignment.left, query);
    const keyVector = largestInRow(alignment.right, key);
    return {
      query,
      key,
      queryVector,
      keyVector,
      queryCosine: queryVector === null ? 0 : alignment.left.get(query, queryVector),
      keyCosine: keyVector === null ? 0 : alignment.right.get(key, keyVector),
    };
  });
}

/**
 * Every pair with a singular vector of its own, so that the sum of all cosines on both sides is as large as
 * possible. With fewer vectors than pairs, the pairs that gain least have none.
 *
 * @throws SvfError `feature-out-of-range` with path [index of the pair, side].
 */
export function assignOneToOne(alignment: FeatureAlignment, pairs: readonly FeaturePair[]): PairAssignment[] {
  demandFeatures(alignment, pairs);
  const vectors = alignment.left.columns;
  const gain = new Matrix(pairs.length, vectors);
  for (const [row, { query, key }] of pairs.entries()) {
    for (let k = 0; k < vectors; k += 1)
      gain.set(row, k, alignment.left.get(query, k) + alignment.right.get(key, k));
  }
  if (pairs.length <= vectors) {
    const vectorOf = maximumAssignment(gain);
    return pairs.map((pair, row) => together(alignment, pair, vectorOf[row]));
  }
  const pairOf = maximumAssignment(gain.transpose());
  const vectorOf = new Map(Array.from(pairOf, (row, k) => [row, k]));
  return pairs.map((pair, row) => together(alignment, pair, vectorOf.get(row) ?? null));
}

/**
 * Mean cosine over pairs and both sides, in [0, 1].
 *
 * @throws SvfError `no-pairs`.
 */
export function meanCosine(assignments: readonly PairAssignment[]): number {
  if (assignments.length === 0) {
    throw new SvfError('The mean over no pairs is not defined.', {
      code: 'no-pairs',
      expected: 'at least one pair',
    });
  }
  let sum = 0;
  for (const { queryCosine, keyCosine } of assignments) sum += queryCosine + keyCosine;
  return sum / (2 * assignments.length);
}

function together(
  alignment: FeatureAlignment,
  { query, key }: FeaturePair,
  vector: number | null,
): PairAssignment {
  return {
    query,
    key,
    queryVector: vector,
    keyVector: vector,
    queryCosine: vector === null ? 0 : alignment.left.get(query, vector),
    keyCosine: vector === null ? 0 : alignment.right.get(key, vector),
  };
}

function largestInRow(matrix: Matrix, row: number): number | null {
  let best: number | null = null;
  for (let k = 0; k < matrix.columns; k += 1) {
    if (best === null || matrix.get(row, k) > matrix.get(row, best)) best = k;
  }
  return best;
}

function demandFeatures(alignment: FeatureAlignment, pairs: readonly FeaturePair[]): void {
  const count = alignment.left.rows;
  for (const [index, pair] of pairs.entries()) {
    for (const side of ['query', 'key'] as const) {
      if (Number.isInteger(pair[side]) && pair[side] >= 0 && pair[side] < count) continue;
      throw new SvfError(`Pair ${index} names a ${side} feature that does not exist.`, {
        code: 'feature-out-of-range',
        path: [index, side],
        expected: `an integer in [0, ${count - 1}]`,
        received: String(pair[side]),
      });
    }
  }
}
