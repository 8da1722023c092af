import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { type CheckpointTask, checkpointTask } from './language/checkpointTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { publishedHeads } from './language/circuitHeads.ts';
import { criterionNotRun, judgeCriterion } from './language/criterion.ts';
import { decompositionCriteria } from './language/decompositionCriteria.ts';
import { modelRevisions } from './language/modelRevisions.ts';
import { taskInputs } from './language/taskInputs.ts';
import { furtherTrainingCriteria, paperTrainingCriteria } from './language/trainingCriteria.ts';
import { trainingFigures } from './language/trainingFigures.ts';
import { trainings } from './language/trainings.ts';

const PAPER_MODEL = 'EleutherAI/pythia-160m';
const PROMPTS = { quick: 32, paper: 128 } as const;
const CONTROL_SEEDS = { quick: 5, paper: 10 } as const;

/** Sparse attention decomposition through the training of language models. */
export const fig07b: Experiment<CheckpointTask> = {
  id: 'fig-07b',
  title: 'Language models: attention becomes sparse in training',
  summary:
    'Checkpoints of a language model read indirect-object prompts; relative attention is cut into the terms of the ' +
    'singular vectors, and for comparison into those of rotated singular vectors and into other terms of the same Ω. ' +
    `${PAPER_MODEL} with the heads of Table 2 and the paper's prompt, if it is asked for; a bundled model with the ` +
    "heads that the analysis finds, on the paper's prompt and others like it.",
  figures: ['Fig. 7(b)', 'Fig. 8', 'Fig. 9(b)', 'Fig. 25'],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.2, paper: 0.8 },

  tasks: (profile, seed, models = []) => {
    return chosenModels(models).flatMap((model) => {
      const revisions = modelRevisions(model, profile);
      if (revisions.length < 2) return [];
      // The paper looks at its heads in its prompt alone.
      const count = publishedHeads(model) === undefined ? PROMPTS[profile] : 1;
      return revisions.map((revision, i) => ({
        model,
        revision,
        prompts: { generate: 'ioi', count, paper: true },
        pairs: null,
        roles: i === 0 || i === revisions.length - 1 ? 'terms' : 'means',
        controlSeeds: CONTROL_SEEDS[profile],
        seed,
      }));
    });
  },
  inputs: taskInputs,
  run: checkpointTask,
  claims: claimsOf,
  draw: (outcomes) => trainings(outcomes).flatMap(trainingFigures),
};

function claimsOf(outcomes: readonly Outcome<CheckpointTask>[]): Claim[] {
  const ofPaper = [...paperTrainingCriteria, ...decompositionCriteria];
  const all = [...ofPaper, ...furtherTrainingCriteria];
  const models = trainings(outcomes);
  const judged = models.flatMap((training) =>
    all.map((criterion) => judgeCriterion(criterion, training.model, training)),
  );
  if (models.some(({ model }) => model === PAPER_MODEL)) return judged;
  const note = `Needs its weights: svf reproduce fig-07b --model ${PAPER_MODEL}`;
  return [...judged, ...ofPaper.map((criterion) => criterionNotRun(criterion, PAPER_MODEL, note))];
}
