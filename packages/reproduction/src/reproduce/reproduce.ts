import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SvfError } from '@svf-alignment/core';
import { requireModels } from '../experiments/language/requireModels.ts';
import { renderReport } from '../figures/report/renderReport.ts';
import type { ExperimentSection, Provenance } from '../figures/report/reportData.ts';
import type { Claim } from '../lab/claim.ts';
import { claimsSummary } from '../lab/claimsSummary.ts';
import { openDiskStore } from '../lab/diskStore.ts';
import type { Experiment, Profile } from '../lab/experiment.ts';
import type { ExperimentRun } from '../lab/experimentRun.ts';
import { failureReason } from '../lab/failureReason.ts';
import type { RunEvent } from '../lab/runEvent.ts';
import { runExperiments } from '../lab/runExperiments.ts';
import { type SerializedError, serializeError } from '../lab/serializedError.ts';
import type { TaskPool } from '../lab/taskPool.ts';
import { drawFigures } from './drawFigures.ts';
import { prepareFolder } from './prepareFolder.ts';
import { typesetFormulations } from './typesetFormulations.ts';
import { writePages } from './writePages.ts';
import { writeResults } from './writeResults.ts';
import { writeWhole } from './writeWhole.ts';

export interface ReproduceOptions {
  readonly experiments: readonly Experiment[];
  readonly profile: Profile;
  /** The base seed of the run. */
  readonly seed: number;
  /** Language models to run on instead of the bundled ones. */
  readonly models?: readonly string[];
  /** Where the report goes, and under `store/` what is needed to go on after an interruption. */
  readonly folder: string;
  readonly pool: TaskPool;
  /** What the page says of how it was made. */
  readonly provenance: Omit<Provenance, 'profile' | 'seed'>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onWarning?: (message: string) => void;
}

/** An experiment that did not finish. */
export interface ReproductionFailure {
  readonly experiment: string;
  /** The language model on which it did not; left out where it is all of it, and then none of its claims was looked at. */
  readonly model?: string;
  readonly reason: string;
}

/** What came of a reproduction. */
export interface Reproduction {
  readonly profile: Profile;
  readonly claims: readonly Claim[];
  /** What did not finish, and why. */
  readonly failures: readonly ReproductionFailure[];
  /** Address of the report page. */
  readonly page: string;
}

/**
 * Runs experiments and writes the report: `figures/*.svg` and `*.png`, `pages/*.html`, `results/*.json`, `claims.json` and, last,
 * `index.html`. Everything but the page's date is the same for the same experiments, profile and seed.
 *
 * @throws SvfError those of `requireModels`, before anything is done, where an experiment runs language models; `bad-folder`,
 *   `store-read` and `store-write` for the folder, and those of `runExperiments`; the signal's reason after an abort, with all
 *   finished work kept
 */
export async function reproduce(options: ReproduceOptions): Promise<Reproduction> {
  const { experiments, profile, seed, models = [], pool, provenance, signal, onEvent, onWarning } = options;
  if (experiments.some(({ runsLanguageModels }) => runsLanguageModels)) await requireModels(models);
  await prepareFolder(options.folder);
  const folder = resolve(options.folder);
  const store = await openDiskStore({ directory: resolve(folder, 'store'), ...(onWarning && { onWarning }) });
  const runs = await runExperiments({
    experiments,
    profile,
    seed,
    models,
    store,
    pool,
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });

  const sections: ExperimentSection[] = [];
  for (const run of runs) {
    signal?.throwIfAborted();
    sections.push(await section(folder, run));
  }
  const claims = sections.flatMap((section) => section.claims);
  const failures = sections.flatMap(({ id, status }, i): ReproductionFailure[] =>
    status.kind === 'failed' ? [{ experiment: id, reason: status.reason }] : missingFrom(runs[i]),
  );
  const page = renderReport({
    title: 'Singular vectors of attention heads align with features',
    lead: lead(runs, claims, failures),
    provenance: { ...provenance, profile, seed },
    sections,
  });
  const record = JSON.stringify({ profile, seed, claims, failures }, null, 2);
  await writeWhole(resolve(folder, 'claims.json'), `${record}\n`);
  await writeWhole(resolve(folder, 'index.html'), page);
  return { profile, claims, failures, page: pathToFileURL(resolve(folder, 'index.html')).href };
}

async function section(folder: string, run: ExperimentRun): Promise<ExperimentSection> {
  const { id, title, summary, figures: sources } = run.experiment;
  const about = { kind: 'experiment', id, title, summary, sources } as const;
  const failed = (errors: readonly SerializedError[]): ExperimentSection => {
    const reason = failureReason(errors);
    return { ...about, status: { kind: 'failed', reason }, claims: [], figures: [], resultFiles: [] };
  };
  if (run.status === 'failed') return failed(run.failures.map(({ error }) => error));
  const resultFiles = run.outcomes.length > 0 ? await writeResults(folder, run) : [];
  try {
    const formulations = await typesetFormulations(run.experiment.formulations ?? []);
    const figures = await drawFigures(folder, run.figures);
    const pages = await writePages(folder, run.pages);
    const { claims, film } = run;
    return {
      ...about,
      formulations,
      status: { kind: 'done' },
      claims,
      ...(film && { film }),
      figures,
      pages,
      resultFiles,
    };
  } catch (error) {
    if (!(error instanceof SvfError)) throw error;
    return failed([serializeError(error)]);
  }
}

function missingFrom(run: ExperimentRun): ReproductionFailure[] {
  const missing = run.status === 'finished' ? run.missing : [];
  return missing.map(({ model, reason }) => ({ experiment: run.experiment.id, model, reason }));
}

function lead(
  runs: readonly ExperimentRun[],
  claims: readonly Claim[],
  failures: readonly ReproductionFailure[],
): string {
  const all = runs.map(({ experiment }) => experiment);
  const isTheorem = ({ formulations = [] }: Experiment) => formulations.length > 0;
  const isLanguage = ({ runsLanguageModels }: Experiment) => runsLanguageModels === true;
  const done = [
    ...(all.every((one) => isTheorem(one) || isLanguage(one))
      ? []
      : ['toy models of one attention head were trained anew']),
    ...(all.some(isTheorem) ? ['theorems were run on random cases'] : []),
    ...(all.some(isLanguage) ? ['language models were taken apart'] : []),
  ].join(', ');
  const { total, reproduced, notReproduced, notRun } = claimsSummary(claims);
  const outcome = `Of ${total} claims, ${reproduced} were reproduced, ${notReproduced} were not, ${notRun} were not run.`;
  const whole = failures.filter(({ model }) => model === undefined).length;
  const models = [...new Set(failures.flatMap(({ model }) => model ?? []))];
  const failed =
    (whole > 0 ? ` ${whole} of the experiments did not finish.` : '') +
    (models.length > 0 ? ` Not every experiment could be run on ${models.join(' and ')}.` : '');
  return `${done.slice(0, 1).toUpperCase()}${done.slice(1)}, and what the paper says of them was measured. ${outcome}${failed}`;
}
