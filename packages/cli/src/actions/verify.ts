import { SvfError } from '@svf-alignment/core';
import { threadTaskPool, verifyStatements, workerEntry } from '@svf-alignment/reproduction';
import { findStatement, formatOutcome, type Outcome, statements } from '@svf-alignment/theory';
import { exitStatus } from '../exitStatus.ts';
import { interruptible } from '../interruption.ts';
import type { VerifyOptions } from '../options/verifyOptions.ts';
import { colours } from '../output/colours.ts';
import { duration } from '../output/duration.ts';
import { count, significant } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';
import { wrapped } from '../output/wrapped.ts';

/** Where blocks are kept when the length of a run is asked for: it may be long. */
const KEPT = 'verification';

/** `svf verify --list`. */
export function listStatements(ids: readonly string[], options: VerifyOptions): void {
  const selected = ids.length === 0 ? statements : ids.map(findStatement);
  const rows = () =>
    selected.map(({ id, title, statement, source, defaultRuns }) => ({
      id,
      title,
      statement: statement.text,
      source,
      runs: defaultRuns,
    }));
  printResult(options, {
    json: () => ({
      theorems: selected.map((statement, i) => ({
        ...rows()[i],
        latex: statement.statement.latex,
        hypotheses: statement.hypotheses.map(({ name, text }) => ({ name, text })),
        conclusions: statement.conclusions.map(({ name, text }) => ({ name, text })),
      })),
    }),
    csv: rows,
    text: () =>
      table(
        [
          { name: 'id', align: 'left' },
          { name: 'runs' },
          { name: 'title', align: 'left' },
          { name: 'source', align: 'left' },
        ],
        rows().map(({ id, runs, title, source }) => [id, runs, title, source]),
      ),
  });
}

/** `svf verify`. */
export async function verifyTheorems(ids: readonly string[], options: VerifyOptions): Promise<void> {
  requireMatrix(options);
  const { runs, seed = 0, workers } = options;
  const folder = options.out ?? (runs === undefined ? undefined : KEPT);
  const pool = threadTaskPool({ entry: workerEntry, ...(workers !== undefined && { workers }) });
  const progress = new Progress(options, 'verifying');
  const started = performance.now();
  try {
    const suite = await interruptible(
      () =>
        folder === undefined
          ? 'Nothing was kept; with --out the same command would go on where it stopped.'
          : `Finished blocks are kept in ${folder}; the same command goes on from here.`,
      (signal) =>
        verifyStatements({
          ids,
          seed,
          pool,
          signal,
          ...(runs !== undefined && { runs }),
          ...(folder !== undefined && { folder }),
          onEvent: (event) => {
            progress.update(event.overall.fraction, 'verifying', event.overall.secondsRemaining);
            if (event.kind === 'warning') progress.aside(() => warn(options, event.error.message));
          },
          onWarning: (message) => progress.aside(() => warn(options, message)),
        }),
    );
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    printResult(options, {
      json: () => suite,
      csv: () =>
        suite.theorems.map(({ conclusions: _, counterexample, ...theorem }) => ({
          ...theorem,
          counterexample: counterexample === null ? null : JSON.stringify(counterexample),
        })),
      text: () => text(suite.theorems, seconds),
    });
    if (!suite.passed) process.exitCode = exitStatus.unfinished;
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** @throws SvfError `bad-option` for an option that says how to read a file where there is none */
function requireMatrix({ tensor, transpose, pair, tolerance, strict }: VerifyOptions): void {
  const given = {
    tensor: Object.keys(tensor).length > 0,
    transpose: transpose.length > 0,
    pair: pair !== undefined,
    tolerance: tolerance !== undefined,
    strict: strict === true,
  };
  const name = Object.entries(given).find(([, isGiven]) => isGiven)?.[0];
  if (name === undefined) return;
  throw new SvfError(`--${name} goes with --matrix.`, {
    code: 'bad-option',
    path: [name],
    expected: '--matrix FILE beside it',
    received: `--${name} alone`,
    remedy: `Add --matrix FILE, or leave out --${name}.`,
  });
}

function text(theorems: readonly Outcome[], seconds: number): string {
  const { green, red, yellow } = colours(process.stdout);
  const verdict = ({ passed, counterexample }: Outcome) => {
    if (passed) return green('✓ holds');
    return counterexample === null ? yellow('– too few cases') : red('✗ violated');
  };
  const overview = table(
    [
      { name: 'statement', align: 'left' },
      { name: 'runs' },
      { name: 'hypotheses met' },
      { name: 'set aside' },
      { name: 'worst slack' },
      { name: 'measured/bound' },
      { name: 'verdict', align: 'left' },
    ],
    theorems.map((theorem) => [
      theorem.id,
      count(theorem.runs),
      count(theorem.hypothesesMet),
      count(theorem.skipped),
      theorem.worstSlack === null ? null : significant(theorem.worstSlack),
      theorem.worstRatio === null ? null : significant(theorem.worstRatio),
      verdict(theorem),
    ]),
  );
  const failed = theorems.filter(({ passed }) => !passed);
  const holding = theorems.length - failed.length;
  return [
    overview,
    ...failed.map((theorem) => `\n${formatOutcome(theorem)}`),
    ...looseness(theorems),
    `\n${holding} of ${theorems.length} statements hold; ${duration(seconds)}`,
  ].join('\n');
}

/** How much of each bound of Theorem 2 the angles came to: its other conclusions are steps of the proof. */
function looseness(theorems: readonly Outcome[]): string[] {
  const ratio = (id: string, conclusion: string) =>
    theorems.find((theorem) => theorem.id === id)?.conclusions.find(({ name }) => name === conclusion)
      ?.worstRatio;
  const parts = [
    ['the bound of the paper', ratio('theorem2', 'angle')],
    ['its simplified form', ratio('theorem2-particular', 'angle')],
    ['the sharp bound', ratio('theorem2-sharp', 'sine')],
  ] as const;
  const told = parts.flatMap(([bound, share]) =>
    typeof share === 'number' ? [`${share.toFixed(3)} of ${bound}`] : [],
  );
  return told.length === 0
    ? []
    : [wrapped(`\nTheorem 2: the largest sine came to ${told.join(', to ')}.`, 0)];
}
