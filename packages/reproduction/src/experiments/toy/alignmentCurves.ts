import type { Outcome } from '../../lab/experiment.ts';
import type { Reconstruction, RobustnessTask } from './robustnessTask.ts';
import { tensorRows } from './trainedModel.ts';

/** Alignment through training at one value of the setting that a sweep varies. */
export interface AlignmentCurve {
  readonly value: number;
  /** [snapshots][step, mean |cos|], mean over seeds. */
  readonly curve: readonly (readonly [step: number, mean: number])[];
}

/** The curves of a sweep with one of the losses, by value in the order of the sweep. */
export function alignmentCurves(
  outcomes: readonly Outcome<RobustnessTask>[],
  reconstruction: Reconstruction,
): AlignmentCurve[] {
  const chosen = outcomes.filter(({ config }) => config.toy.reconstruction === reconstruction);
  const values = [...new Set(chosen.map(({ config }) => config.value))];
  return values.map((value) => {
    const curves = chosen
      .filter(({ config }) => config.value === value)
      .map(({ result }) => tensorRows(result.tensors.curve));
    const curve = curves[0].map(([step], i) => {
      const sum = curves.reduce((total, ofSeed) => total + ofSeed[i][1], 0);
      return [step, sum / curves.length] as const;
    });
    return { value, curve };
  });
}
