import { Matrix, svd } from '@svf-alignment/core';
import { expect, test } from 'vitest';
import { norm, sineBetween } from '../../src/linear/vectors.ts';
import { kantorovichSine } from '../../src/theorem2/bounds.ts';
import { worstCaseSearch } from '../../src/theorem2/worstCaseSearch.ts';
import { worstFeatureSearch } from '../../src/theorem2/worstFeatureSearch.ts';

for (const dimension of [2, 4, 8]) {
  for (const epsilon of [0.001, 0.2, 0.6, 0.95]) {
    test(`finds the sine ε, and an admissible case that has it: D = ${dimension}, ε = ${epsilon}`, () => {
      const { sine, error, feature } = worstCaseSearch({ dimension, epsilon, seed: 11 });
      expect(sine).toBeLessThanOrEqual(epsilon + 1e-12);
      expect(sine).toBeGreaterThan(epsilon - 1e-6);
      const matrix = new Matrix(error.map((row) => [...row]));
      expect(svd(matrix).singularValues[0]).toBeLessThanOrEqual(epsilon + 1e-12);
      expect(norm(feature)).toBeCloseTo(1, 12);
      // Checked without the search's own formulas: solve by Cramer's way out, the Neumann series.
      let image = [...feature];
      for (let k = 0; k < 2000; k += 1) {
        const next = matrix.mmul(Matrix.columnVector(image)).to1DArray();
        image = feature.map((value, i) => value - next[i]);
      }
      expect(sineBetween(image, feature)).toBeCloseTo(sine, 9);
    });
  }
}

test('the worst feature of a given Σ', () => {
  const sigma = Matrix.diag([1, 2, 3, 7, 20]);
  const { sine, cosine, feature } = worstFeatureSearch(sigma, 4, 1);
  expect(sine).toBeCloseTo(kantorovichSine(20), 9);
  expect(cosine).toBeCloseTo(Math.sqrt(1 - kantorovichSine(20) ** 2), 9);
  // Kantorovich's case of equality: only the extreme eigenvectors, the larger eigenvalue weighing more.
  expect(feature.map((value) => value ** 2)).toEqual(
    [1 / 21, 0, 0, 0, 20 / 21].map((value) => expect.closeTo(value, 6)),
  );
});
