import { qkSvd, type SingularValueDecomposition, SvfError, svd } from '@svf-alignment/core';
import { sineBetween } from '../linear/vectors.ts';
import type { HypothesisReport } from '../statement/evaluation.ts';

import { type MeasuredSide, measureSide } from '../theorem2/sideCheck.ts';
import { type HeadWeights, type Theorem2Input, validTheorem2Input } from '../theorem2/theorem2Input.ts';

/** Features and, optionally, a head that attends from one of them to another, and how it was trained. */
export interface Theorem1Input extends Theorem2Input {
  /** p, if it is known. */
  readonly probability?: number;
  /** m, if it is known. */
  readonly keys?: number;
  /** Sines and σ₂/σ₁ up to here count as zero. Default 1e-6; a head from training is rarely nearer than 1e-2. */
  readonly tolerance?: number;
}

/** A number that the theorem says is zero. */
export interface VanishingMeasurement {
  readonly name: string;
  readonly text: string;
  readonly measured: number;
  /** The tolerance. */
  readonly bound: number;
  /** bound − measured. */
  readonly slack: number;
  readonly holds: boolean;
}

/** Theorem 1, or Corollary 1, on own data. Plain JSON. */
export interface AlignmentCheck {
  readonly hypotheses: readonly HypothesisReport[];
  /** Unit vectors along the singular vectors that the statement predicts. [D] */
  readonly predicted: { readonly query: readonly number[]; readonly key: readonly number[] };
  /** Null without a head. */
  readonly measurements: readonly VanishingMeasurement[] | null;
  /** All hypotheses and measurements hold; null without a head. */
  readonly holds: boolean | null;
}

const DEFAULT_TOLERANCE = 1e-6;

/**
 * Theorem 1 on own data: which hypotheses hold, the singular vectors Σ_Q⁻¹q₁ and Σ_K⁻¹k₁ that it predicts (with
 * pseudoinverses where Σ is singular), and how far a head's top singular vectors are from them.
 *
 * @throws SvfError `invalid-option`; those of `checkTheorem2`.
 */
export function checkTheorem1(input: Theorem1Input): AlignmentCheck {
  const sides = measuredSides(input);
  const { query, key } = sides;
  return report(input, sides.head, {
    hypotheses: [
      ...trainingHypotheses(input),
      spans('query-features-span', 'Σ_Q is invertible', query),
      spans('key-features-span', 'Σ_K is invertible', key),
    ],
    predicted: { query: query.singularVector, key: key.singularVector },
    texts: ['u₁ ∝ Σ_Q⁻¹q₁ (sine of the angle)', 'v₁ ∝ Σ_K⁻¹k₁ (sine of the angle)'],
  });
}

/**
 * Corollary 1 on own data: whether the features are tight frames to the tolerance, and how far a head's top singular
 * vectors are from the features themselves.
 *
 * @throws SvfError as `checkTheorem1`.
 */
export function checkCorollary1(input: Theorem1Input): AlignmentCheck {
  const sides = measuredSides(input);
  const { query, key } = sides;
  const tight = (name: string, text: string, { check }: MeasuredSide): HypothesisReport => ({
    name,
    text,
    holds: check.rank === check.dimension && check.epsilon <= (input.tolerance ?? DEFAULT_TOLERANCE),
  });
  return report(input, sides.head, {
    hypotheses: [
      ...trainingHypotheses(input),
      tight('query-frame-tight', 'Σ_Q = c_Q I, to the tolerance', query),
      tight('key-frame-tight', 'Σ_K = c_K I, to the tolerance', key),
    ],
    predicted: { query: query.feature, key: key.feature },
    texts: ['u₁ = ±q₁ (sine of the angle)', 'v₁ = ±k₁ (sine of the angle)'],
  });
}

function measuredSides(input: Theorem1Input): {
  readonly query: MeasuredSide;
  readonly key: MeasuredSide;
  readonly head: HeadWeights | null;
} {
  const { queryFeatures, keyFeatures, head } = validTheorem2Input(input);
  return {
    query: measureSide(queryFeatures, input.queryIndex),
    key: measureSide(keyFeatures, input.keyIndex),
    head,
  };
}

function trainingHypotheses({ probability, keys }: Theorem1Input): HypothesisReport[] {
  const reports: HypothesisReport[] = [];
  if (probability !== undefined) {
    reports.push({
      name: 'probability-inside',
      text: '0 < p < 1',
      holds: probability > 0 && probability < 1,
    });
  }
  if (keys !== undefined) reports.push({ name: 'two-keys', text: 'm ≥ 2', holds: keys >= 2 });
  return reports;
}

function spans(name: string, text: string, { check }: MeasuredSide): HypothesisReport {
  return { name, text, holds: check.rank === check.dimension };
}

function report(
  { tolerance = DEFAULT_TOLERANCE }: Theorem1Input,
  head: HeadWeights | null,
  claim: Pick<AlignmentCheck, 'hypotheses' | 'predicted'> & { readonly texts: readonly [string, string] },
): AlignmentCheck {
  if (!(tolerance >= 0)) {
    throw new SvfError('The tolerance must be a number ≥ 0.', {
      code: 'invalid-option',
      path: ['tolerance'],
      expected: 'a number ≥ 0',
      received: String(tolerance),
      remedy: `Leave it out for ${DEFAULT_TOLERANCE}.`,
    });
  }
  const { hypotheses, predicted, texts } = claim;
  if (head === null) return { hypotheses, predicted, measurements: null, holds: null };
  const { U, V, singularValues } = decomposition(head);
  const vanishing = (name: string, text: string, measured: number): VanishingMeasurement => ({
    name,
    text,
    measured,
    bound: tolerance,
    slack: tolerance - measured,
    holds: measured <= tolerance,
  });
  const measurements = [
    vanishing('rank-one', 'σ₂/σ₁ = 0', (singularValues[1] ?? 0) / singularValues[0]),
    vanishing('left-singular-vector', texts[0], sineBetween(U.getColumn(0), predicted.query)),
    vanishing('right-singular-vector', texts[1], sineBetween(V.getColumn(0), predicted.key)),
  ];
  const holds = [...hypotheses, ...measurements].every((part) => part.holds);
  return { hypotheses, predicted, measurements, holds };
}

function decomposition(head: HeadWeights): SingularValueDecomposition {
  const result = head.omega === undefined ? qkSvd(head.query, head.key) : svd(head.omega);
  if (result.singularValues[0] > 0) return result;
  throw new SvfError('The head is zero: it has no singular vectors.', {
    code: 'zero-head',
    path: [head.omega === undefined ? 'queryWeights' : 'omega'],
    expected: 'an Ω that is not zero',
    received: 'zeros',
    remedy: 'Check that the right tensors were read.',
  });
}
