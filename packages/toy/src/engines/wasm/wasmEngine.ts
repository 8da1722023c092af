import { SvfError } from '@svf-alignment/core';
import type { ToyConfig } from '../../config/toyConfig.ts';
import type { Losses } from '../../model/losses.ts';
import type { Batch } from '../../sampling/batch.ts';
import { learningRate } from '../../training/learningRate.ts';
import { adamW, biasCorrection } from '../adamW.ts';
import type {
  LossesAndGradients,
  TrainingEngine,
  TrainingSession,
  TrainingState,
} from '../trainingEngine.ts';
import { attentionLosses } from './attentionLosses.ts';
import { instantiateKernels } from './kernels.ts';
import { ModelMemory } from './modelMemory.ts';

/**
 * WebAssembly SIMD in float32, with gradients in feature space; the default. The same seed gives the same bits on
 * every machine: the kernels use no host function and no relaxed instruction.
 */
export const wasmEngine: TrainingEngine = {
  name: 'wasm',
  open: async (config, state) => openWasm(config, state),
};

function openWasm(config: ToyConfig, start: TrainingState): TrainingSession {
  const model = new ModelMemory(config);
  const kernels = instantiateKernels(model.memory);
  const { plan } = model;
  let step = start.step;
  model.writeParameters('parameters', start.parameters);
  model.writeParameters('firstMoment', start.firstMoment);
  model.writeParameters('secondMoment', start.secondMoment);
  const sampler = model.words('sampler', 16);
  sampler.set(start.sampler);

  return {
    advance: async (steps) => {
      for (let i = 0; i < steps; i += 1) {
        step += 1;
        const rate = learningRate(config, step);
        const stepSize = rate / biasCorrection(adamW.beta1, step);
        const rootCorrection = 1 / Math.sqrt(biasCorrection(adamW.beta2, step));
        kernels.step(plan, rate * config.weightDecay, stepSize, rootCorrection);
      }
    },
    state: async () => ({
      step,
      parameters: model.readParameters('parameters'),
      firstMoment: model.readParameters('firstMoment'),
      secondMoment: model.readParameters('secondMoment'),
      sampler: sampler.slice(),
    }),
    evaluate: async (batch) => {
      requireSize(config, model, batch);
      model.writeBatch(batch);
      return lossesAndGradients();
    },
    dispose: () => {},
  };

  function lossesAndGradients(): LossesAndGradients {
    let attention = { crossEntropy: 0, targetEntropy: 0 };
    if (config.headDimension > 0) {
      kernels.computeLogits(plan);
      const { keys, queries, paddedQueries } = model.sizes;
      const [logits, targets] = (['logits', 'targetLogits'] as const).map((region) =>
        model.floats(region, keys * paddedQueries),
      );
      attention = attentionLosses(logits, targets, queries, paddedQueries);
    }
    const reconstruction = kernels.computeReconstructionLoss(plan);
    kernels.computeGradients(plan);
    const losses: Losses = {
      total: reconstruction + config.attentionWeight * attention.crossEntropy,
      reconstruction,
      attention: attention.crossEntropy,
      klDivergence: attention.crossEntropy - attention.targetEntropy,
    };
    return { losses, gradients: model.readParameters('gradients') };
  }
}

function requireSize(config: ToyConfig, model: ModelMemory, batch: Batch): void {
  if (batch.queries !== model.sizes.queries) {
    throw new SvfError('The batch is of another size than the configuration says.', {
      code: 'bad-batch',
      path: ['queries'],
      expected: `${model.sizes.queries} queries of ${config.keys} keys`,
      received: `${batch.queries} queries`,
      remedy: 'Draw the batch with `drawBatch` and the same configuration.',
    });
  }
}
