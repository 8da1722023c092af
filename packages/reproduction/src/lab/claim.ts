/** `not run`: this claim needs something that was not available (network, weights); never counted as passed. */
export type Verdict = 'reproduced' | 'not reproduced' | 'not run';

/** One sentence of the paper beside what was measured here. */
export interface Claim {
  /** Unique over all experiments, e.g. `fig-01a/antipodal-pairs`. */
  readonly id: string;
  /** Where the paper (or the slides) makes it, e.g. `Fig. 1(a)`, `Slides, p. 12`. */
  readonly figure: string;
  /** The claim in a sentence of our own. */
  readonly claim: string;
  /** The value as the source gives it; null where it gives none. */
  readonly paper: number | string | null;
  /** What came out; null only with verdict `not run`. */
  readonly measured: number | string | null;
  /** What counts as the same, in words or symbols, e.g. `≥ 0.999`. */
  readonly tolerance: string;
  readonly verdict: Verdict;
  /** Why, where the verdict needs a reason, or under which variant the claim does hold. */
  readonly note?: string;
}
