import type { TrainingDynamics } from './trainingDynamics.ts';

/** When things happen in one training. Steps are those of snapshots; null where it never happens for good. */
export type TrainingMoments = {
  /** For each pair, from when one singular vector stays aligned with both its features. */
  readonly aligned: readonly (number | null)[];
  /** From when every feature of interest stays close to its final direction. */
  readonly featuresSettle: number | null;
  /** From when every singular vector of interest does. */
  readonly vectorsSettle: number | null;
  /** For each pair, the share by which the divergence falls from 500 steps before its alignment to 500 after. */
  readonly lossDrop: readonly (number | null)[];
};

/** Above this |cos| with its final self a direction counts as settled. */
const SETTLED = 0.95;
/** Half the width of an event, in steps. */
const WINDOW = 500;

/** The events of a training, from its dynamics. */
export function trainingMoments(dynamics: TrainingDynamics): TrainingMoments {
  const { steps, vectors, features, klDivergence } = dynamics;
  const fromWhen = (holds: (snapshot: number) => boolean): number | null => {
    let since = steps.length;
    while (since > 0 && holds(since - 1)) since -= 1;
    return since < steps.length ? steps[since] : null;
  };
  const settled = ({ left, right }: TrainingDynamics['vectors']) =>
    fromWhen((snapshot) => [...left, ...right].every((curve) => curve[snapshot] > SETTLED));
  const divergenceAt = (step: number): number => {
    const index = steps.findIndex((at) => at >= step);
    return klDivergence[index < 0 ? steps.length - 1 : index];
  };
  const aligned = dynamics.aligned.map((flags) => fromWhen((snapshot) => flags[snapshot]));
  return {
    aligned,
    featuresSettle: settled(features),
    vectorsSettle: settled(vectors),
    lossDrop: aligned.map((step) =>
      step === null ? null : 1 - divergenceAt(step + WINDOW) / divergenceAt(Math.max(0, step - WINDOW)),
    ),
  };
}
