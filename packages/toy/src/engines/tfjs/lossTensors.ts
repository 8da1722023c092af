import type { ToyConfig } from '../../config/toyConfig.ts';
import type { BatchTensors, ModelTensors } from './modelTensors.ts';
import type { Scalar, Tensor2D, Tensor3D, Tf } from './tensorflow.ts';

export interface ParameterTensors {
  readonly W: Tensor2D; // [D, N]
  readonly b: Tensor2D; // [1, N]
  readonly A: Tensor2D; // [D, H]
  readonly B: Tensor2D; // [D, H]
}

export type LossTensors = {
  readonly total: Scalar;
  readonly reconstruction: Scalar;
  readonly attention: Scalar;
  readonly klDivergence: Scalar;
};

/**
 * The toy model's loss L = L_recon + λ L_attn (Section 3 of the paper), the forward pass alone: gradients come from
 * automatic differentiation. Dense operations only, which every backend has with their gradients.
 */
export function lossTensors(
  tf: Tf,
  config: ToyConfig,
  model: ModelTensors,
  { W, b, A, B }: ParameterTensors,
  { keys, queries }: BatchTensors,
): LossTensors {
  const tokens = keys.shape[0];
  const keyTokens: Tensor2D = tf.matMul(keys, W, false, true); // [Q·m, D]

  const reconstructed = tf.relu(tf.add(tf.matMul(keyTokens, W), b)); // [Q·m, N]
  const squaredErrors = tf.mul(model.weights, tf.square(tf.sub(reconstructed, keys)));
  const reconstruction: Scalar = tf.sum(tf.mul(tf.sum(squaredErrors, 1), 1 / tokens));

  if (queries === undefined) {
    return { total: reconstruction, reconstruction, attention: tf.scalar(0), klDivergence: tf.scalar(0) };
  }
  const queryTokens: Tensor2D = tf.matMul(queries, W, false, true); // [Q, D]
  const logAttention = tf.logSoftmax(
    logits(tf, config, model, tf.matMul(queryTokens, A), tf.matMul(keyTokens, B)),
  );
  const logWanted = tf.logSoftmax(wantedLogits(tf, config, model, queries, keys));
  const meanOverQueries = (perKey: Tensor2D): Scalar =>
    tf.sum(tf.mul(tf.mul(tf.exp(logWanted), perKey), 1 / queries.shape[0]));
  const attention = meanOverQueries(tf.neg(logAttention));
  const klDivergence = meanOverQueries(tf.sub(logWanted, logAttention));
  const total = tf.add<Scalar>(reconstruction, tf.mul(attention, config.attentionWeight));
  return { total, reconstruction, attention, klDivergence };
}

/** ℓ_j = qᵀ R(j − i) k_j for each query and its m keys, [Q, m], from q [Q, H] and k [Q·m, H]. */
function logits(tf: Tf, config: ToyConfig, { rotary }: ModelTensors, q: Tensor2D, k: Tensor2D): Tensor2D {
  const { keys: m, headDimension: H, scaledLogits } = config;
  const perQuery = (rows: Tensor2D): Tensor3D => tf.reshape(rows, [-1, m, H]);
  const turned: Tensor3D =
    rotary === undefined
      ? perQuery(k)
      : tf.add(
          tf.mul(perQuery(k), rotary.cosines),
          tf.mul(perQuery(tf.matMul(k, rotary.quarterTurn)), rotary.sines),
        );
  const products: Tensor2D = tf.sum(tf.mul(turned, tf.expandDims(q, 1)), 2);
  return tf.mul(products, scaledLogits ? 1 / Math.sqrt(H) : 1);
}

/** t_j = Σ T_kl f_k f_l over the target pairs (k of the query, l of key j), [Q, m]. */
function wantedLogits(
  tf: Tf,
  config: ToyConfig,
  { targets }: ModelTensors,
  queries: Tensor2D,
  keys: Tensor2D,
): Tensor2D {
  if (targets === undefined) return tf.zeros([queries.shape[0], config.keys]);
  const pairs = targets.queryOneHot.shape[1];
  const queryStrengths = tf.expandDims(tf.matMul(queries, targets.queryOneHot), 1); // [Q, 1, P]
  const keyStrengths = tf.reshape(tf.matMul(keys, targets.keyOneHot), [-1, config.keys, pairs]); // [Q, m, P]
  return tf.sum(tf.mul(tf.mul(queryStrengths, keyStrengths), targets.factors), 2);
}
