export {
  promptObjective,
  type TraceObjective,
  type TraceTargets,
} from './experiments/circuits/promptObjective.ts';
export { type TracedPrompt, type TraceRequest, tracedPrompt } from './experiments/circuits/tracedPrompt.ts';
export {
  type TracePrompt,
  type TraceSource,
  type TraceText,
  tracePrompts,
} from './experiments/circuits/tracePrompt.ts';
export type { TraceSummary } from './experiments/circuits/traceSummary.ts';
export { type FamilyPrompt, familyPrompts } from './experiments/families/familyPrompt.ts';
export type { FamilyReport, ReportedFamily, ReportedTemplate } from './experiments/families/familyReport.ts';
export type { BestCut, CutAgreement, LabelAgreement } from './experiments/families/labelAgreement.ts';
export { answerCache } from './experiments/interpret/answerCache.ts';
export { circuitSignals } from './experiments/interpret/circuitSignals.ts';
export { distinctPrompts } from './experiments/interpret/distinctPrompts.ts';
export { type InterpretedSignal, interpretedSignals } from './experiments/interpret/interpretedSignals.ts';
export { sharesByLayer } from './experiments/interpret/interpretTask.ts';
export { ioiClasses } from './experiments/interpret/ioiClasses.ts';
export { keptScan } from './experiments/interpret/keptScan.ts';
export { usedSignals } from './experiments/interpret/usedSignals.ts';
export type { CheckpointRow, CheckpointSad } from './experiments/language/checkpointSuite.ts';
export type { PromptSource, RunSettings } from './experiments/language/languageTask.ts';
export {
  type LanguageModel,
  type LanguageModelOptions,
  openLanguageModel,
} from './experiments/language/openLanguageModel.ts';
export { experiments } from './experiments/registry.ts';
export { blockSizeOf } from './experiments/theory/blockTask.ts';
export { statementSuite } from './experiments/theory/statementSuite.ts';
export { type SweepRow, type SweepTask, sweepExperiment, sweepRows } from './experiments/toySweep.ts';
export { workerEntry } from './experiments/workerEntry.ts';
export type { Axis } from './figures/axis.ts';
export { type BarChartInput, barChart } from './figures/barChart.ts';
export { beside, stack } from './figures/concatenate.ts';
export { type CountChartInput, type CountRow, countChart } from './figures/countChart.ts';
export { countMarks, type MarkCounts } from './figures/countMarks.ts';
export {
  type DiagramBox,
  type DiagramInput,
  type DiagramNote,
  type DiagramWire,
  diagram,
} from './figures/diagram.ts';
export { type HeatmapInput, heatmap } from './figures/heatmap.ts';
export type { LabelledCells, PlacedCells } from './figures/heatmapAxes.ts';
export { type LineChartInput, lineChart, type Series } from './figures/lineChart.ts';
export { type PngOptions, renderPng } from './figures/renderPng.ts';
export { renderSvg } from './figures/renderSvg.ts';
export { renderReport } from './figures/report/renderReport.ts';
export type {
  ExperimentSection,
  Provenance,
  ReportData,
  ReportFigure,
  ReportFormulation,
  ReportSection,
} from './figures/report/reportData.ts';
export { type PointGroup, type ScatterInput, scatter } from './figures/scatter.ts';
export type { Theme } from './figures/theme.ts';
export { typesetMath } from './figures/typesetMath.ts';
export { canonicalJson, canonicalValue } from './lab/canonicalJson.ts';
export { canonicalResult } from './lab/canonicalResult.ts';
export type { Claim, Verdict } from './lab/claim.ts';
export { type ClaimsSummary, claimsSummary } from './lab/claimsSummary.ts';
export { type DiskStoreOptions, openDiskStore } from './lab/diskStore.ts';
export type { Experiment, Outcome, Profile, TaskContext } from './lab/experiment.ts';
export type { ExperimentRun, TaskFailure } from './lab/experimentRun.ts';
export type { Figure } from './lab/figure.ts';
export type { Film, FilmAxis, FilmCurves, FilmMatrix, FilmSpectrum } from './lab/film.ts';
export type { Formulation } from './lab/formulation.ts';
export { inlineTaskPool } from './lab/inlineTaskPool.ts';
export {
  claimAtLeast,
  claimAtMost,
  claimBetween,
  claimEqual,
  claimInOrder,
  claimNotRun,
  claimWithin,
  type Statement,
} from './lab/judgedClaim.ts';
export { memoryStore } from './lab/memoryStore.ts';
export type { OverallProgress } from './lab/progressMeter.ts';
export type { Json, JsonObject, Result, Tensor } from './lab/result.ts';
export type { RunEvent, RunHappening, TaskPlace } from './lab/runEvent.ts';
export { type RunOptions, runExperiments } from './lab/runExperiments.ts';
export { deserializeError, type SerializedError, serializeError } from './lab/serializedError.ts';
export { serveTask } from './lab/serveTask.ts';
export type { Store } from './lab/store.ts';
export type { StoreFiles } from './lab/storeEntry.ts';
export { type TaskIdentity, taskKey } from './lab/taskKey.ts';
export type { TaskMessage, TaskReply } from './lab/taskMessage.ts';
export {
  DEFAULT_PACE,
  type TaskHooks,
  type TaskPace,
  type TaskPool,
  type TaskRequest,
} from './lab/taskPool.ts';
export { type ThreadTaskPoolOptions, threadTaskPool } from './lab/threadTaskPool.ts';
export {
  type CheckableStatement,
  checkableStatements,
  checkMatrixFile,
  type MatrixCheck,
  type MatrixCheckOptions,
} from './reproduce/checkMatrixFile.ts';
export {
  type CheckpointSource,
  type CheckpointsOptions,
  checkpointsInFolder,
} from './reproduce/checkpointsInFolder.ts';
export {
  type FolderFamilies,
  type FolderFamiliesOptions,
  familiesInFolder,
} from './reproduce/familiesInFolder.ts';
export { prepareFolder } from './reproduce/prepareFolder.ts';
export { type ReproduceOptions, type Reproduction, reproduce } from './reproduce/reproduce.ts';
export { selectExperiments } from './reproduce/selectExperiments.ts';
export { type FolderSweepOptions, sweepInFolder } from './reproduce/sweepInFolder.ts';
export { type MatrixRole, matrixRoles, type RoleOptions, type UsedTensor } from './reproduce/tensorRoles.ts';
export {
  type FolderTraces,
  type FolderTracesOptions,
  type TracedCircuit,
  tracesInFolder,
} from './reproduce/tracesInFolder.ts';
export { type FolderTrainingOptions, trainInFolder } from './reproduce/trainInFolder.ts';
export { type VerifyStatementsOptions, verifyStatements } from './reproduce/verifyStatements.ts';
export { writeWhole } from './reproduce/writeWhole.ts';
