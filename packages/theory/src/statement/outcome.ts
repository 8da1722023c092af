/** A case on which a conclusion failed, shrunk by fast-check. */
export interface Counterexample {
  /** Name of the conclusion. */
  readonly conclusion: string;
  /** Null where measuring threw, see `error`, or the number was not finite. */
  readonly measured: number | null;
  readonly bound: number | null;
  readonly error: string | null;
  /** The case itself: plain JSON, to be passed to the statement's `evaluate`. */
  readonly case: unknown;
}

/** The worst of one conclusion over all cases. */
export interface WorstMeasurement {
  readonly name: string;
  readonly text: string;
  /** Smallest slack; null if nothing finite was measured. */
  readonly worstSlack: number | null;
  /** Largest measured / (bound + tolerance). */
  readonly worstRatio: number | null;
}

/** One seeded block of runs, to be merged with others. Plain JSON. */
export interface BlockOutcome {
  readonly id: string;
  /** Seed of the whole run, and which block of which size this is. */
  readonly seed: number;
  readonly block: number;
  readonly blockSize: number;
  readonly runs: number;
  readonly hypothesesMet: number;
  readonly skipped: number;
  readonly conclusions: readonly WorstMeasurement[];
  /** For fast-check: reproduces the counterexample together with `path`. */
  readonly blockSeed: number;
  readonly path: string | null;
  readonly counterexample: Counterexample | null;
}

/** What came of running a statement. Plain JSON. */
export interface Outcome {
  readonly id: string;
  readonly title: string;
  /** In plain text. */
  readonly statement: string;
  readonly latex: string;
  readonly source: string;
  /** Cases asked for. */
  readonly runs: number;
  /** Cases that met all hypotheses, on which the conclusions were measured. */
  readonly hypothesesMet: number;
  /** Cases drawn and set aside since some hypothesis did not hold. */
  readonly skipped: number;
  /** No counterexample, and as many cases met the hypotheses as were asked for. */
  readonly passed: boolean;
  /** Over all conclusions and cases; negative if one was violated, null if nothing finite was measured. */
  readonly worstSlack: number | null;
  readonly worstRatio: number | null;
  readonly conclusions: readonly WorstMeasurement[];
  /** With a counterexample the seed for fast-check that leads to it along `path`; else the seed of the run. */
  readonly seed: number;
  readonly path: string | null;
  readonly counterexample: Counterexample | null;
}
