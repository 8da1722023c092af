export { applySettings } from './config/applySettings.ts';
export { parseToyConfig } from './config/parseToyConfig.ts';
export { type PresetName, presets } from './config/presets.ts';
export { type TargetPair, type ToyConfig, type ToyConfigInput, toyConfigSchema } from './config/toyConfig.ts';
export { adamW, biasCorrection } from './engines/adamW.ts';
export type {
  LossesAndGradients,
  TrainingEngine,
  TrainingSession,
  TrainingState,
} from './engines/trainingEngine.ts';
export { wasmEngine } from './engines/wasm/index.ts';
export {
  type AlignmentSummary,
  alignmentSummary,
  type PairAlignment,
  rankedTargets,
} from './measure/alignmentSummary.ts';
export { headDecomposition, parameterMatrix } from './measure/headDecomposition.ts';
export { type TrainingReport, trainingReport } from './measure/trainingReport.ts';
export { initialParameters } from './model/initialParameters.ts';
export { isotropicDictionary } from './model/isotropicDictionary.ts';
export type { Losses } from './model/losses.ts';
export { type RotaryTable, rotaryTable } from './model/rotaryTable.ts';
export { targetFactors } from './model/targetFactors.ts';
export {
  copyParameters,
  parameterNames,
  parameterShapes,
  type ToyParameters,
  zeroParameters,
} from './model/toyParameters.ts';
export { type Batch, batchSize, drawBatch } from './sampling/batch.ts';
export { initialSamplerState, TokenSampler } from './sampling/tokenSampler.ts';
export {
  checkpointTensors,
  type NamedTensor,
  parameterTensors,
  tensorsCheckpoint,
} from './training/checkpointTensors.ts';
export { encodeModel } from './training/encodeModel.ts';
export { heldOutLosses } from './training/heldOutLosses.ts';
export { initialState } from './training/initialState.ts';
export { learningRate } from './training/learningRate.ts';
export { everySteps, type Snapshot } from './training/snapshot.ts';
export { type Checkpoint, type TrainingResult, type TrainOptions, train } from './training/train.ts';
