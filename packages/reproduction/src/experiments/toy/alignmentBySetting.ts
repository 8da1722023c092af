import type { AlignmentSummary } from '@svf-alignment/toy';
import type { Outcome } from '../../lab/experiment.ts';
import type { Reconstruction, RobustnessTask } from './robustnessTask.ts';

/** Alignment at one value of the setting that a sweep varies; arrays are over seeds. */
export interface SettingAlignment {
  readonly value: number;
  /** Mean |cos| of features and the singular vectors of their pairs' rank. */
  readonly means: readonly number[];
  /** The same with the best singular vector for each feature. */
  readonly bestMeans: readonly number[];
  /** Pairs for which the head has found a singular value of at least half the least target: fewest over seeds. */
  readonly learned: number;
  /** |cos| of each query feature, then of each key feature, pairs by rank; mean over seeds. */
  readonly features: readonly number[];
}

/** The trainings of a sweep with one of the losses, by value in the order of the sweep. */
export function alignmentBySetting(
  outcomes: readonly Outcome<RobustnessTask>[],
  reconstruction: Reconstruction,
): SettingAlignment[] {
  const chosen = outcomes.filter(({ config }) => config.toy.reconstruction === reconstruction);
  const values = [...new Set(chosen.map(({ config }) => config.value))];
  return values.map((value) => {
    const trained = chosen.filter(({ config }) => config.value === value);
    const summaries = trained.map(({ result }) => result.values.alignment as unknown as AlignmentSummary);
    const enough = Math.min(...trained[0].config.toy.targets.map(({ target }) => target)) / 2;
    const learned = trained.map(
      ({ config, result }) =>
        (result.values.singularValues as readonly number[])
          .slice(0, config.toy.targets.length)
          .filter((singularValue) => singularValue >= enough).length,
    );
    const cosines = summaries.map(({ pairs }) => [
      ...pairs.map(({ queryCosine }) => queryCosine),
      ...pairs.map(({ keyCosine }) => keyCosine),
    ]);
    return {
      value,
      means: summaries.map(({ mean }) => mean ?? 0),
      bestMeans: summaries.map(({ meanMax }) => meanMax ?? 0),
      learned: Math.min(...learned),
      features: cosines[0].map(
        (_, feature) => cosines.reduce((sum, ofSeed) => sum + ofSeed[feature], 0) / cosines.length,
      ),
    };
  });
}
