import type { Experiment, Outcome } from '../lab/experiment.ts';
import { chosenModels } from './language/chosenModels.ts';
import { criterionNotRun, judgeCriterion } from './language/criterion.ts';
import type { LanguageTask } from './language/languageTask.ts';
import {
  furtherReconstructionCriteria,
  paperReconstructionCriteria,
} from './language/reconstructionCriteria.ts';
import { reconstructionFigure } from './language/reconstructionFigure.ts';
import { type ReconstructionValues, reconstructionTask } from './language/reconstructionTask.ts';
import { taskInputs } from './language/taskInputs.ts';

/** The names that the hub has for the paper's model. */
const PAPER_MODELS = ['gpt2', 'openai-community/gpt2'];
const PROMPTS = 128;
const CONTROL_SEEDS = { quick: 3, paper: 5 } as const;

/** Reconstruction counts of trained language models. */
export const fig09a: Experiment<LanguageTask> = {
  id: 'fig-09a',
  title: 'Language models: few singular vectors reconstruct relative attention',
  summary:
    `${PROMPTS} indirect-object prompts of other names, places, objects, templates and orders: how many singular vectors ` +
    'reconstruct the relative attention of each head of the circuit. GPT-2 with the heads of Wang et al. 2023, if it is ' +
    'asked for; bundled models with the heads that the analysis finds.',
  figures: ['Fig. 9(a)'],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.1, paper: 0.1 },

  tasks: (profile, seed, models = []) => {
    return chosenModels(models).map((model) => ({
      model,
      revision: null,
      prompts: { generate: 'ioi', count: PROMPTS },
      controlSeeds: CONTROL_SEEDS[profile],
      seed,
    }));
  },
  inputs: taskInputs,
  run: reconstructionTask,

  claims: (outcomes) => {
    const judged = outcomes.flatMap((outcome) =>
      [...paperReconstructionCriteria, ...furtherReconstructionCriteria].map((criterion) =>
        judgeCriterion(criterion, outcome.config.model, valuesOf(outcome)),
      ),
    );
    if (outcomes.some(({ config }) => PAPER_MODELS.includes(config.model))) return judged;
    const [model] = PAPER_MODELS;
    const note = `Needs its weights: svf reproduce fig-09a --model ${model}`;
    return [
      ...judged,
      ...paperReconstructionCriteria.map((criterion) => criterionNotRun(criterion, model, note)),
    ];
  },

  draw: (outcomes) =>
    outcomes
      .filter((outcome) => valuesOf(outcome).heads.length > 0)
      .map((outcome) => reconstructionFigure(outcome.config.model, valuesOf(outcome))),
};

function valuesOf({ result }: Outcome<LanguageTask>): ReconstructionValues {
  return result.values as ReconstructionValues;
}
