import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { claimNotRun } from '../lab/judgedClaim.ts';
import { interpretCriteria } from './interpret/interpretCriteria.ts';
import { interpretFigures } from './interpret/interpretFigures.ts';
import { type InterpretTask, type InterpretValues, interpretTask } from './interpret/interpretTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { judgeCriterion, modelSlug } from './language/criterion.ts';
import { taskInputs } from './language/taskInputs.ts';

const SIZES = {
  quick: { prompts: 240, traced: 16, signals: 32, shuffles: 10 },
  paper: { prompts: 800, traced: 64, signals: 100, shuffles: 20 },
} as const;
const CONTEXTS = 100;

/** Shares of significant signals that the slides report, with a language model as interpreter and judge. */
const SLIDES = [
  { model: 'gpt2', share: 0.63, lower: 0.62, upper: 0.64 },
  { model: 'EleutherAI/pythia-160m', share: 0.5, lower: 0.49, upper: 0.51 },
] as const;

/** Signals of circuits, put into words and tested. */
export const accInterpret: Experiment<InterpretTask> = {
  id: 'acc-interpret',
  title: 'Interpretations of signals, tested on contexts held out',
  summary:
    'For the signals that circuits use most, the contexts of a corpus in which each is strongest beside random ones; a ' +
    'predicate over destination and source is fitted on half of the prompts and judged on the other half (Fisher’s exact ' +
    'test, Benjamini–Hochberg at 5 %), beside shuffled labels and random directions of the same heads. No language model ' +
    'interprets: the slides’ own numbers need one.',
  figures: ['Slides, autointerpretation'],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.2, paper: 0.5 },

  tasks: (profile, seed, models = []) => {
    const { prompts, ...sizes } = SIZES[profile];
    return chosenModels(models).map((model) => ({
      model,
      revision: null,
      prompts: { generate: 'ioi', count: prompts },
      ...sizes,
      contexts: CONTEXTS,
      seed,
    }));
  },
  inputs: taskInputs,
  run: interpretTask,
  claims: (outcomes) => [...outcomes.flatMap(ownClaims), ...SLIDES.map(slidesClaim)],
  draw: (outcomes) =>
    outcomes.flatMap((outcome) => interpretFigures(outcome.config.model, valuesOf(outcome))),
};

function ownClaims(outcome: Outcome<InterpretTask>): Claim[] {
  return interpretCriteria.map((criterion) =>
    judgeCriterion(criterion, outcome.config.model, valuesOf(outcome)),
  );
}

function slidesClaim({ model, share, lower, upper }: (typeof SLIDES)[number]): Claim {
  return claimNotRun({
    id: `acc-interpret/${modelSlug(model)}/language-model-share`,
    figure: 'Slides, autointerpretation',
    claim: `${model}: share of signals with a significant interpretation, written and judged by a language model.`,
    paper: share,
    tolerance: `${lower} to ${upper}`,
    note: `Needs its weights, a text corpus and a language model: svf interpret --model ${model} --prompts FILE --llm URL --llm-model NAME`,
  });
}

function valuesOf({ result }: Outcome<InterpretTask>): InterpretValues {
  return result.values as unknown as InterpretValues;
}
