import { haarOrthogonal, packedColumns, type QkFactors, randomStream, SvfError } from '@svf-alignment/core';
import { type RotationColumns, rotatedProjection, sameOmegaProjection } from './controlProjection.ts';
import type { HeadProjection } from './headProjection.ts';
import type { ControlKind, HeadIndex } from './sadRow.ts';

/** Rotations are kept for the next prompt and the next checkpoint up to this many bytes, then drawn anew each time. */
const CACHE_BYTES = 256 * 2 ** 20;

export interface SadControlOptions {
  /** How many random rotations, at least 1 (default 5). */
  readonly seeds?: number;
  /** Seed of them all (default 0). */
  readonly seed?: number;
}

/** A random control of the decomposition; make it once and use it for all prompts and checkpoints. */
export interface SadControl {
  readonly kind: ControlKind;
  readonly seeds: number;
  /** The tokens as the changed head sees them, one for each seed. */
  projections(projection: HeadProjection, factors: QkFactors, head: HeadIndex): readonly HeadProjection[];
}

/**
 * How sparse the decomposition is in a random basis (spec §3). `rotated` is the paper's: U ← U Q₁ and V ← V Q₂ with
 * independent Haar-random Q₁ and Q₂, Σ kept; relative attention is that of the changed Ω. `same-omega` is stricter: one Q
 * between the factors, Ω = (U Σ^½ Q)(Qᵀ Σ^½ Vᵀ), so that only the cut into terms is another. A fall of sparsity that the
 * spectrum alone explains shows in `rotated` as well; one that `same-omega` shares says nothing about singular vectors.
 *
 * The rotations depend on seed, kind, layer, head and their number only: not on the model, on the prompts, or on what
 * else is computed.
 *
 * @throws SvfError `seeds-out-of-range`.
 */
export function sadControl(kind: ControlKind, { seeds = 5, seed = 0 }: SadControlOptions = {}): SadControl {
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new SvfError('A control needs random rotations.', {
      code: 'seeds-out-of-range',
      path: ['seeds'],
      expected: 'an integer of at least 1',
      received: String(seeds),
    });
  }
  const cache = new Map<string, RotationColumns>();
  let cachedBytes = 0;

  function rotation(name: string, size: number): RotationColumns {
    const key = `${size}/${name}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const columns = packedColumns(haarOrthogonal(size, randomStream(seed, name)));
    if (cachedBytes + columns.byteLength <= CACHE_BYTES) {
      cache.set(key, columns);
      cachedBytes += columns.byteLength;
    }
    return columns;
  }

  return {
    kind,
    seeds,
    projections: (projection, factors, { layer, head }) =>
      Array.from({ length: seeds }, (_, index) => {
        const name = `sad/${kind}/${layer}.${head}/${index}`;
        const { terms } = projection;
        if (kind === 'same-omega') return sameOmegaProjection(projection, factors, rotation(name, terms));
        const left = rotation(`${name}/destination`, terms);
        return rotatedProjection(projection, factors, left, rotation(`${name}/source`, terms));
      }),
  };
}
