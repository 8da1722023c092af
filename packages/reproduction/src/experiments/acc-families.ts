import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { familyCriteria, type Split, splitCriteria } from './families/familyCriteria.ts';
import { familyFigures } from './families/familyFigures.ts';
import { familyPages } from './families/familyPages.ts';
import { type FamilyTask, type FamilyValues, familyTask } from './families/familyTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { criterionNotRun, judgeCriterion } from './language/criterion.ts';
import { sameModel } from './language/sameModel.ts';
import { taskInputs } from './language/taskInputs.ts';

const PER_TEMPLATE = { quick: 8, paper: 100 } as const;
const ABLATED = { quick: 24, paper: 100 } as const;

/** The slides' models, and what splits their families. */
const SLIDES_MODELS: readonly (readonly [model: string, split: Split])[] = [
  ['gpt2', 'order'],
  ['EleutherAI/pythia-160m', 'template'],
];

/** Families of per-prompt circuits. */
export const accFamilies: Experiment<FamilyTask> = {
  id: 'acc-families',
  title: 'Families of circuits',
  summary:
    'Circuits of a balanced set of indirect-object prompts, as sets of edges with singular vectors, are clustered by ' +
    'average linkage of their Jaccard distances. What the families agree with, what their representatives share, and ' +
    'whose prompts need the edges that only one of them has.',
  figures: [],
  version: 3,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.2, paper: 1 },

  tasks: (profile, seed, models = []) =>
    chosenModels(models).map((model) => ({
      model,
      revision: null,
      perTemplate: PER_TEMPLATE[profile],
      kind: 'triples',
      ablated: ABLATED[profile],
      seed,
    })),
  inputs: taskInputs,
  run: familyTask,
  claims: claimsOf,
  draw: (outcomes) => outcomes.flatMap(familyFigures),
  pages: (outcomes) => outcomes.flatMap(familyPages),
};

function claimsOf(outcomes: readonly Outcome<FamilyTask>[]): Claim[] {
  const judged = outcomes.flatMap(({ config: { model }, result }) =>
    [...splitCriteria(splitOf(model)), ...familyCriteria].map((criterion) =>
      judgeCriterion(criterion, model, result.values as unknown as FamilyValues),
    ),
  );
  const missing = SLIDES_MODELS.filter(
    ([model]) => !outcomes.some(({ config }) => sameModel(config.model, model)),
  );
  return [
    ...judged,
    ...missing.flatMap(([model, split]) =>
      [...splitCriteria(split), ...familyCriteria].map((criterion) =>
        criterionNotRun(criterion, model, `Needs its weights: svf reproduce acc-families --model ${model}`),
      ),
    ),
  ];
}

/** A model is held to what the slides say of its architecture. */
function splitOf(model: string): Split {
  return /neox|pythia/i.test(model) ? 'template' : 'order';
}
