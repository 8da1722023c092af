import { interventionSummary } from '@svf-alignment/circuits';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { answerObjective } from './circuits/answerObjective.ts';
import { type CircuitAblation, circuitAblation } from './circuits/circuitAblation.ts';
import { type InterventionView, interventionCriteria } from './circuits/interventionCriteria.ts';
import { interventionFigure } from './circuits/interventionFigure.ts';
import { slidesNotRun } from './circuits/slidesNotRun.ts';
import { type PromptValues, traceEach } from './circuits/traceEach.ts';
import { type TraceEntry, type TraceTask, tracedRun } from './circuits/traceTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { judgeCriterion } from './language/criterion.ts';
import { taskInputs } from './language/taskInputs.ts';

type Entry = Omit<TraceEntry, 'document'> & { readonly whole: CircuitAblation | null };

const PROMPTS = { quick: 32, paper: 128 } as const;
const EDGES = 10;

/** What removing the signals of circuits does, beside random ones. */
export const accInterventions: Experiment<TraceTask> = {
  id: 'acc-interventions',
  title: 'Signals of circuits are causal',
  summary:
    `Indirect-object prompts are traced by ACC++. The signals of the ${EDGES} strongest edges of each circuit are taken one by ` +
    'one out of what the reading head sees, and then those of all edges at once; beside it as many singular vectors drawn ' +
    "at random from the head's others. What the slides say in words is held to the bounds of this report: a drop is a quarter " +
    'at least, nothing is a quarter of a drop at most.',
  figures: ['Slides, "Removing identified signals drops attention and changes model behavior"'],
  version: 2,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.2, paper: 0.6 },

  tasks: (profile, seed, models = []) =>
    chosenModels(models).map((model) => ({
      model,
      revision: null,
      prompts: { generate: 'ioi', count: PROMPTS[profile] },
      objective: answerObjective,
      threshold: 'dynamic',
      interventions: EDGES,
      seed,
    })),
  inputs: taskInputs,

  run: (task, context) =>
    traceEach(task, context, async (run): Promise<Entry> => {
      const { document, counts, right, rows } = await tracedRun(run, task);
      const { answers, wrong } = run.prompt;
      const target = { answer: answers[0], ...(wrong !== null && { wrong }) };
      const asked = { target, seed: task.seed, signal: run.signal };
      return { counts, right, rows, whole: await circuitAblation(document, run.context, run.forward, asked) };
    }),

  claims: (outcomes) => [
    ...outcomes.flatMap((outcome) => {
      const view = viewOf(outcome);
      return interventionCriteria.map((criterion) => judgeCriterion(criterion, outcome.config.model, view));
    }),
    ...slidesNotRun(
      'acc-interventions',
      interventionCriteria,
      outcomes.map(({ config }) => config.model),
    ),
  ],

  draw: (outcomes) =>
    outcomes.flatMap((outcome) => {
      const entries = entriesOf(outcome);
      const rows = entries.flatMap((entry) => entry.rows);
      const { whole } = viewOf(outcome);
      return whole.length === 0 ? [] : [interventionFigure(outcome.config.model, rows, whole)];
    }),
};

function entriesOf({ result }: Outcome<TraceTask>): readonly Entry[] {
  return (result.values as unknown as PromptValues<Entry>).prompts;
}

function viewOf(outcome: Outcome<TraceTask>): InterventionView {
  const entries = entriesOf(outcome);
  const rows = entries.map((entry) => entry.rows).filter(({ length }) => length > 0);
  const [single = null] = interventionSummary(rows, outcome.config.seed);
  const own = rows.flat().filter(({ control }) => control === null);
  return {
    single,
    attentionClean: own.reduce((sum, { attentionClean }) => sum + attentionClean / own.length, 0),
    whole: entries.flatMap(({ whole }) => whole ?? []),
  };
}
