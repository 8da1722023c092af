import { PUBLISHED_CIRCUITS } from '@svf-alignment/circuits';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { publishedCriterion, type UnifiedView, variabilityCriterion } from './families/unifiedCriteria.ts';
import { unifiedFigures } from './families/unifiedFigures.ts';
import { type UnifiedTask, type UnifiedValues, unifiedTask } from './families/unifiedTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { criterionNotRun, judgeCriterion } from './language/criterion.ts';
import { sameModel } from './language/sameModel.ts';
import { taskInputs } from './language/taskInputs.ts';

const PER_TEMPLATE = { quick: 6, paper: 20 } as const;
const RESAMPLES = { quick: 50, paper: 200 } as const;

/** Averaged circuits. */
export const accUnified: Experiment<UnifiedTask> = {
  id: 'acc-unified',
  title: 'Averaged circuits',
  summary:
    'Circuits of many prompts in one graph, thinned by the share of prompts in which a node occurs: how its nodes agree ' +
    'with published circuits, and how much an averaged circuit depends on which prompts were drawn, beside one of a ' +
    'single family.',
  figures: [],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.1, paper: 0.3 },

  tasks: (profile, seed, models = []) =>
    chosenModels(models).flatMap((model) => {
      const published = PUBLISHED_CIRCUITS.filter((circuit) => sameModel(circuit.model, model));
      const tasks = new Set<UnifiedTask['task']>(['ioi', ...published.map(({ task }) => task)]);
      return [...tasks].map((task) => ({
        model,
        revision: null,
        task,
        perTemplate: PER_TEMPLATE[profile],
        resamples: RESAMPLES[profile],
        seed,
      }));
    }),
  inputs: taskInputs,
  run: unifiedTask,
  claims: claimsOf,
  draw: (outcomes) => outcomes.flatMap(unifiedFigures),
};

function claimsOf(outcomes: readonly Outcome<UnifiedTask>[]): Claim[] {
  const judged = outcomes.flatMap(({ config: { model, task }, result }) => {
    const view: UnifiedView = { ...(result.values as unknown as UnifiedValues), task };
    const criteria = [
      ...(task === 'ioi' ? [variabilityCriterion] : []),
      ...view.published.map(({ method }) => publishedCriterion(task, method)),
    ];
    return criteria.map((criterion) => judgeCriterion(criterion, model, view));
  });
  const missing = PUBLISHED_CIRCUITS.filter(
    ({ model }) => !outcomes.some(({ config }) => sameModel(config.model, model)),
  );
  return [
    ...judged,
    ...missing.map(({ model, task, method }) =>
      criterionNotRun(
        publishedCriterion(task, method),
        model,
        `Needs its weights: svf reproduce acc-unified --model ${model}`,
      ),
    ),
  ];
}
