import { Matrix, symmetricPower } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corollary1 } from '../src/corollary1/corollary1.ts';
import { differenceMoment, pairDifferenceMoment, tokenMoment } from '../src/lemmas/closedMoments.ts';
import {
  enumeratedDifferenceMoment,
  enumeratedPairMoment,
  enumeratedTokenMoment,
} from '../src/lemmas/enumeratedMoments.ts';
import { lemma1 } from '../src/lemmas/lemma1.ts';
import { lemma2 } from '../src/lemmas/lemma2.ts';
import { lemma3 } from '../src/lemmas/lemma3.ts';
import { lemma3Sampled } from '../src/lemmas/lemma3Sampled.ts';
import { frameOf, whitened } from '../src/linear/features.ts';
import { softmax } from '../src/linear/softmax.ts';
import { norm, outer, sineBetween } from '../src/linear/vectors.ts';
import { exactPopulation } from '../src/population/exactPopulation.ts';
import { sampledPopulation } from '../src/population/sampledPopulation.ts';
import { presenceTeacher } from '../src/presenceTeacher/presenceTeacher.ts';
import { ConclusionViolated } from '../src/statement/ConclusionViolated.ts';
import type { Conclusion, Measurement, Statement } from '../src/statement/statement.ts';
import { withConclusion } from '../src/statement/variants.ts';
import { analyse, relativeDistance } from '../src/theorem1/analysis.ts';
import { predictedMinimiser } from '../src/theorem1/predictedMinimiser.ts';
import { theorem1 } from '../src/theorem1/theorem1.ts';
import type { Theorem1Case } from '../src/theorem1/theorem1Case.ts';
import { theorem1Sampled } from '../src/theorem1/theorem1Sampled.ts';
import { theorem1Singular } from '../src/theorem1/theorem1Singular.ts';

type Broken = readonly [id: string, conclusion: string, fault: string, statement: Statement<unknown>];

function broken<Case>(
  statement: Statement<Case>,
  name: string,
  fault: string,
  measure: (instance: Case, right: Conclusion<Case>['measure']) => Measurement,
): Broken {
  const original = statement.conclusions.find((conclusion) => conclusion.name === name);
  if (original === undefined) throw new Error(`${statement.id} has no conclusion ${name}.`);
  const replaced = withConclusion(statement, name, (instance) =>
    measure(instance, (other) => original.measure(other)),
  );
  return [statement.id, name, fault, replaced];
}

/** The true claim with a stricter or a laxer constant. */
function scaled<Case>(statement: Statement<Case>, name: string, fault: string, factor: number): Broken {
  return broken(statement, name, fault, (instance, right) => {
    const measurement = right(instance);
    return { ...measurement, measured: factor * measurement.measured };
  });
}

function difference(left: Matrix, right: Matrix): Measurement {
  return { measured: Matrix.sub(left, right).norm('frobenius'), bound: 1e-12 };
}

function exact(instance: Theorem1Case) {
  return analyse(instance, exactPopulation(instance));
}

/** M* without the inverse on the side of the keys. */
function halfWhitened({ queryFeatures, keyFeatures, scale }: Theorem1Case): Matrix {
  return new Matrix(outer(whitened(queryFeatures), keyFeatures[0] as number[])).mul(scale);
}

