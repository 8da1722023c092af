import { bundledModelFolder, bundledModels } from '@svf-alignment/models';
import {
  doubleForwardPass,
  type FactorCache,
  type ForwardPass,
  type HeadFactors,
  headFactors,
  type Model,
  type OnnxProvider,
  type OpenModelOptions,
  onnxForwardPass,
  openModel,
} from '@svf-alignment/real-models';

export interface LanguageModelOptions {
  /** `single` (default): ONNX Runtime; `double`: plain float64. */
  readonly precision?: 'single' | 'double';
  readonly provider?: OnnxProvider;
  readonly threads?: number;
  /** Where factors of heads are kept, by the hash of the weights, unless the model is so small that this takes longer. */
  readonly cache?: FactorCache;
  readonly hub?: OpenModelOptions['hub'];
  readonly onProgress?: OpenModelOptions['onProgress'];
  readonly signal?: AbortSignal;
}

/** A model that can be run and decomposed. */
export interface LanguageModel {
  readonly model: Model;
  readonly forward: ForwardPass;
  /** Of the layers asked for, by default all. */
  factors(
    layers?: readonly number[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<HeadFactors>;
  close(): Promise<void>;
}

/** Entries of all W_Q from which on hashing the weights and reading a cache is faster than decomposing heads. */
const WORTH_KEEPING = 1e6;

/**
 * Opens a bundled model, a folder, or a model of the hub, and what it takes to analyse it.
 *
 * @throws SvfError those of `openModel`
 */
export async function openLanguageModel(
  reference: string,
  options: LanguageModelOptions = {},
): Promise<LanguageModel> {
  const { precision = 'single', provider, threads, cache, hub, onProgress, signal } = options;
  const model = await openModel(reference, {
    bundled: bundledModelFolder,
    bundledNames: Object.keys(bundledModels),
    ...(hub && { hub }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const { shape, parameters, files } = model;
  const forward =
    precision === 'double'
      ? doubleForwardPass(model.stored)
      : onnxForwardPass({
          shape,
          parameters,
          files,
          ...(provider && { provider }),
          ...(threads !== undefined && { threads }),
        });
  const { layers: depth, heads, dModel, dHead } = shape;
  const kept = depth * heads * dModel * dHead < WORTH_KEEPING ? undefined : cache;
  return {
    model,
    forward,
    factors: async (layers, onHead) =>
      headFactors(model.processed, {
        ...(layers && { layers }),
        ...(kept && { cache: kept, hash: await files.sha256() }),
        ...(onHead && { onProgress: onHead }),
        ...(signal && { signal }),
      }),
    close: async () => {
      await forward.close();
      await model.close();
    },
  };
}
