import type { ToyConfig } from '../../config/toyConfig.ts';
import { rotaryTable } from '../../model/rotaryTable.ts';
import { targetFactors } from '../../model/targetFactors.ts';
import { type ToyParameters, zeroParameters } from '../../model/toyParameters.ts';
import type { Batch } from '../../sampling/batch.ts';
import type { LossesAndGradients } from '../trainingEngine.ts';
import { addAttention, type Token } from './attention.ts';
import { addOuter, apply } from './linear.ts';
import { addReconstruction } from './reconstruction.ts';

/**
 * The model, forward and backward, token by token in float64: the most readable statement of it and the oracle of
 * the fast engines (toy model of Section 3 of the paper; L = L_recon + λ L_attn).
 */
export function lossesAndGradients(
  config: ToyConfig,
  parameters: ToyParameters,
  batch: Batch,
): LossesAndGradients {
  const { features: N, dimension: D, keys: m, attentionWeight } = config;
  const gradients = zeroParameters(config);
  const token = (strengths: Float64Array, index: number): Token => {
    const f = strengths.subarray(index * N, (index + 1) * N);
    return { f, h: apply(parameters.W, f, D, N), dh: new Float64Array(D) };
  };

  const table = rotaryTable(config);
  const factors = targetFactors(config);
  let reconstruction = 0;
  let attention = 0;
  let entropy = 0;
  for (let q = 0; q < batch.queries; q += 1) {
    const keys = Array.from({ length: m }, (_, j) => token(batch.keyStrengths, q * m + j));
    const tokenShare = 1 / (batch.queries * m);
    for (const { f, h, dh } of keys) {
      reconstruction += tokenShare * addReconstruction(config, parameters, f, h, tokenShare, gradients, dh);
    }
    const tokens = [...keys];
    if (config.headDimension > 0) {
      const query = token(batch.queryStrengths, q);
      const share = attentionWeight / batch.queries;
      const loss = addAttention(config, parameters, query, keys, table, factors, share, gradients);
      attention += loss.crossEntropy / batch.queries;
      entropy += loss.targetEntropy / batch.queries;
      tokens.push(query);
    }
    for (const { f, dh } of tokens) addOuter(gradients.W, dh, f);
  }
  if (config.freezeFeatures) {
    gradients.W.fill(0);
    gradients.b.fill(0);
  }
  const total = reconstruction + attentionWeight * attention;
  return { losses: { total, reconstruction, attention, klDivergence: attention - entropy }, gradients };
}