const faults: readonly Broken[] = [
  broken(lemma1, 'shift-invariance', 'all logits but the last are shifted', ({ logits, shift }) => {
    const after = softmax(logits.map((logit, i) => (i === logits.length - 1 ? logit : logit + shift)));
    return { measured: Math.max(...softmax(logits).map((p, i) => Math.abs(p - after[i]))), bound: 1e-9 };
  }),
  broken(lemma1, 'logits-recovered', 'half the range of a − b', ({ logits, others }) => {
    const gaps = logits.map((logit, i) => logit - others[i]);
    const logRatios = softmax(logits).map((p, i) => Math.log(p) - Math.log(softmax(others)[i]));
    const range = (values: number[]) => Math.max(...values) - Math.min(...values);
    return { measured: Math.abs(range(logRatios) - range(gaps) / 2), bound: 1e-9 };
  }),
  broken(lemma2, 'decomposition', 'the entropy is left out', (instance, right) => {
    const entropy = instance.target.reduce((sum, p) => sum - (p === 0 ? 0 : p * Math.log(p)), 0);
    const { measured, bound } = right(instance);
    return { measured: Math.abs(measured - entropy), bound };
  }),
  scaled(lemma2, 'unique-minimum', 'twice Pinsker’s constant', 2),
  broken(lemma3, 'pair-difference', 'p(1 − p) for 2p(1 − p)', (instance) =>
    difference(
      enumeratedPairMoment(instance),
      pairDifferenceMoment(instance.keyFeatures, instance.probabilities[0]).div(2),
    ),
  ),
  broken(lemma3, 'difference-matrix', 'm for m − 1', (instance) =>
    difference(
      enumeratedDifferenceMoment(instance),
      differenceMoment(instance.keyFeatures, instance.probabilities[0], instance.keys + 1),
    ),
  ),
  broken(lemma3, 'query-moment', 'without the mean', ({ queryFeatures, probabilities, ...rest }) =>
    difference(
      enumeratedTokenMoment({ queryFeatures, probabilities, ...rest }),
      frameOf(queryFeatures).mul(probabilities[0] * (1 - probabilities[0])),
    ),
  ),
  scaled(lemma3, 'query-moment-invertible', '2p(1 − p)', 2),
  broken(lemma3Sampled, 'pair-difference', 'twice the mean', (instance, right) => {
    const { direction, keyFeatures, probabilities } = instance;
    const expected = pairDifferenceMoment(keyFeatures, probabilities[0]);
    const x = Matrix.columnVector([...direction]);
    const mean = x.transpose().mmul(expected).mmul(x).get(0, 0);
    const { measured, bound } = right(instance);
    return { measured: Math.abs(mean - measured), bound };
  }),
  broken(lemma3Sampled, 'query-moment', 'twice the mean', (instance, right) => {
    const { direction, queryFeatures, probabilities } = instance;
    const x = Matrix.columnVector([...direction]);
    const mean = x.transpose().mmul(tokenMoment(queryFeatures, probabilities[0])).mmul(x).get(0, 0);
    const { measured, bound } = right(instance);
    return { measured: Math.abs(mean - measured), bound };
  }),
  broken(theorem1, 'gradient-vanishes', 'one inverse dropped', (instance) => {
    const { objective } = exact(instance);
    const { gradient } = objective.derivatives(Float64Array.from(halfWhitened(instance).to1DArray()));
    return { measured: norm(gradient), bound: 1e-10 };
  }),
  scaled(theorem1, 'hessian-definite', 'twice the curvature', 2),
  broken(theorem1, 'unique-minimiser', 'one inverse dropped', (instance) => ({
    measured: relativeDistance(exact(instance).found, halfWhitened(instance)),
    bound: 1e-8,
  })),
  broken(theorem1, 'rank-one', 'full rank', (instance) => {
    const [first, second] = exact(instance).decomposition.singularValues;
    return { measured: 1e-8, bound: second / first };
  }),
  broken(theorem1, 'left-singular-vector', 'u ∝ q₁', (instance) => ({
    measured: sineBetween(exact(instance).decomposition.U.getColumn(0), instance.queryFeatures[0]),
    bound: 1e-8,
  })),
  broken(theorem1, 'right-singular-vector', 'v ∝ Σ_K^(−½) k₁', (instance) => {
    const half = symmetricPower(frameOf(instance.keyFeatures), -0.5);
    const direction = half.mmul(Matrix.columnVector([...instance.keyFeatures[0]])).to1DArray();
    const { V } = exact(instance).decomposition;
    return { measured: sineBetween(V.getColumn(0), direction), bound: 1e-8 };
  }),
  broken(theorem1Sampled, 'unique-minimiser', 'τ twice', (instance) => {
    const { found } = analyse(instance, sampledPopulation(instance));
    const { queryFeatures, keyFeatures, scale } = instance;
    return {
      measured: relativeDistance(found, predictedMinimiser(queryFeatures, keyFeatures, 2 * scale)),
      bound: 1e-8,
    };
  }),
  broken(theorem1Singular, 'agreement-on-spans', 'agreement everywhere', (instance) => {
    const { found, predicted } = exact(instance);
    return { measured: relativeDistance(found, predicted), bound: 1e-8 };
  }),
  broken(theorem1Singular, 'not-unique', 'unique after all', (instance) => {
    const { found, predicted } = exact(instance);
    return { measured: Matrix.sub(found, predicted).norm('frobenius'), bound: 1e-8 };
  }),
  broken(theorem1Singular, 'least-norm', 'largest norm', (instance) => {
    const { found, predicted } = exact(instance);
    return { measured: found.norm('frobenius'), bound: predicted.norm('frobenius') };
  }),
  broken(theorem1Singular, 'gradient-vanishes', 'τ twice', (instance) => {
    const { objective, predicted } = exact(instance);
    const doubled = Float64Array.from(predicted.to1DArray(), (value) => 2 * value);
    return { measured: norm(objective.derivatives(doubled).gradient), bound: 1e-10 };
  }),
  broken(corollary1, 'minimiser', 'τ/c_Q', ({ queryFeatures, keyFeatures, scale }) => {
    const constant = frameOf(queryFeatures).trace() / queryFeatures[0].length;
    const claimed = new Matrix(outer([...queryFeatures[0]], [...keyFeatures[0]])).mul(scale / constant);
    const minimiser = predictedMinimiser(queryFeatures, keyFeatures, scale);
    return { measured: relativeDistance(minimiser, claimed), bound: 1e-12 };
  }),
  broken(corollary1, 'rank-one', 'a singular value of 0', (instance, right) => ({
    measured: 1 - right(instance).measured,
    bound: 1e-12,
  })),
  broken(corollary1, 'left-singular-vector', 'u = ±q₂', ({ queryFeatures }) => ({
    measured: sineBetween(queryFeatures[0], queryFeatures[1]),
    bound: 1e-12,
  })),
  broken(corollary1, 'right-singular-vector', 'v = ±k₂', ({ keyFeatures }) => ({
    measured: sineBetween(keyFeatures[0], keyFeatures[1]),
    bound: 1e-12,
  })),
  broken(presenceTeacher, 'left-singular-vector', 'u ∝ Σ_Q⁻¹q₁, as in Theorem 1', (instance) => {
    const conclusion = presenceTeacher.conclusions.find(({ name }) => name === 'not-the-whitened-query');
    return { measured: conclusion?.measure(instance).bound ?? 0, bound: 0.05 };
  }),
  scaled(presenceTeacher, 'not-the-whitened-query', 'orthogonal to Σ_Q⁻¹q₁', 10),
  scaled(presenceTeacher, 'right-singular-vector', 'Σ_K⁻¹k₁ to nine digits', 1e6),
];

describe.each(faults)('%s, %s: %s', (_, name, __, statement) => {
  it('is found out', () => {
    const { errorInstance } = fc.check(statement.property(), { seed: 1, numRuns: 100, endOnFailure: true });
    if (!(errorInstance instanceof ConclusionViolated))
      throw errorInstance ?? new Error('No counterexample.');
    // By a number that is out of bounds, not by an exception.
    expect(errorInstance.conclusion).toMatchObject({ name, error: null });
    expect(errorInstance.conclusion.slack).toBeLessThan(0);
  });
});
