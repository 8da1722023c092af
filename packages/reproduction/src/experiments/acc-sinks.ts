import type { Experiment, Outcome } from '../lab/experiment.ts';
import { chosenModels } from './language/chosenModels.ts';
import { criterionNotRun, judgeCriterion } from './language/criterion.ts';
import { taskInputs } from './language/taskInputs.ts';
import { furtherSinkCriteria, paperSinkCriteria } from './sinks/sinkCriteria.ts';
import { sinkFigures } from './sinks/sinkFigures.ts';
import { type SinkTask, type SinkValues, sinkTask } from './sinks/sinkTask.ts';

/** The names that the hub has for the model of the slides. */
const PAPER_MODELS = ['gpt2', 'openai-community/gpt2'];
const PROMPTS = { quick: 32, paper: 64 } as const;
const MOST_FIRINGS = { quick: 1000, paper: 2000 } as const;

/** Attention sinks: which signals make heads attend to the first token. */
export const accSinks: Experiment<SinkTask> = {
  id: 'acc-sinks',
  title: 'Attention sinks and the control signals that they share',
  summary:
    'Firings on the first token over many prompts are traced; their destination and source signals are clustered by cosine ' +
    'across all heads and layers, and the mean directions of the largest clusters taken away from what their heads read, ' +
    'beside random directions of the same norm.',
  figures: ['Slides, attention sinks'],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed, models = []) => {
    return chosenModels(models).map((model) => ({
      model,
      revision: null,
      prompts: { generate: 'ioi', count: PROMPTS[profile] },
      most: MOST_FIRINGS[profile],
      seed,
    }));
  },
  inputs: taskInputs,
  run: sinkTask,

  claims: (outcomes) => {
    const judged = outcomes.flatMap((outcome) =>
      [...paperSinkCriteria, ...furtherSinkCriteria].map((criterion) =>
        judgeCriterion(criterion, outcome.config.model, valuesOf(outcome)),
      ),
    );
    if (outcomes.some(({ config }) => PAPER_MODELS.includes(config.model))) return judged;
    const [model] = PAPER_MODELS;
    const note = `Needs its weights: svf reproduce acc-sinks --model ${model}`;
    return [...judged, ...paperSinkCriteria.map((criterion) => criterionNotRun(criterion, model, note))];
  },

  draw: (outcomes) => outcomes.flatMap(({ config, result }) => sinkFigures(config.model, result)),
};

function valuesOf({ result }: Outcome<SinkTask>): SinkValues {
  return result.values as SinkValues;
}
