import {
  type Claim,
  claimsSummary,
  type ExperimentRun,
  experiments,
  type Reproduction,
  type RunEvent,
  reproduce,
  selectExperiments,
  threadTaskPool,
  workerEntry,
} from '@svf-alignment/reproduction';
import { exitStatus } from '../exitStatus.ts';
import { interruptible } from '../interruption.ts';
import { cacheFolder } from '../model/cacheFolder.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import { colours } from '../output/colours.ts';
import { duration } from '../output/duration.ts';
import { significant } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';
import { wrapped } from '../output/wrapped.ts';
import { provenance } from '../provenance.ts';

export interface ReproduceCommandOptions extends OutputOptions {
  readonly profile: 'quick' | 'paper';
  readonly model?: readonly string[];
  readonly list?: true;
  readonly out: string;
  readonly workers?: number;
  readonly strict?: true;
  readonly seed?: number;
}

/** `svf reproduce --list`. */
export function listExperiments(ids: readonly string[], options: ReproduceCommandOptions): void {
  const selected = selectExperiments(experiments, ids);
  printResult(options, {
    json: () => ({
      experiments: selected.map(({ id, title, figures, needsNetwork, minutes }) => ({
        id,
        title,
        figures,
        needsNetwork,
        minutes,
      })),
    }),
    csv: () =>
      selected.map(({ id, title, figures, needsNetwork, minutes }) => ({
        id,
        title,
        figures: figures.join('; '),
        needsNetwork,
        minutesQuick: minutes.quick,
        minutesPaper: minutes.paper,
      })),
    text: () =>
      table(
        [
          { name: 'id', align: 'left' },
          { name: 'min, quick' },
          { name: 'min, paper' },
          { name: 'title', align: 'left' },
        ],
        selected.map(({ id, title, minutes }) => [id, minutes.quick, minutes.paper, title]),
      ),
  });
}

/** What models that were asked for are not looked at by, e.g. a model without checkpoints by a figure of training. */
function leftOut(
  selected: typeof experiments,
  { profile, seed = 0, model: models = [] }: ReproduceCommandOptions,
): string[] {
  const asking = selected.filter(({ runsLanguageModels }) => runsLanguageModels === true);
  return [...new Set(models)].flatMap((model) => {
    const without = asking.filter((experiment) =>
      experiment.tasks(profile, seed, models).every((task) => !('model' in task) || task.model !== model),
    );
    return without.length === 0
      ? []
      : [
          `${model} has nothing to measure for ${without.map(({ id }) => id).join(', ')}, e.g. no checkpoints.`,
        ];
  });
}

/** `svf reproduce`. */
export async function reproducePaper(
  ids: readonly string[],
  options: ReproduceCommandOptions,
): Promise<void> {
  const { out: folder, profile, seed = 0, model: models = [], workers, strict } = options;
  const selected = selectExperiments(experiments, ids);
  for (const text of leftOut(selected, options)) warn(options, text);
  const pool = threadTaskPool({
    entry: workerEntry,
    cacheFolder: cacheFolder(),
    ...(workers !== undefined && { workers }),
  });
  const started = performance.now();
  const progress = new Progress(options, 'reproducing');
  const onWarning = (message: string) => progress.aside(() => warn(options, message));
  const telling = options.json || options.csv ? () => {} : inOrder(selected.map(({ id }) => id));
  const onEvent = (event: RunEvent) => {
    const { fraction, secondsRemaining } = event.overall;
    if (event.kind === 'experiment-finished') progress.aside(() => telling(event.run));
    if (event.kind === 'warning') onWarning(event.error.message);
    progress.update(fraction, fraction < 1 ? 'reproducing' : 'drawing figures', secondsRemaining);
  };
  try {
    const reproduction = await interruptible(
      () => `Finished work is kept in ${folder}; the same command goes on from here.`,
      (signal) =>
        reproduce({
          experiments: selected,
          profile,
          seed,
          models,
          folder,
          pool,
          provenance: provenance(),
          signal,
          onEvent,
          onWarning,
        }),
    );
    progress.stop();
    const { claims, failures, page } = reproduction;
    const { total, reproduced, notReproduced, notRun } = claimsSummary(claims);
    const seconds = (performance.now() - started) / 1000;
    printResult(options, {
      json: () => reproduction,
      csv: () => claims.map(({ note = null, ...claim }) => ({ ...claim, note })),
      text: () =>
        `${total} claims: ${reproduced} reproduced, ${notReproduced} not reproduced, ${notRun} not run; ` +
        `${duration(seconds)}\nreport: ${page}`,
    });
    for (const failure of failureTexts(failures)) {
      process.stderr.write(`${colours(process.stderr).red('error:')} ${failure}\n`);
    }
    if (failures.length > 0 || (strict && reproduced < total)) process.exitCode = exitStatus.unfinished;
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** One text for all experiments that did not finish on one model for one reason. */
function failureTexts(failures: Reproduction['failures']): string[] {
  const experimentsOf = new Map<string, string[]>();
  for (const { experiment, model, reason } of failures) {
    const ending = `${model === undefined ? '' : ` on ${model}`} did not finish: ${reason}`;
    experimentsOf.set(ending, [...(experimentsOf.get(ending) ?? []), experiment]);
  }
  return [...experimentsOf].map(([ending, ids]) => `${ids.join(', ')}${ending}`);
}

/** Tells experiments in the order of the list, each as soon as those before it have been told. */
function inOrder(ids: readonly string[]): (run: ExperimentRun) => void {
  const waiting = [...ids];
  const finished = new Map<string, ExperimentRun>();
  return (run) => {
    finished.set(run.experiment.id, run);
    for (let next = finished.get(waiting[0] ?? ''); next; next = finished.get(waiting[0] ?? '')) {
      process.stdout.write(`${experimentText(next)}\n\n`);
      waiting.shift();
    }
  };
}

function experimentText(run: ExperimentRun): string {
  const { bold, red } = colours(process.stdout);
  const { id, title } = run.experiment;
  const lines = run.status === 'finished' ? run.claims.map(claimText) : [`  ${red('did not finish')}`];
  return [`${bold(id)}  ${title}`, ...lines].join('\n');
}

function claimText({ claim, paper, measured, tolerance, verdict, note }: Claim): string {
  const { green, red, yellow } = colours(process.stdout);
  const signs = {
    reproduced: green('✓ reproduced    '),
    'not reproduced': red('✗ not reproduced'),
    'not run': yellow('– not run       '),
  };
  const asked = paper === null ? '' : `, paper ${valueText(paper)}`;
  const found = measured === null ? 'not measured' : `measured ${valueText(measured)}`;
  const text = `${claim} [${found}${asked}, wanted ${tolerance}]${note === undefined ? '' : ` ${note}`}`;
  return `  ${signs[verdict]}  ${wrapped(text, 20)}`;
}

function valueText(value: number | string): string {
  return typeof value === 'number' ? significant(value) : value;
}
