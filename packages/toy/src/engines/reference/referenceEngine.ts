import type { ToyConfig } from '../../config/toyConfig.ts';
import { copyParameters, parameterNames } from '../../model/toyParameters.ts';
import { drawBatch } from '../../sampling/batch.ts';
import { TokenSampler } from '../../sampling/tokenSampler.ts';
import { learningRate } from '../../training/learningRate.ts';
import { adamW, biasCorrection } from '../adamW.ts';
import type { TrainingEngine, TrainingSession, TrainingState } from '../trainingEngine.ts';
import { lossesAndGradients } from './lossesAndGradients.ts';

/** Plain TypeScript in float64. Slow and readable: the oracle of the other engines. */
export const referenceEngine: TrainingEngine = {
  name: 'reference',
  open: async (config, state) => openReference(config, state),
};

function openReference(config: ToyConfig, start: TrainingState): TrainingSession {
  let step = start.step;
  const parameters = copyParameters(start.parameters);
  const firstMoment = copyParameters(start.firstMoment);
  const secondMoment = copyParameters(start.secondMoment);
  const samplerState = start.sampler.slice();
  const sampler = new TokenSampler(samplerState, config.features, config.featureProbability);
  const trained = parameterNames.filter((name) => !config.freezeFeatures || name === 'A' || name === 'B');

  function takeStep(): void {
    step += 1;
    const { gradients } = lossesAndGradients(config, parameters, drawBatch(config, sampler));
    const rate = learningRate(config, step);
    const first = biasCorrection(adamW.beta1, step);
    const second = biasCorrection(adamW.beta2, step);
    for (const name of trained) {
      const [values, gradient, mu, nu] = [
        parameters[name],
        gradients[name],
        firstMoment[name],
        secondMoment[name],
      ];
      for (let i = 0; i < values.length; i += 1) {
        mu[i] += (1 - adamW.beta1) * (gradient[i] - mu[i]);
        nu[i] += (1 - adamW.beta2) * (gradient[i] * gradient[i] - nu[i]);
        const denominator = Math.sqrt(nu[i]) / Math.sqrt(second) + adamW.epsilon;
        values[i] -= rate * config.weightDecay * values[i] + (rate / first) * (mu[i] / denominator);
      }
    }
  }

  return {
    advance: async (steps) => {
      for (let i = 0; i < steps; i += 1) takeStep();
    },
    state: async () => ({
      step,
      parameters: copyParameters(parameters),
      firstMoment: copyParameters(firstMoment),
      secondMoment: copyParameters(secondMoment),
      sampler: samplerState.slice(),
    }),
    evaluate: async (batch) => lossesAndGradients(config, parameters, batch),
    dispose: () => {},
  };
}
