import type { Outcome } from './outcome.ts';

/** An outcome as text: one line where it passed, with the counterexample and how to reproduce it where it did not. */
export function formatOutcome(outcome: Outcome): string {
  const { id, title, runs, hypothesesMet, skipped, passed, counterexample } = outcome;
  const counts = `${hypothesesMet} of ${runs} cases met the hypotheses, ${skipped} more were set aside`;
  if (passed) {
    return `${id} (${title}): holds. ${counts}; worst slack ${number(outcome.worstSlack)}, largest measured/bound ${number(outcome.worstRatio)}.`;
  }
  if (counterexample === null) {
    return `${id} (${title}): not shown. ${counts}: too few to say that it holds.`;
  }
  const { conclusion, measured, bound, error } = counterexample;
  const text = outcome.conclusions.find(({ name }) => name === conclusion)?.text ?? conclusion;
  return [
    `${id} (${title}): VIOLATED after ${hypothesesMet} cases that met the hypotheses.`,
    `  ${conclusion}: ${text}`,
    `  ${error ?? `measured ${number(measured)} against the bound ${number(bound)}`}`,
    `  case: ${JSON.stringify(counterexample.case)}`,
    '  reproduce:',
    ...reproduction(outcome).map((line) => `    ${line}`),
  ].join('\n');
}

/** Outcomes as a table: statement, runs, hypotheses met, worst slack, largest measured/bound, verdict. */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  const head = ['statement', 'runs', 'hypotheses met', 'worst slack', 'measured/bound', 'verdict'];
  const rows = outcomes.map((outcome) => [
    outcome.id,
    String(outcome.runs),
    String(outcome.hypothesesMet),
    number(outcome.worstSlack),
    number(outcome.worstRatio),
    verdict(outcome),
  ]);
  const widths = head.map((_, k) => Math.max(...[head, ...rows].map((row) => row[k].length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, k) =>
          k === 0 || k === row.length - 1 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict({ passed, counterexample }: Outcome): string {
  if (passed) return 'holds';
  return counterexample === null ? 'too few cases' : 'VIOLATED';
}

function reproduction({ id, seed, path }: Outcome): string[] {
  return [
    "import fc from 'fast-check';",
    "import { findStatement } from '@svf-alignment/theory';",
    `fc.assert(findStatement('${id}').property(), { seed: ${seed}, path: '${path}' });`,
  ];
}

function number(value: number | null): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e5)) return String(Number(value.toPrecision(4)));
  return value.toExponential(2);
}
