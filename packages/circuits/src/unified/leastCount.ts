/** Shares such as 0.1 × 30 must not miss by a rounding. */
const ROUNDING = 1e-9;

/** In how many of some circuits a thing must occur, at least one, to occur in a share of them. */
export function leastCount(share: number, circuits: number): number {
  return Math.max(1, Math.ceil(share * circuits - ROUNDING));
}
