import type { ToyConfig } from '@svf-alignment/toy';

/** Every key of the toy configuration with its default and meaning; the type keeps the list complete. */
export const configHelp: Readonly<Record<keyof ToyConfig, readonly [standard: string, meaning: string]>> = {
  features: ['20', 'N, the number of features'],
  dimension: ['10', 'D, the dimension of a token'],
  headDimension: ['10', 'H, the dimension of the head; 0 trains no head'],
  keys: ['4', 'm, the key tokens that one query sees'],
  batchKeys: ['1024', 'key tokens per step'],
  featureProbability: ['0.52', 'p, the probability that a feature is present'],
  attentionWeight: ['4', 'λ, the weight of the attention loss'],
  reconstruction: ['sum', '`sum` or `mean` over features'],
  targets: ['four pairs', '[{"query":0,"key":4,"target":24}, …]'],
  scaledLogits: ['false', 'divide logits by √H'],
  rotary: ['null', '{"base":10000,"positional":[…]} or null'],
  freezeFeatures: ['false', 'hold the features fixed, train only the head'],
  importance: ['1', 'weight of the features in the reconstruction loss: one number, or one each'],
  steps: ['10000', 'steps of training; also the length of the cosine'],
  learningRate: ['0.001', 'peak rate of AdamW'],
  schedule: ['cosine', '`cosine` or `constant`'],
  weightDecay: ['0.01', 'decoupled weight decay'],
  seed: ['0', 'seed of the start and of every batch'],
};
