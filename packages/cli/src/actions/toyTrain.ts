import { join } from 'node:path';
import {
  parseToyConfig,
  type ToyConfig,
  type TrainingEngine,
  type TrainingReport,
  train,
  trainingReport,
} from '@svf-alignment/toy';
import { interruptible } from '../interruption.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { backends, EngineName } from '../options/engine.ts';
import { readToyConfig } from '../options/readToyConfig.ts';
import { selectEngine } from '../options/selectEngine.ts';
import type { ToyOptions } from '../options/toyOptions.ts';
import { duration } from '../output/duration.ts';
import { count, significant } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';

export interface ToyTrainOptions extends OutputOptions, ToyOptions {
  readonly engine: EngineName;
  readonly backend?: (typeof backends)[number];
  readonly out?: string;
}

/** `svf toy train`. */
export async function trainToy(options: ToyTrainOptions): Promise<void> {
  const { out, preset } = options;
  const engine = await selectEngine(options.engine, options.backend);
  const config = parseToyConfig(await readToyConfig(options));
  const started = performance.now();
  const report = await interruptible(
    () =>
      out === undefined
        ? 'Nothing was kept; with --out the same command would go on where it stopped.'
        : `The same command goes on from here: a checkpoint is in ${join(out, 'checkpoint')}.`,
    (signal) => trainWithProgress(config, engine, options, signal),
  );
  const seconds = (performance.now() - started) / 1000;
  printResult(options, {
    json: () => report,
    csv: () => report.alignment.pairs,
    text: () => [describe(preset, report), '', ...results(report, seconds), ...written(out)].join('\n'),
  });
}

async function trainWithProgress(
  config: ToyConfig,
  engine: TrainingEngine,
  options: ToyTrainOptions,
  signal: AbortSignal,
): Promise<TrainingReport> {
  const progress = new Progress(options, `training (${engine.name})`);
  const onProgress = (step: number) => progress.update(config.steps === 0 ? 1 : step / config.steps);
  try {
    if (options.out === undefined) {
      return trainingReport(await train(config, { engine, signal, onProgress }));
    }
    const { trainInFolder } = await import('@svf-alignment/reproduction');
    return await trainInFolder(config, {
      folder: options.out,
      engine,
      signal,
      onProgress,
      onResume: (step) => progress.resumeAt(step / config.steps),
      onWarning: (message) => progress.aside(() => warn(options, message)),
    });
  } finally {
    progress.stop();
  }
}

function describe(preset: string, { config, engine, steps, seed }: TrainingReport): string {
  const { features, dimension, headDimension, keys } = config;
  const head = headDimension === 0 ? 'no head' : `head of ${headDimension}, ${keys} keys`;
  return (
    `Toy model \`${preset}\`: ${features} features in ${dimension} dimensions, ${head}; ` +
    `${count(steps)} steps, seed ${seed}, engine ${engine}.`
  );
}

function results(report: TrainingReport, seconds: number): string[] {
  const { alignment, loss, config, millisecondsPerStep, singularValues } = report;
  const lines: string[] = [];
  if (alignment.pairs.length > 0) {
    const columns = ['query', 'key', 'target', 'singular value', '|cos| query', '|cos| key'];
    const rows = alignment.pairs.map(({ query, key, target, singularVector, queryCosine, keyCosine }) => [
      query,
      key,
      target,
      singularVector === null ? null : (singularValues[singularVector] ?? 0).toFixed(3),
      queryCosine.toFixed(5),
      keyCosine.toFixed(5),
    ]);
    lines.push(
      table(
        columns.map((name) => ({ name })),
        rows,
      ),
      '',
    );
    const { mean, meanMax, meanMatched } = alignment;
    lines.push(
      `alignment  mean ${(mean ?? 0).toFixed(6)}, best column ${(meanMax ?? 0).toFixed(6)}, ` +
        `one-to-one ${(meanMatched ?? 0).toFixed(6)}`,
    );
  }
  const attention =
    config.headDimension === 0
      ? ''
      : ` + ${config.attentionWeight} × attention ${significant(loss.attention)}` +
        ` (divergence from its target ${significant(loss.klDivergence)})`;
  lines.push(
    `loss       ${significant(loss.total)} = reconstruction ${significant(loss.reconstruction)}${attention}`,
    `time       ${duration(seconds)}, ${significant(millisecondsPerStep)} ms per step`,
  );
  return lines;
}

function written(out: string | undefined): string[] {
  return out === undefined
    ? []
    : [`written    ${join(out, 'model.safetensors')}, ${join(out, 'report.json')}`];
}
