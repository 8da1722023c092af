import type fc from 'fast-check';
import type { Evaluation } from './evaluation.ts';

/** A condition under which a statement is claimed, checkable on a case. */
export interface Hypothesis<Case> {
  /** Kebab case, unique within the statement. */
  readonly name: string;
  /** One clause in plain text, with the margin that float64 needs where there is one. */
  readonly text: string;
  /** Never throws; `false` for a case it cannot judge. */
  holds(instance: Case): boolean;
  /** Cases that break this hypothesis and no other: with them it is shown that the statement needs it. */
  readonly breaking: fc.Arbitrary<Case>;
}

/** What a conclusion comes to on one case. It holds if `measured ≤ bound + tolerance`. */
export interface Measurement {
  readonly measured: number;
  readonly bound: number;
  /** Allowance for rounding, where `bound` itself is exact and may be attained. Default 0. */
  readonly tolerance?: number;
}

/** A claim of a statement, as a measured number against its bound. */
export interface Conclusion<Case> {
  /** Kebab case, unique within the statement. */
  readonly name: string;
  /** One clause in plain text. */
  readonly text: string;
  /** Called on cases that meet all hypotheses; an exception counts as a violation. */
  measure(instance: Case): Measurement;
}

/** What a statement is made of: all data but for the predicates. */
export interface StatementDefinition<Case> {
  /** As on the command line, e.g. `theorem2-sharp`. */
  readonly id: string;
  readonly title: string;
  readonly statement: { readonly text: string; readonly latex: string };
  /** Where it is claimed, e.g. `Appendix B.2.3, Theorem 1`. */
  readonly source: string;
  /** Cases that `verify` runs unless told otherwise: a few seconds' worth. */
  readonly defaultRuns: number;
  /** Cases that meet all hypotheses in at least nine of ten draws. A case is JSON: it is printed when it fails. */
  readonly arbitrary: fc.Arbitrary<Case>;
  readonly hypotheses: readonly Hypothesis<Case>[];
  readonly conclusions: readonly Conclusion<Case>[];
}

export interface PropertyOptions<Case> {
  /** Called for each case that meets the hypotheses, before the property fails on it if it does. */
  onCase?(evaluation: Evaluation, instance: Case): void;
  /** Draw cases from here instead. */
  readonly arbitrary?: fc.Arbitrary<Case>;
}

/** A theorem or lemma that can be run. Made by `defineStatement`. */
export interface Statement<Case> extends StatementDefinition<Case> {
  /** Which hypotheses a case meets and, if it meets all, what each conclusion comes to. */
  evaluate(instance: Case): Evaluation;
  /**
   * A fast-check property: unmet hypotheses are `fc.pre`, a violated conclusion throws. Assert it with your own seed
   * and number of runs: `fc.assert(statement.property(), { seed, numRuns })`.
   */
  property(options?: PropertyOptions<Case>): fc.IProperty<[Case]>;
}
