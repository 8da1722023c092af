import { SvfError } from '@svf-alignment/core';
import type { Claim } from './claim.ts';

/** What every claim says, whatever it measures. `paper` is null where the source gives no value. */
export interface Statement {
  readonly id: string;
  readonly figure: string;
  readonly claim: string;
  readonly paper: number | string | null;
  readonly note?: string;
}

/** Reproduced if `measured ≥ bound`. @throws SvfError `non-finite-number` */
export function claimAtLeast({ measured, bound, ...statement }: Statement & Bounded): Claim {
  checkNumbers(statement.id, { measured, bound });
  return judged(statement, measured, `≥ ${bound}`, measured >= bound);
}

/** Reproduced if `measured ≤ bound`. @throws SvfError `non-finite-number` */
export function claimAtMost({ measured, bound, ...statement }: Statement & Bounded): Claim {
  checkNumbers(statement.id, { measured, bound });
  return judged(statement, measured, `≤ ${bound}`, measured <= bound);
}

/** Reproduced if `lower ≤ measured ≤ upper`. @throws SvfError `non-finite-number` */
export function claimBetween({ measured, lower, upper, ...statement }: Statement & Ranged): Claim {
  checkNumbers(statement.id, { measured, lower, upper });
  return judged(statement, measured, `${lower} to ${upper}`, lower <= measured && measured <= upper);
}

/**
 * Reproduced if `|measured − paper|` is at most `absolute`, or at most `relative · |paper|`.
 *
 * @throws SvfError `non-finite-number`
 */
export function claimWithin({ measured, absolute, relative, ...statement }: Statement & Near): Claim {
  const { id, paper } = statement;
  const allowed = absolute ?? relative * Math.abs(paper);
  checkNumbers(id, { measured, paper, allowed });
  const tolerance =
    absolute === undefined ? `± ${Number((100 * relative).toPrecision(12))}%` : `± ${absolute}`;
  return judged(statement, measured, tolerance, Math.abs(measured - paper) <= allowed);
}

/** Reproduced if `measured` is `expected`, to the last bit or letter. @throws SvfError `non-finite-number` */
export function claimEqual({ measured, expected, ...statement }: Statement & Exact): Claim {
  if (typeof measured === 'number') checkNumbers(statement.id, { measured, expected: Number(expected) });
  return judged(statement, measured, `= ${expected}`, measured === expected);
}

/**
 * Reproduced if the named moments come in the order given, each strictly later than the one before; `measured` tells
 * them with their values, in the order in which they came out.
 *
 * @throws SvfError `non-finite-number`
 */
export function claimInOrder({ moments, ...statement }: Statement & Ordered): Claim {
  checkNumbers(statement.id, Object.fromEntries(moments));
  const holds = moments.every(([, value], i) => i === 0 || value > (moments[i - 1]?.[1] ?? Infinity));
  const measured = [...moments]
    .sort((a, b) => a[1] - b[1])
    .map(([name, value]) => `${name} (${value})`)
    .join(', ');
  return judged(statement, measured, moments.map(([name]) => name).join(' < '), holds);
}

/** Not run; `note` says what was missing. */
export function claimNotRun(
  statement: Statement & { readonly tolerance: string; readonly note: string },
): Claim {
  return { ...statement, measured: null, verdict: 'not run' };
}

interface Bounded {
  readonly measured: number;
  readonly bound: number;
}

interface Ranged {
  readonly measured: number;
  readonly lower: number;
  readonly upper: number;
}

type Near = { readonly measured: number; readonly paper: number } & (
  | { readonly absolute: number; readonly relative?: undefined }
  | { readonly relative: number; readonly absolute?: undefined }
);

type Exact =
  | { readonly measured: number; readonly expected: number }
  | { readonly measured: string; readonly expected: string };

interface Ordered {
  /** Names and when each happened, e.g. `[['features settle', 1200], ['singular vectors settle', 3400]]`. */
  readonly moments: readonly (readonly [name: string, value: number])[];
}

function judged(statement: Statement, measured: number | string, tolerance: string, holds: boolean): Claim {
  const verdict = holds ? 'reproduced' : 'not reproduced';
  const { id, figure, claim, paper, note } = statement;
  return { id, figure, claim, paper, measured, tolerance, verdict, ...(note !== undefined && { note }) };
}

function checkNumbers(id: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    throw new SvfError(`The claim ${id} cannot be judged: ${name} is ${value}.`, {
      code: 'non-finite-number',
      path: ['claims', id, name],
      expected: 'a finite number',
      received: String(value),
      remedy: 'Look at the result that the claim reads; a claim that cannot be measured is `claimNotRun`.',
    });
  }
}
