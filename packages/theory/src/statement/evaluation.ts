import type { StatementDefinition } from './statement.ts';

export interface HypothesisReport {
  readonly name: string;
  readonly text: string;
  readonly holds: boolean;
}

export interface ConclusionReport {
  readonly name: string;
  readonly text: string;
  /** NaN where measuring threw. */
  readonly measured: number;
  readonly bound: number;
  /** bound + tolerance − measured: the conclusion holds if this is ≥ 0. */
  readonly slack: number;
  /** measured / (bound + tolerance): 1 where the bound is attained. */
  readonly ratio: number;
  readonly holds: boolean;
  /** The message, where measuring threw. */
  readonly error: string | null;
}

/** A statement on one case. */
export interface Evaluation {
  readonly hypotheses: readonly HypothesisReport[];
  /** Whether all hypotheses hold. */
  readonly admissible: boolean;
  /** Empty unless `admissible`. */
  readonly conclusions: readonly ConclusionReport[];
  /** No conclusion is violated; true also where nothing is claimed, see `admissible`. */
  readonly holds: boolean;
}

/** Measures a statement on one case: hypotheses first, conclusions only where all of them hold. */
export function evaluateCase<Case>(
  { hypotheses, conclusions }: Pick<StatementDefinition<Case>, 'hypotheses' | 'conclusions'>,
  instance: Case,
): Evaluation {
  const met = hypotheses.map((hypothesis) => ({
    name: hypothesis.name,
    text: hypothesis.text,
    holds: hypothesis.holds(instance),
  }));
  const admissible = met.every(({ holds }) => holds);
  const reports = admissible ? conclusions.map((conclusion) => measured(conclusion, instance)) : [];
  return { hypotheses: met, admissible, conclusions: reports, holds: reports.every(({ holds }) => holds) };
}

function measured<Case>(
  conclusion: StatementDefinition<Case>['conclusions'][number],
  instance: Case,
): ConclusionReport {
  const { name, text } = conclusion;
  try {
    const { measured, bound, tolerance = 0 } = conclusion.measure(instance);
    const allowed = bound + tolerance;
    const slack = allowed - measured;
    // NaN is a violation: it compares as neither.
    return { name, text, measured, bound, slack, ratio: measured / allowed, holds: slack >= 0, error: null };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    const nothing = Number.NaN;
    return {
      name,
      text,
      measured: nothing,
      bound: nothing,
      slack: nothing,
      ratio: nothing,
      holds: false,
      error,
    };
  }
}
