import { Matrix, svd } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whitened } from '../../src/linear/features.ts';
import { absoluteCosine, outer } from '../../src/linear/vectors.ts';
import { exactPopulation } from '../../src/population/exactPopulation.ts';
import { minimise } from '../../src/population/minimise.ts';
import { Objective } from '../../src/population/objective.ts';
import { presenceTeacherGaps } from '../../src/presenceTeacher/presenceTeacherGaps.ts';
import { uncentredDetector } from '../../src/presenceTeacher/uncentredDetector.ts';
import { relativeDistance } from '../../src/theorem1/analysis.ts';
import { type Theorem1Case, theorem1Case } from '../../src/theorem1/theorem1Case.ts';

const cases = fc.sample(theorem1Case(fc.constant({ dimension: 3, queryCount: 5, keyCount: 5, keys: 2 })), {
  numRuns: 12,
  seed: 6,
});

function trained(instance: Theorem1Case, scale: number): Matrix {
  const objective = new Objective(exactPopulation(instance), presenceTeacherGaps(scale));
  const { parameters } = minimise(objective, new Float64Array(9));
  return Matrix.from1DArray(3, 3, Array.from(parameters));
}

describe('the literal presence teacher', () => {
  it('has a minimiser that falls to its leading order as τ²', () => {
    for (const instance of cases) {
      const query = uncentredDetector(instance.queryFeatures, instance.probability);
      const leading = new Matrix(outer(query, whitened(instance.keyFeatures)));
      const [coarse, fine] = [0.2, 0.1].map((scale) =>
        relativeDistance(trained(instance, scale), Matrix.mul(leading, scale)),
      );
      expect(coarse).toBeLessThan(0.04);
      expect(coarse / fine).toBeGreaterThan(3.8);
      expect(coarse / fine).toBeLessThan(4.2);
    }
  });

  it('keeps v₁ near Σ_K⁻¹k₁ at large τ too, if not exactly', () => {
    const cosines = cases.map((instance) => {
      const { V } = svd(trained(instance, 8));
      return absoluteCosine(V.getColumn(0), whitened(instance.keyFeatures));
    });
    expect(Math.min(...cosines)).toBeGreaterThan(0.999);
    expect(Math.min(...cosines)).toBeLessThan(1 - 1e-12);
  });
});
