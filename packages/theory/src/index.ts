export { ConclusionViolated } from './statement/ConclusionViolated.ts';
export { defineStatement } from './statement/defineStatement.ts';
export type { ConclusionReport, Evaluation, HypothesisReport } from './statement/evaluation.ts';
export { formatOutcome, formatOutcomes } from './statement/formatOutcome.ts';
export { mergeBlocks } from './statement/mergeBlocks.ts';
export type { BlockOutcome, Counterexample, Outcome, WorstMeasurement } from './statement/outcome.ts';
export type {
  Conclusion,
  Hypothesis,
  Measurement,
  PropertyOptions,
  Statement,
  StatementDefinition,
} from './statement/statement.ts';
export { withConclusion, withoutHypothesis } from './statement/variants.ts';
export { type VerifyOptions, type VerifyProgress, verify } from './statement/verify.ts';
export { type SuiteOutcome, verifyAll } from './statement/verifyAll.ts';
export { type BlockOptions, verifyBlock } from './statement/verifyBlock.ts';
export { findStatement, statements } from './statements.ts';
