export { type Corollary1Case, corollary1 } from './corollary1/corollary1.ts';
export { harmonicFrame, tightFrame, unionOfBases } from './corollary1/tightFrame.ts';
export { differenceMoment, pairDifferenceMoment, tokenMoment } from './lemmas/closedMoments.ts';
export { type Lemma1Case, lemma1 } from './lemmas/lemma1.ts';
export { type Lemma2Case, lemma2 } from './lemmas/lemma2.ts';
export { lemma3 } from './lemmas/lemma3.ts';
export { lemma3Sampled, type SampledMomentCase } from './lemmas/lemma3Sampled.ts';
export type { MomentCase } from './lemmas/momentCase.ts';
export { presenceTeacher } from './presenceTeacher/presenceTeacher.ts';
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
export {
  type AlignmentCheck,
  checkCorollary1,
  checkTheorem1,
  type Theorem1Input,
  type VanishingMeasurement,
} from './theorem1/checkTheorem1.ts';
export { predictedMinimiser } from './theorem1/predictedMinimiser.ts';
export { theorem1 } from './theorem1/theorem1.ts';
export type { Theorem1Case } from './theorem1/theorem1Case.ts';
export { type SampledTheorem1Case, theorem1Sampled } from './theorem1/theorem1Sampled.ts';
export { theorem1Singular } from './theorem1/theorem1Singular.ts';
export { analyseTheorem2, type Theorem2Analysis, type Theorem2Case } from './theorem2/analysis.ts';
export {
  kantorovichCosine,
  kantorovichSine,
  PAPER_EPSILON_LIMIT,
  PARTICULAR_EPSILON_LIMIT,
  theorem2Bound,
  theorem2Eta,
  theorem2ParticularBound,
} from './theorem2/bounds.ts';
export { type BoundCheck, checkTheorem2, type Theorem2Check } from './theorem2/checkTheorem2.ts';
export type { ConditionCase } from './theorem2/conditionCase.ts';
export type { HeadCheck } from './theorem2/headCheck.ts';
export type { Theorem2Side } from './theorem2/side.ts';
export type { SideCheck } from './theorem2/sideCheck.ts';
export { theorem2 } from './theorem2/theorem2.ts';
export { type AttainedCase, theorem2Attained } from './theorem2/theorem2Attained.ts';
export { theorem2Condition } from './theorem2/theorem2Condition.ts';
export {
  type Theorem2CurveOptions,
  type Theorem2CurvePoint,
  theorem2Curve,
} from './theorem2/theorem2Curve.ts';
export type { Theorem2Input } from './theorem2/theorem2Input.ts';
export { theorem2Particular } from './theorem2/theorem2Particular.ts';
export { theorem2Sharp } from './theorem2/theorem2Sharp.ts';
export { unitNormFrame } from './theorem2/unitNormFrame.ts';
export { type WorstCase, type WorstCaseSearchOptions, worstCaseSearch } from './theorem2/worstCaseSearch.ts';
export { type WorstFeature, worstFeatureSearch } from './theorem2/worstFeatureSearch.ts';
export { type GlobalMinimumOptions, theorem3GlobalMinimum } from './theorem3/globalMinimum.ts';
export type { Theorem3Instance } from './theorem3/instance.ts';
export { type Theorem3Objective, theorem3Objective } from './theorem3/objective.ts';
export { interferenceLowerBound, orthogonalMinimiserExists } from './theorem3/orthogonalMinimiser.ts';
export { theorem3 } from './theorem3/theorem3.ts';
export type { Theorem3Case } from './theorem3/theorem3Case.ts';
