export type { Architecture } from './architecture/architecture.ts';
export { findArchitecture } from './architecture/architectures.ts';
export { keyValueHead } from './architecture/keyValueHead.ts';
export type * from './architecture/modelParameters.ts';
export type * from './architecture/modelShape.ts';
export type { Dictionary } from './dictionary/dictionary.ts';
export {
  type DictionaryAnisotropy,
  type DictionaryAnisotropyOptions,
  dictionaryAnisotropy,
} from './dictionary/dictionaryAnisotropy.ts';
export { findDictionaries } from './dictionary/findDictionaries.ts';
export { Activations, type ActivationTensor } from './forward/activations.ts';
export { analysisTaps } from './forward/analysisTaps.ts';
export { doubleForwardPass } from './forward/doubleForwardPass.ts';
export { type Fidelity, fidelity } from './forward/fidelity.ts';
export type { ForwardInput, ForwardOptions, ForwardPass, Shift } from './forward/forwardPass.ts';
export { type HookName, hookName, hookNames, type LayerHook } from './forward/hookNames.ts';
export { processedActivations } from './forward/processedActivations.ts';
export { tapBytes } from './forward/tapBytes.ts';
export { type ValueBiases, valueBiases } from './forward/valueBiases.ts';
export type { CachedEntry, CachedTensor, FactorCache } from './heads/factorCache.ts';
export type { HeadFactors } from './heads/headFactors.ts';
export { type HeadSpectrum, headSpectra } from './heads/headSpectra.ts';
export { type HeadFactorsOptions, headFactors } from './heads/modelFactors.ts';
export { type HeadOffsets, headOffsets } from './heads/offsets.ts';
export { expandRevisions } from './hub/expandRevisions.ts';
export { hubCacheFolder } from './hub/hubCacheFolder.ts';
export type { HubOptions } from './hub/hubOptions.ts';
export { type HubReference, parseHubReference } from './hub/hubReference.ts';
export { type CachedModel, listCachedModels } from './hub/listCachedModels.ts';
export { listRevisions } from './hub/listRevisions.ts';
export { makeFolder } from './hub/makeFolder.ts';
export { type HubProbe, probeHub } from './hub/probeHub.ts';
export { type PulledModel, type PullOptions, pullModel } from './hub/pullModel.ts';
export { resolveRevision } from './hub/resolveRevision.ts';
export type { PullProgress } from './hub/SnapshotFetch.ts';
export type { Model } from './model/model.ts';
export type { OpenModelOptions } from './model/modelFolder.ts';
export { type ModelReference, parseModelReference } from './model/modelReference.ts';
export { openModel } from './model/openModel.ts';
export { type OnnxForwardPassOptions, onnxForwardPass } from './onnx/onnxForwardPass.ts';
export { type OnnxProvider, onnxProviders } from './onnx/onnxProvider.ts';
export { type ProviderProbe, probeProvider } from './onnx/probeProvider.ts';
export { genderedPronounPrompts } from './prompts/genderedPronounPrompts.ts';
export type { GeneratedPrompt, Role } from './prompts/generatedPrompt.ts';
export { greaterThanPrompts } from './prompts/greaterThanPrompts.ts';
export { ioiLexicon } from './prompts/ioiLexicon.ts';
export { balancedIoiPrompts, type IoiLanguage, type IoiOrder, ioiPrompts } from './prompts/ioiPrompts.ts';
export { ioiTemplates } from './prompts/ioiTemplates.ts';
export { locateRoles } from './prompts/locateRoles.ts';
export { type FilePrompt, readPromptFile } from './prompts/promptFile.ts';
export { balancedIoiSet, type PromptSetName, promptSet, promptSetNames } from './prompts/promptSet.ts';
export { type DecomposeOptions, decomposePrompt } from './sad/decomposePrompt.ts';
export {
  type DecomposedPrompt,
  type DecomposePromptsOptions,
  decomposePrompts,
} from './sad/decomposePrompts.ts';
export { dynamicThreshold } from './sad/dynamicThreshold.ts';
export { type HeadReconstruction, ReconstructionHistogram } from './sad/ReconstructionHistogram.ts';
export { type SadMeans, SadSummary } from './sad/SadSummary.ts';
export { type SadControl, type SadControlOptions, sadControl } from './sad/sadControl.ts';
export type { ControlKind, ControlMeasures, HeadIndex, SadRow, TokenPair } from './sad/sadRow.ts';
export { sadTaps } from './sad/sadTaps.ts';
export type { PairSelection } from './sad/selectedPairs.ts';
export type { ModelTokenizer, Token } from './tokenizer/modelTokenizer.ts';
export { openTokenizer } from './tokenizer/openTokenizer.ts';
export { tokenLabels } from './tokenizer/tokenLabels.ts';
export { openWeightFiles } from './weights/openWeightFiles.ts';
export { processedWeights } from './weights/processedWeights.ts';
export { storedWeights } from './weights/storedWeights.ts';
export type { TensorLocation, WeightFiles } from './weights/weightFiles.ts';
export type {
  AttentionWeights,
  EmbeddingWeights,
  LayerNorms,
  MlpWeights,
  NormWeights,
  UnembeddingWeights,
  Weights,
} from './weights/weights.ts';
