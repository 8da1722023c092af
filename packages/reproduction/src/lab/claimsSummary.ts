import type { Claim } from './claim.ts';

export interface ClaimsSummary {
  readonly total: number;
  readonly reproduced: number;
  readonly notReproduced: number;
  readonly notRun: number;
}

/** How many claims came out how. */
export function claimsSummary(claims: readonly Claim[]): ClaimsSummary {
  const count = (verdict: Claim['verdict']) => claims.filter((claim) => claim.verdict === verdict).length;
  return {
    total: claims.length,
    reproduced: count('reproduced'),
    notReproduced: count('not reproduced'),
    notRun: count('not run'),
  };
}
