import { type PromptSetName, promptSetNames } from '@svf-alignment/real-models';
import { stack } from '../figures/concatenate.ts';
import { type CountRow, countChart } from '../figures/countChart.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { answerObjective } from './circuits/answerObjective.ts';
import { type DimensionalityView, dimensionalityCriteria } from './circuits/dimensionalityCriteria.ts';
import { type Lacking, orLacking } from './circuits/lackingWords.ts';
import { slidesNotRun } from './circuits/slidesNotRun.ts';
import { traceEach } from './circuits/traceEach.ts';
import { traceSummary } from './circuits/traceSummary.ts';
import { type TraceEntry, type TraceTask, type TraceValues, tracedRun } from './circuits/traceTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { judgeCriterion } from './language/criterion.ts';
import { taskInputs } from './language/taskInputs.ts';

type DimensionalityTask = TraceTask & { readonly task: PromptSetName };
type Entry = Omit<TraceEntry, 'document'>;

const PROMPTS = { quick: 64, paper: 256 } as const;

const names: Readonly<Record<PromptSetName, string>> = {
  ioi: 'indirect object',
  'greater-than': 'greater than',
  'gendered-pronoun': 'gendered pronoun',
};

/** How many singular vectors the edges of circuits use. */
export const accDimensionality: Experiment<DimensionalityTask> = {
  id: 'acc-dimensionality',
  title: 'Signals of circuits are of rank 1',
  summary:
    'Circuits of many prompts are traced by ACC++ from the probability of the answer; every edge names the singular vectors ' +
    'of the head that reads it. Indirect object, greater than and gendered pronoun, where the model can say the prompts ' +
    'and gives the answer. The slides also show Gemma-2 2B, whose architecture is not built here.',
  figures: ['Slides, "Signals are almost always rank-1"'],
  version: 2,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed, models = []) =>
    chosenModels(models).flatMap((model) =>
      promptSetNames.map((task) => ({
        task,
        model,
        revision: null,
        prompts: { generate: task, count: PROMPTS[profile] },
        objective: answerObjective,
        threshold: 'dynamic',
        interventions: 0,
        seed,
      })),
    ),
  inputs: taskInputs,

  run: (task, context) =>
    orLacking(() =>
      traceEach(task, context, async (run): Promise<Entry> => {
        const { counts, right, rows } = await tracedRun(run, task);
        return { counts, right, rows };
      }),
    ),

  claims: (outcomes) => [
    ...outcomes.flatMap((outcome) => {
      const { task, model } = outcome.config;
      return dimensionalityCriteria(task, names[task]).map((criterion) =>
        judgeCriterion(criterion, model, viewOf(outcome)),
      );
    }),
    ...slidesNotRun(
      'acc-dimensionality',
      promptSetNames.flatMap((task) => dimensionalityCriteria(task, names[task])),
      outcomes.map(({ config }) => config.model),
    ),
  ],

  draw: (outcomes) => {
    const rows = outcomes.flatMap((outcome) => {
      const view = viewOf(outcome);
      const { model, task } = outcome.config;
      if (!('summary' in view) || view.summary.singularVectors.edges === 0) return [];
      return [{ model, name: names[task], frequencies: view.summary.singularVectors.counts }];
    });
    return rows.length === 0 ? [] : [figure(rows)];
  },
};

function viewOf({ result, config }: Outcome<DimensionalityTask>): DimensionalityView {
  const values = result.values as unknown as TraceValues | Lacking;
  return 'lacking' in values ? values : { summary: traceSummary(values.prompts, config.seed) };
}

function figure(rows: readonly (CountRow & { readonly model: string })[]): Figure {
  const models = [...new Set(rows.map(({ model }) => model))];
  const most = Math.max(...rows.map(({ frequencies }) => frequencies.length));
  return {
    id: 'acc-dimensionality-counts',
    title: 'Singular vectors per edge',
    caption:
      'How many singular vectors of the reading head an edge of a circuit uses: the area of a dot is the share of edges, the ' +
      'mark the median.',
    specification: stack(
      models.map((title) =>
        countChart({
          rows: rows.filter(({ model }) => model === title),
          x: { title: 'singular vectors', end: most + 1 },
          title,
        }),
      ),
    ),
  };
}
