import { Matrix } from '@svf-alignment/core';
import fc from 'fast-check';
import { nonzeroVector, normalized, unitVector } from '../arbitraries/vectors.ts';
import { orthonormalBasis } from '../linear/reflections.ts';
import { addScaled } from '../linear/unitVector.ts';
import type { Theorem2Case } from './analysis.ts';
import { nearTightFrame } from './nearTightFrame.ts';
import type { Theorem2Side } from './side.ts';
import { unitNormFrame } from './unitNormFrame.ts';
import { weightedProjections } from './weightedProjections.ts';
import { worstFeature } from './worstFeature.ts';

/** Where a feature lies against the eigenvectors of E. */
export type FeaturePlacement = 'anywhere' | 'lowest-eigenvector' | 'near-worst' | 'worst';

const PLACEMENTS: readonly FeaturePlacement[] = ['anywhere', 'lowest-eigenvector', 'near-worst', 'worst'];

/** What an operator side is made from. */
interface SideDraw {
  readonly normals: readonly (readonly number[])[];
  readonly inner: readonly number[];
  readonly placement: FeaturePlacement;
  readonly direction: readonly number[];
  /** Exponent of α. */
  readonly scale: number;
  /** Features per dimension, of a frame. */
  readonly redundancy: number;
}

function sideDraw(dimension: number, placements: readonly FeaturePlacement[]): fc.Arbitrary<SideDraw> {
  return fc.record({
    normals: fc.array(nonzeroVector(dimension), { minLength: dimension, maxLength: dimension }),
    inner: fc.array(fc.integer({ min: -64, max: 64 }), { minLength: dimension, maxLength: dimension }),
    placement: fc.constantFrom(...placements),
    direction: unitVector(dimension),
    scale: fc.integer({ min: -10, max: 10 }),
    redundancy: fc.integer({ min: 2, max: 4 }),
  });
}

/** Σ = α(I + E) with ‖E‖ = ε: the extreme eigenvalues of E are ±ε, the others anywhere between. */
function operatorSide(draw: SideDraw, epsilon: number): Theorem2Side {
  const basis = orthonormalBasis(draw.direction.length, draw.normals);
  const spectrum = draw.inner.map((value, k) => (k === 0 ? -1 : k === 1 ? 1 : value / 64));
  return {
    kind: 'operator',
    alpha: 10 ** (draw.scale / 10),
    error: weightedProjections(
      basis,
      spectrum.map((value) => epsilon * value),
    ),
    feature: placed(draw, basis, epsilon),
  };
}

/** Unit features with frame operator n/D (I + E), ‖E‖ = ε, whose feature of interest is placed at will. */
function prescribedFrame(draw: SideDraw, epsilon: number): Theorem2Side {
  const dimension = draw.direction.length;
  const basis = orthonormalBasis(dimension, draw.normals);
  // In pairs of both signs, so that the trace is n.
  const spectrum = draw.inner.map((_, k) => {
    if (k === dimension - 1 && dimension % 2 === 1) return 0;
    return (k % 2 === 0 ? -1 : 1) * (k < 2 ? 1 : draw.inner[k - (k % 2)] / 64);
  });
  const alpha = draw.redundancy;
  const values = spectrum.map((value) => alpha * (1 + epsilon * value));
  const sigma = new Matrix(weightedProjections(basis, values));
  const wanted = placed(draw, basis, epsilon);
  const room = basis.reduce((sum, vector, k) => sum + product(vector, wanted) ** 2 / values[k], 0);
  // A feature near the lowest eigenvector does not fit into a frame with little there; the worst always does.
  const feature = room <= 1 ? wanted : placed({ ...draw, placement: 'worst' }, basis, epsilon);
  return { kind: 'frame', alpha, features: unitNormFrame(sigma, feature) };
}

/** A union of orthonormal bases, perturbed. */
function perturbedFrame(draw: SideDraw, epsilon: number): Theorem2Side {
  const dimension = draw.direction.length;
  const bases = Array.from({ length: draw.redundancy }, (_, k) =>
    orthonormalBasis(dimension, draw.normals.slice(0, dimension - (k % dimension))),
  );
  const tight = bases.flat();
  const perturbations = tight.map((_, i) =>
    addScaled(normalized(draw.normals[i % dimension]), (i % 3) - 1, draw.direction),
  );
  const { features, alpha } = nearTightFrame(tight, perturbations, epsilon);
  return { kind: 'frame', alpha, features };
}

const KINDS = [operatorSide, operatorSide, prescribedFrame, perturbedFrame] as const;

export interface Theorem2CaseOptions {
  readonly placements?: readonly FeaturePlacement[];
  /** Only operators, no frames: also for ε ≥ 1, which no frame has with both signs. Default false. */
  readonly operatorsOnly?: boolean;
}

/** Cases with max(‖E_Q‖, ‖E_K‖) ≤ ε, both as bare operators and as genuine frames of unit features. */
export function theorem2Case(
  epsilon: fc.Arbitrary<number>,
  { placements = PLACEMENTS, operatorsOnly = false }: Theorem2CaseOptions = {},
): fc.Arbitrary<Theorem2Case> {
  const kinds = operatorsOnly ? [operatorSide] : KINDS;
  return fc.integer({ min: 2, max: 6 }).chain((dimension) =>
    fc
      .record({
        epsilon,
        query: sideDraw(dimension, placements),
        key: sideDraw(dimension, placements),
        queryKind: fc.constantFrom(...kinds),
        keyKind: fc.constantFrom(...kinds),
        tau: fc.integer({ min: -10, max: 10 }),
      })
      .map(({ epsilon, query, key, queryKind, keyKind, tau }) => ({
        query: queryKind(query, epsilon),
        key: keyKind(key, epsilon),
        epsilon,
        tau: 10 ** (tau / 10),
      })),
  );
}

/** ε in (0, limit): evenly, and evenly in the logarithm down to 1e-6 · limit. */
export function epsilonBelow(limit: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1, max: 9999 }).map((k) => (limit * k) / 10000),
    fc.integer({ min: 1, max: 60 }).map((k) => limit * 10 ** (-k / 10)),
  );
}

/** ε in [from, to]. */
export function epsilonBetween(from: number, to: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1000 }).map((k) => from + ((to - from) * k) / 1000);
}

function placed(
  { placement, direction }: SideDraw,
  basis: readonly (readonly number[])[],
  epsilon: number,
): number[] {
  if (placement === 'anywhere') return [...direction];
  if (placement === 'lowest-eigenvector') return normalized(basis[0]);
  const worst = worstFeature(1 - epsilon, basis[0], 1 + epsilon, basis[1]);
  return normalized(placement === 'worst' ? worst : addScaled(worst, 0.01, direction));
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
