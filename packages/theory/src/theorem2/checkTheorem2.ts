import type { HypothesisReport } from '../statement/evaluation.ts';
import {
  PAPER_EPSILON_LIMIT,
  PARTICULAR_EPSILON_LIMIT,
  theorem2Bound,
  theorem2ParticularBound,
} from './bounds.ts';
import { type HeadCheck, measureHead } from './headCheck.ts';
import { measureSide, type SideCheck } from './sideCheck.ts';
import { type Theorem2Input, validTheorem2Input } from './theorem2Input.ts';

/** One of the bounds on the minimiser's sines, on own data. */
export interface BoundCheck {
  readonly name: 'paper' | 'particular' | 'sharp';
  readonly text: string;
  /** Whether it is claimed at this ε. */
  readonly applies: boolean;
  /** On the larger sine; null where it does not apply. */
  readonly bound: number | null;
  /** bound − sine, and sine/bound. */
  readonly slack: number | null;
  readonly ratio: number | null;
  /** Null where it does not apply. */
  readonly holds: boolean | null;
}

/** Theorem 2 on own data. Plain JSON. */
export interface Theorem2Check {
  readonly query: SideCheck;
  readonly key: SideCheck;
  /** max(ε_Q, ε_K), with the α of each side that makes it smallest. */
  readonly epsilon: number;
  /** The larger of the sines of ∠(q₁, Σ_Q⁺q₁) and ∠(k₁, Σ_K⁺k₁): how far the minimiser M* is from aligned. */
  readonly sine: number;
  readonly hypotheses: readonly HypothesisReport[];
  readonly bounds: readonly BoundCheck[];
  /** Null without a head. */
  readonly head: HeadCheck | null;
  /** No bound that applies is violated, the head's included. */
  readonly holds: boolean;
}

/** Rounding that features in float32 leave: lengths this far from 1 count as unit. */
const LENGTH_TOLERANCE = 1e-5;

/** Rounding of a measured sine. */
const ROUNDING = 1e-9;

/**
 * Theorem 2 (Appendix B.2.3) and its sharp form on own data: which hypotheses hold, ε, the bounds, and what is
 * measured, on the minimiser M* that the theorem speaks of and on the head itself. Where the features do not span
 * the space, everything is on their span, with pseudoinverses, as the paper suggests.
 *
 * @throws SvfError `shape-mismatch`, `non-finite-entry`, `index-out-of-range`, `zero-feature`, `incomplete-head`, `ambiguous-head`,
 * `zero-head`; those of `frameOperator`, `symmetricEigen`, `svd` and `qkSvd`.
 */
export function checkTheorem2(input: Theorem2Input): Theorem2Check {
  const { queryFeatures, keyFeatures, head: weights } = validTheorem2Input(input);
  const query = measureSide(queryFeatures, input.queryIndex);
  const key = measureSide(keyFeatures, input.keyIndex);
  const epsilon = Math.max(query.check.epsilon, key.check.epsilon);
  const sine = Math.max(query.check.sine, key.check.sine);
  const bounds = boundChecks(epsilon, sine);
  const head = weights === null ? null : measureHead(weights, query, key);
  return {
    query: query.check,
    key: key.check,
    epsilon,
    sine,
    hypotheses: hypotheses(query.check, key.check, epsilon, head),
    bounds,
    head,
    holds: bounds.every(({ holds }) => holds !== false) && head?.holds !== false,
  };
}

function hypotheses(
  query: SideCheck,
  key: SideCheck,
  epsilon: number,
  head: HeadCheck | null,
): HypothesisReport[] {
  const reports = [
    {
      name: 'unit-features',
      text: `all features have length 1, to ${LENGTH_TOLERANCE}`,
      holds: Math.max(query.lengthError, key.lengthError) <= LENGTH_TOLERANCE,
    },
    {
      name: 'spanning',
      text: 'the features span the space, so that Σ_Q and Σ_K are invertible',
      holds: query.rank === query.dimension && key.rank === key.dimension,
    },
    {
      name: 'small-eta',
      text: 'η = (1 − ε)⁻² − 1 < 1/2, that is ε < 1 − √(2/3) (the paper’s bound only)',
      holds: epsilon < PAPER_EPSILON_LIMIT,
    },
  ];
  if (head === null) return reports;
  return [
    ...reports,
    {
      name: 'minimiser',
      text: 'Ω is a multiple of the minimiser M*, to 1e-6',
      holds: head.aligned && head.misfit <= 1e-6,
    },
  ];
}

function boundChecks(epsilon: number, sine: number): BoundCheck[] {
  const check = (name: BoundCheck['name'], text: string, applies: boolean, bound: number): BoundCheck =>
    applies
      ? {
          name,
          text,
          applies,
          bound,
          slack: bound - sine,
          // An exactly tight frame has 0 against 0.
          ratio: bound > 0 ? sine / bound : null,
          holds: sine <= bound + ROUNDING,
        }
      : { name, text, applies, bound: null, slack: null, ratio: null, holds: null };
  return [
    check(
      'paper',
      'sine ≤ η/(1 − η), for ε < 1 − √(2/3)',
      epsilon < PAPER_EPSILON_LIMIT,
      theorem2Bound(epsilon),
    ),
    check(
      'particular',
      'sine ≤ 6ε/(1 − 6ε), for ε < 1/12',
      epsilon < PARTICULAR_EPSILON_LIMIT,
      theorem2ParticularBound(epsilon),
    ),
    check('sharp', 'sine ≤ ε = (κ − 1)/(κ + 1), always', true, epsilon),
  ];
}
