import { Matrix, pseudoinverse, svd, symmetricEigen } from '@svf-alignment/core';
import { dot, norm } from '../linear/vectors.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import { kantorovichCosine } from './bounds.ts';
import { asymmetricCase, type ConditionCase, conditionCase, indefiniteCase } from './conditionCase.ts';
import { worstFeature } from './worstFeature.ts';
import { worstFeatureSearch } from './worstFeatureSearch.ts';

const analyse = cached(({ sigma, feature }: ConditionCase) => {
  const matrix = new Matrix(sigma.map((row) => [...row]));
  const transposed = matrix.transpose();
  const largestEntry = Math.max(...matrix.to1DArray().map(Math.abs));
  const { singularValues } = svd(matrix);
  const symmetricPart = Matrix.add(matrix, transposed).mul(0.5);
  return {
    matrix,
    asymmetry: Math.max(...Matrix.sub(matrix, transposed).to1DArray().map(Math.abs)) / largestEntry,
    symmetric: symmetricEigen(symmetricPart),
    condition: singularValues[0] / singularValues[singularValues.length - 1],
    cosine: cosineToInverse(matrix, feature),
  };
});

/** cos ∠(q, Σ⁻¹q), signed. */
function cosineToInverse(sigma: Matrix, feature: readonly number[]): number {
  const image = pseudoinverse(sigma)
    .mmul(Matrix.columnVector([...feature]))
    .to1DArray();
  return dot(image, feature) / (norm(image) * norm(feature));
}

/** The condition-number form of Theorem 2 (ours), which needs no ε. */
export const theorem2Condition = defineStatement<ConditionCase>({
  id: 'theorem2-condition',
  title: 'Alignment by condition number',
  statement: {
    text: 'For every symmetric positive definite Σ of condition number κ and every q ≠ 0, the cosine of the angle between q and Σ⁻¹q is at least 2√κ/(1 + κ). It is attained, by q = √(l/(l + L)) e_l + √(L/(l + L)) e_L with the extreme eigenvalues l, L and unit eigenvectors of them.',
    latex: String.raw`\Sigma \succ 0,\ \kappa = \operatorname{cond}(\Sigma) \;\Longrightarrow\; \cos\angle(q, \Sigma^{-1}q) \ge \frac{2\sqrt\kappa}{1+\kappa}`,
  },
  source: 'ours, by Kantorovich’s inequality; sharpens Appendix B.2.3, Theorem 2',
  defaultRuns: 300,
  arbitrary: conditionCase,
  hypotheses: [
    {
      name: 'symmetric',
      text: 'Σ = Σᵀ, to 1e-12 of its largest entry',
      holds: (instance) => analyse(instance).asymmetry <= 1e-12,
      breaking: asymmetricCase,
    },
    {
      name: 'positive-definite',
      text: 'xᵀΣx > 0 for x ≠ 0, by at least 1e-10 of the largest eigenvalue',
      holds: (instance) => {
        const { values } = analyse(instance).symmetric;
        return values[values.length - 1] > 1e-10 * values[0];
      },
      breaking: indefiniteCase,
    },
  ],
  conclusions: [
    {
      name: 'cosine',
      text: '2√κ/(1 + κ) ≤ cos ∠(q, Σ⁻¹q)',
      measure: (instance) => {
        const { condition, cosine } = analyse(instance);
        return { measured: kantorovichCosine(condition), bound: cosine, tolerance: 1e-14 * condition };
      },
    },
    {
      name: 'attained',
      text: 'the q of the statement has this cosine, to 1e-10',
      measure: (instance) => {
        const { matrix, condition, symmetric } = analyse(instance);
        const { values, vectors } = symmetric;
        const last = values.length - 1;
        const feature = worstFeature(values[last], vectors.getColumn(last), values[0], vectors.getColumn(0));
        const difference = Math.abs(cosineToInverse(matrix, feature) - kantorovichCosine(condition));
        return { measured: difference, bound: 1e-10 };
      },
    },
    {
      name: 'worst-found',
      text: 'the least cosine that a search over q finds is this one, to 1e-6',
      measure: (instance) => {
        const { matrix, condition } = analyse(instance);
        const { cosine } = worstFeatureSearch(matrix, 3, 1);
        return { measured: Math.abs(cosine - kantorovichCosine(condition)), bound: 1e-6 };
      },
    },
  ],
});
