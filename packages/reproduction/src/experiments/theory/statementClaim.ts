import type { Outcome } from '@svf-alignment/theory';
import type { Claim } from '../../lab/claim.ts';
import { claimEqual } from '../../lab/judgedClaim.ts';

/** What came of a statement as a claim; `proved` where the paper proves it. */
export function statementClaim(id: string, outcome: Outcome, proved: boolean): Claim {
  return claimEqual({
    id,
    figure: outcome.source,
    claim: `“${outcome.title}”: no counterexample in ${outcome.runs} random cases.`,
    paper: proved ? 'proved' : null,
    measured: verdict(outcome),
    expected: 'holds',
    note: note(outcome),
  });
}

function verdict({ passed, counterexample }: Outcome): string {
  if (passed) return 'holds';
  return counterexample === null ? 'too few cases' : 'violated';
}

function note(outcome: Outcome): string {
  const { hypothesesMet, skipped, counterexample, conclusions, worstSlack } = outcome;
  const cases = `${hypothesesMet} cases met the hypotheses, ${skipped} more were set aside`;
  if (counterexample !== null) {
    const { conclusion, measured, bound, error } = counterexample;
    const found = error ?? `measured ${short(measured)} against the bound ${short(bound)}`;
    return `${cases}. ${conclusion}: ${found}; seed ${outcome.seed}, path ${outcome.path}.`;
  }
  const ratios = conclusions.map(({ name, worstRatio }) =>
    conclusions.length > 1 ? `${name} ${short(worstRatio)}` : short(worstRatio),
  );
  return `${cases}. Smallest slack ${short(worstSlack)}; largest measured/bound: ${ratios.join(', ')}.`;
}

function short(value: number | null): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-3 && size < 1e4)
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1);
}
