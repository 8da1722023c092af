export {
  CIRCUIT_SCHEMA_VERSION,
  type CircuitDocument,
  type CircuitEdge,
  type CircuitNode,
  type CircuitWarning,
  circuitDocumentSchema,
} from './circuit/circuitDocument.ts';
export {
  type CircuitCounts,
  type CircuitSummary,
  circuitCounts,
  circuitSummary,
  type MeanAndMedian,
} from './circuit/circuitSummary.ts';
export { type CircuitWarningCode, circuitWarnings } from './circuit/circuitWarnings.ts';
export type { Threshold } from './circuit/threshold.ts';
export { type TraceSettings, traceCircuit } from './circuit/traceCircuit.ts';
export {
  type ComponentKind,
  type ComponentName,
  componentIndex,
  componentName,
} from './components/component.ts';
export { attributionGraph } from './export/attributionGraph.ts';
export type {
  AttributionGraph,
  AttributionGraphOptions,
  AttributionLink,
  AttributionNode,
} from './export/attributionTypes.ts';
export { circuitGraphMl } from './export/circuitGraphMl.ts';
export { circuitPage } from './export/page/circuitPage.ts';
export type { CircuitPageOptions } from './export/page/circuitPageOptions.ts';
export { averageLinkage } from './families/averageLinkage.ts';
export { type CircuitSetKind, circuitElements, edgeElements } from './families/circuitElements.ts';
export {
  type CircuitFamilies,
  type CircuitFamily,
  circuitFamilies,
  type FamilyCut,
  type FamilyOptions,
  type PromptLabel,
} from './families/circuitFamilies.ts';
export { type CondensedDistances, condensedIndex, distanceBetween } from './families/condensedDistances.ts';
export { cutAtCount, cutAtHeight, type Dendrogram, leafOrder, type Merge } from './families/dendrogram.ts';
export { type ElementSets, elementSets } from './families/elementSets.ts';
export { type GroupRepresentative, groupRepresentatives } from './families/groupRepresentatives.ts';
export { jaccardDistances } from './families/jaccardDistances.ts';
export { medoid } from './families/medoid.ts';
export { compareSignals, type IncomingSignals, type SignalComparison } from './families/signalComparison.ts';
export { nodeKey, type TokenFreeNode, tokenFreeNode } from './families/tokenFreeNode.ts';
export type { Firing } from './firing/firing.ts';
export {
  type Contribution,
  type FiringSide,
  type FiringTrace,
  traceFiring,
  traceFirings,
} from './firing/traceFiring.ts';
export type { UpstreamComponent } from './firing/UpstreamGroups.ts';
export {
  ContextScan,
  type ContextScanOptions,
  type ContextScanState,
  type SignalContexts,
} from './interpret/ContextScan.ts';
export { type ContextHalves, contextHalves } from './interpret/contextHalves.ts';
export { edgeInterpretations, type InterpretedKey, signalsOfEdges } from './interpret/edgeInterpretations.ts';
export {
  type AnswerCache,
  ChatClient,
  type ChatCounts,
  type ChatOptions,
} from './interpret/endpoint/ChatClient.ts';
export {
  type EndpointPlan,
  endpointInterpreter,
  endpointPlan,
} from './interpret/endpoint/endpointInterpreter.ts';
export { endpointInstructions } from './interpret/endpoint/endpointPrompts.ts';
export type {
  ContextToken,
  Interpretation,
  Interpreter,
  LabelledContext,
  TokenContext,
} from './interpret/interpreter.ts';
export {
  FALSE_DISCOVERY_RATE,
  type Judgement,
  judgeInterpretation,
  judgementOf,
  type Significance,
  type SignificantShare,
  significanceOf,
  significantShare,
} from './interpret/judgement.ts';
export { lexicalInterpreter } from './interpret/lexical/lexicalInterpreter.ts';
export type { WordClasses } from './interpret/lexical/tokenClasses.ts';
export { randomSignal } from './interpret/randomSignal.ts';
export type { Signal, SignalKey } from './interpret/signal.ts';
export { type UsedSignal, UsedSignals } from './interpret/UsedSignals.ts';
export type { Estimate } from './interventions/bootstrapEstimate.ts';
export type { CircuitInterventionOptions } from './interventions/circuitInterventionOptions.ts';
export { demandSameModel } from './interventions/demandSameModel.ts';
export { intervene } from './interventions/intervene.ts';
export {
  type InterventionRow,
  interveneCircuit,
} from './interventions/interveneCircuit.ts';
export { type HeadEffect, interveneTogether, type TogetherRow } from './interventions/interveneTogether.ts';
export type { Intervention, InterventionEffect, InterventionMode } from './interventions/intervention.ts';
export { interventionEdges } from './interventions/interventionEdges.ts';
export {
  type EffectEstimates,
  type InterventionSummary,
  interventionSummary,
  type Measure,
} from './interventions/interventionSummary.ts';
export { type JointEffect, jointEffect } from './interventions/jointEffect.ts';
export { type LogitTarget, logitTarget } from './interventions/logitTarget.ts';
export { randomControl } from './interventions/randomControl.ts';
export { type CircuitModel, type CircuitModelOptions, circuitModel } from './model/circuitModel.ts';
export { openTracer, type Tracer, type TracerInput } from './prompt/openTracer.ts';
export { type PromptContext, promptContext } from './prompt/promptContext.ts';
export type {
  LinearObjective,
  Objective,
  ProbabilityObjective,
  ProbeObjective,
  Targets,
} from './seeds/objective.ts';
export { edgeSignal, type SignalFlavour } from './signals/edgeSignal.ts';
export { type IndexedEdge, indexedEdge } from './signals/indexedEdge.ts';
export {
  type AttentionSinkOptions,
  type AttentionSinks,
  attentionSinks,
  type SinkSide,
} from './sinks/attentionSinks.ts';
export type { HeadCosines } from './sinks/headCosines.ts';
export type { AblatedCluster, SinkLevels } from './sinks/SinkAblation.ts';
export type { SignalCluster } from './sinks/signalClusters.ts';
export type { SignalSide } from './sinks/sinkSignals.ts';
export { adjustedRandIndex } from './statistics/adjustedRandIndex.ts';
export { benjaminiHochberg } from './statistics/benjaminiHochberg.ts';
export { type BootstrapOptions, bootstrapInterval } from './statistics/bootstrapInterval.ts';
export { fisherExactOneSided, type TwoByTwoTable } from './statistics/fisherExactOneSided.ts';
export type { Interval } from './statistics/interval.ts';
export {
  type PermutationNull,
  type PermutationOptions,
  permutationNull,
} from './statistics/permutationNull.ts';
export { quantile } from './statistics/quantile.ts';
export { wilsonInterval } from './statistics/wilsonInterval.ts';
export { type AgreementPoint, agreementCurve } from './unified/agreementCurve.ts';
export { averagedCircuit } from './unified/averagedCircuit.ts';
export {
  type AveragedVariability,
  averagedVariability,
  type VariabilityOptions,
} from './unified/averagedVariability.ts';
export { type CircuitAgreement, circuitAgreement } from './unified/circuitAgreement.ts';
export { type CircuitUnion, circuitUnion, type UnionEdge, type UnionMember } from './unified/circuitUnion.ts';
export type { PlacedCircuit } from './unified/PlacedUnion.ts';
export {
  PUBLISHED_CIRCUITS,
  type PublishedCircuit,
  type PublishedNode,
} from './unified/publishedCircuits.ts';
export {
  type UnifiedEdge,
  type UnifiedGraph,
  type UnifiedNode,
  unifiedGraph,
} from './unified/unifiedGraph.ts';
