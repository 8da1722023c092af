import { type Matrix, packedColumns, packedRows, rowProducts, SvfError } from '@svf-alignment/core';
import type { AttentionWeights, HeadFactors, ModelShape, Weights } from '@svf-alignment/real-models';
import { norm } from '../kernels/matrixVector.ts';
import { turningEntries } from '../prompt/rotation.ts';
import { ReadingDirections } from './ReadingDirections.ts';
import { ReadingSizes } from './ReadingSizes.ts';
import { UpstreamProducts } from './UpstreamProducts.ts';

/** What circuits need of a model, in flat arrays that are read again and again. */
export interface CircuitModel {
  /** Name and hash of the weights, for documents. */
  readonly identity: { readonly name: string; readonly hash: string };
  readonly shape: ModelShape;
  readonly readingSizes: ReadingSizes;
  readonly products: UpstreamProducts;
  /** K, the number of singular vectors of a head: min(dModel, dHead). */
  readonly terms: number;
  readonly layers: readonly CircuitLayer[];
  /** W_Uᵀ [vocabulary, dModel], row-major. */
  readonly unembedding: Float64Array;
  /** b_U [vocabulary]. */
  readonly unembeddingBias: Float64Array;
  /** The text of a token. */
  readonly decode: (token: number) => string;
}

export interface CircuitLayer {
  readonly heads: readonly CircuitHead[];
  /** b_O [dModel], value biases moved here. */
  readonly outputBias: Float64Array;
  /** ‖b_O‖. */
  readonly outputBiasSize: number;
}

export interface CircuitHead {
  /** W_Q and its decomposition: the destination side of Ω. */
  readonly destination: HeadSide;
  /** W_K and its decomposition: the source side of Ω. Query heads of a group share the weights. */
  readonly source: HeadSide;
  /** W_O [dHead, dModel], row-major. */
  readonly output: Float64Array;
  /** W_O W_Oᵀ [dHead, dHead]: ‖v W_O‖² = v · gram · v. */
  readonly outputGram: Float64Array;
  /** Σ [K]. */
  readonly singularValues: Float64Array;
}

/** One side of a head's Ω. */
export interface HeadSide {
  /** W_Qᵀ or W_Kᵀ [dHead, dModel], row-major. */
  readonly weights: Float64Array;
  /** b_Q or b_K [dHead]. */
  readonly bias: Float64Array;
  /** G_dᵀ or G_s [K, dHead], row-major: p_k = row k · (query vector), q_k = row k · (key vector). */
  readonly reading: Float64Array;
  /** Lengths of what turns with the position in its rows [K]; zeros without rotary positions. */
  readonly turningSizes: Float64Array;
  readonly directions: ReadingDirections;
}

export interface CircuitModelOptions {
  /** Most bytes that products of pairs of heads may take (default 1 GiB); 0 for none. */
  readonly productMemory?: number;
}

const DEFAULT_PRODUCT_MEMORY = 1024 ** 3;

/**
 * @param weights processed
 * @param factors of the same weights, [layer][head]
 * @throws SvfError `weights-not-processed`, `unsupported-model` for normalized attention outputs, whose parts do
 *   not add up, `shape-mismatch` for factors of another model, and those of reading the weights
 */
export async function circuitModel(
  weights: Weights,
  factors: HeadFactors,
  identity: CircuitModel['identity'],
  decode: CircuitModel['decode'],
  options: CircuitModelOptions = {},
): Promise<CircuitModel> {
  const { shape } = weights;
  demandSupported(weights);
  const layers: CircuitLayer[] = [];
  for (let layer = 0; layer < shape.layers; layer += 1) {
    layers.push(circuitLayer(await weights.attention(layer), factors, layer, shape));
  }
  const { W_U, b_U } = await weights.unembedding();
  const terms = Math.min(shape.dModel, shape.dHead);
  return {
    identity,
    shape,
    terms,
    layers,
    readingSizes: new ReadingSizes(layers, terms, shape.dHead),
    products: new UpstreamProducts(layers, shape, options.productMemory ?? DEFAULT_PRODUCT_MEMORY),
    unembedding: packedColumns(W_U),
    unembeddingBias: b_U,
    decode,
  };
}

function circuitLayer(
  attention: AttentionWeights,
  factors: HeadFactors,
  layer: number,
  shape: ModelShape,
): CircuitLayer {
  const keys = new Map<Matrix, Float64Array>();
  return {
    outputBias: attention.b_O,
    outputBiasSize: norm(attention.b_O, 0, shape.dModel),
    heads: attention.W_Q.map((query, head): CircuitHead => {
      const own = factors[layer]?.[head];
      if (own?.destination.rows !== shape.dHead || own.source.columns !== shape.dHead) {
        throw otherFactors(layer, head, shape);
      }
      const key = attention.W_K[head];
      const keyWeights = keys.get(key) ?? packedColumns(key);
      keys.set(key, keyWeights);
      const output = packedRows(attention.W_O[head]);
      return {
        destination: headSide(
          packedColumns(query),
          attention.b_Q[head],
          packedColumns(own.destination),
          shape,
        ),
        source: headSide(keyWeights, attention.b_K[head], packedRows(own.source), shape),
        output,
        outputGram: rowProducts(output, output, shape.dModel),
        singularValues: own.singularValues,
      };
    }),
  };
}

function headSide(
  weights: Float64Array,
  bias: Float64Array,
  reading: Float64Array,
  { dHead, positions }: ModelShape,
): HeadSide {
  const turning = turningEntries(positions);
  const terms = reading.length / dHead;
  return {
    weights,
    bias,
    reading,
    turningSizes: Float64Array.from({ length: terms }, (_, k) => norm(reading, k * dHead, turning)),
    directions: new ReadingDirections(weights, reading, dHead, turning),
  };
}

function demandSupported({ kind, shape }: Weights): void {
  if (kind !== 'processed') {
    throw new SvfError('Circuits are traced on processed weights.', {
      code: 'weights-not-processed',
      path: ['weights', 'kind'],
      expected: 'processed',
      received: kind,
      remedy: 'Pass processedWeights(stored).',
    });
  }
  if (shape.normalizedOutputs) {
    throw new SvfError('Circuits of models that normalize attention outputs are not built.', {
      code: 'unsupported-model',
      path: ['shape', 'normalizedOutputs'],
      expected: 'false',
      received: 'true',
      remedy: 'Use a model whose attention outputs are added to the residual stream as they are.',
    });
  }
}

function otherFactors(layer: number, head: number, { dHead }: ModelShape): SvfError {
  return new SvfError(`The factors of head ${layer}.${head} are not of this model.`, {
    code: 'shape-mismatch',
    path: ['factors', layer, head],
    expected: `factors for query and key vectors of ${dHead} entries`,
    received: 'others, or none',
    remedy: 'Pass the factors of the same processed weights.',
  });
}
