import fc from 'fast-check';
import { nonzeroVector, normalized, unitVector } from '../arbitraries/vectors.ts';
import { orthonormalBasis } from '../linear/reflections.ts';
import { addScaled } from '../linear/unitVector.ts';
import { weightedProjections } from './weightedProjections.ts';
import { worstFeature } from './worstFeature.ts';

/** A matrix Σ and a feature q, for the condition-number form of Theorem 2. */
export interface ConditionCase {
  /** Σ [D][D]. */
  readonly sigma: readonly (readonly number[])[];
  readonly feature: readonly number[];
}

interface Draw {
  readonly normals: readonly (readonly number[])[];
  readonly exponents: readonly number[];
  readonly placement: 'anywhere' | 'near-worst' | 'worst';
  readonly direction: readonly number[];
}

/** Eigenvalues 10^(k/100): exponents k up to ±`range` in size. */
function draw(range: number): fc.Arbitrary<Draw> {
  return fc.integer({ min: 2, max: 6 }).chain((dimension) =>
    fc.record({
      normals: fc.array(nonzeroVector(dimension), { minLength: dimension, maxLength: dimension }),
      exponents: fc.array(fc.integer({ min: -range, max: range }), {
        minLength: dimension,
        maxLength: dimension,
      }),
      placement: fc.constantFrom('anywhere' as const, 'near-worst' as const, 'worst' as const),
      direction: unitVector(dimension),
    }),
  );
}

function definite({ normals, exponents, placement, direction }: Draw): ConditionCase {
  const basis = orthonormalBasis(direction.length, normals);
  const ascending = [...exponents].sort((a, b) => a - b).map((k) => 10 ** (k / 100));
  const last = ascending.length - 1;
  const worst = worstFeature(ascending[0], basis[0], ascending[last], basis[last]);
  return {
    sigma: weightedProjections(basis, ascending),
    feature:
      placement === 'anywhere'
        ? direction
        : normalized(placement === 'worst' ? worst : addScaled(worst, 0.01, direction)),
  };
}

/** Symmetric positive definite Σ of condition number up to 10⁶. */
export const conditionCase: fc.Arbitrary<ConditionCase> = draw(300).map(definite);

/** Not symmetric, though xᵀΣx > 0: a skew part that turns vectors without stretching them much. */
export const asymmetricCase: fc.Arbitrary<ConditionCase> = draw(5).map((parts) => {
  const { sigma, feature } = definite(parts);
  const turned = sigma.map((row, i) =>
    row.map((value, j) => value + (i === j ? 0 : (i < j ? 3 : -3) * (Math.abs(i - j) === 1 ? 1 : 0))),
  );
  return { sigma: turned, feature };
});

/** Symmetric, with eigenvalues of both signs. */
export const indefiniteCase: fc.Arbitrary<ConditionCase> = draw(5).map((parts) => {
  const basis = orthonormalBasis(parts.direction.length, parts.normals);
  const values = parts.exponents.map((k, i) => (i === 0 ? -1 : 1) * 10 ** (k / 100));
  return { sigma: weightedProjections(basis, values), feature: parts.direction };
});
