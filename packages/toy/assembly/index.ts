import { update } from './adamW';
import { bilinearGradient, bilinearLogits } from './attention';
import { dictionaryGradient, factorGradients, headGradients, prepareGram, prepareHead } from './chain';
import { Plan } from './plan';
import { reconstruct, reconstructionLoss } from './reconstruction';
import { rotaryGradients, rotaryLogits } from './rotary';
import { drawBatch } from './sampler';
import { logitGradients } from './softmax';
import { targetLogits } from './targets';

/** One training step: sample, gradients, AdamW; the rates as `update` takes them. */
export function step(plan: Plan, decay: f32, stepSize: f32, rootCorrection: f32): void {
  drawBatch(plan);
  if (plan.head > 0) computeLogits(plan);
  computeGradients(plan);
  update(plan, decay, stepSize, rootCorrection);
}

/** The next batch into the token matrices. */
export function draw(plan: Plan): void {
  drawBatch(plan);
}

/** Logits and target logits of the tokens in memory; only for a model with a head. */
export function computeLogits(plan: Plan): void {
  prepareHead(plan);
  if (plan.projectedKeys !== 0) rotaryLogits(plan);
  else bilinearLogits(plan);
  targetLogits(plan);
}

/** Gradients of the trained parameters; the logits are used up. */
export function computeGradients(plan: Plan): void {
  const trainsDictionary = plan.trainedFrom === 0;
  if (plan.head > 0) {
    logitGradients(plan);
    if (plan.projectedKeys !== 0) {
      rotaryGradients(plan);
    } else {
      bilinearGradient(plan);
      factorGradients(plan);
    }
    headGradients(plan);
  }
  if (trainsDictionary) {
    prepareGram(plan);
    reconstruct(plan);
    dictionaryGradient(plan);
  }
}

/** The reconstruction loss of the tokens in memory. */
export function computeReconstructionLoss(plan: Plan): f64 {
  prepareGram(plan);
  return reconstructionLoss(plan);
}
