import type { Claim, Verdict } from '../../lab/claim.ts';
import { type Html, html } from './html.ts';

/** In the order of the page; each has a sign and words, so that nothing hangs on colour. */
export const verdictSigns: readonly {
  readonly verdict: Verdict;
  readonly sign: string;
  readonly style: string;
}[] = [
  { verdict: 'reproduced', sign: '✓', style: 'good' },
  { verdict: 'not reproduced', sign: '✕', style: 'bad' },
  { verdict: 'not run', sign: '–', style: 'open' },
];

export function countVerdicts(claims: readonly Claim[]): Readonly<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { reproduced: 0, 'not reproduced': 0, 'not run': 0 };
  for (const { verdict } of claims) counts[verdict] += 1;
  return counts;
}

export function verdictBadge(verdict: Verdict): Html {
  const { sign = '', style = '' } = verdictSigns.find((entry) => entry.verdict === verdict) ?? {};
  return html`<span class="verdict ${style}"><span aria-hidden="true">${sign}</span> ${verdict}</span>`;
}

/** How many claims were reproduced of those that were run, and how many were not run: `6 of 7, 9 not run`. */
export function tallyText(claims: readonly Claim[], noun = ''): string {
  const { reproduced, 'not run': notRun } = countVerdicts(claims);
  const run = claims.length - notRun;
  return [
    ...(run === 0 ? [] : [`${reproduced} of ${run}${noun}`]),
    ...(notRun === 0 ? [] : [`${notRun} not run`]),
  ].join(', ');
}
