import type { Outcome } from './outcome.ts';
import type { Statement } from './statement.ts';
import { type VerifyOptions, verify } from './verify.ts';

/** What came of running several statements. Plain JSON. */
export interface SuiteOutcome {
  readonly seed: number;
  /** Every statement passed. */
  readonly passed: boolean;
  readonly theorems: readonly Outcome[];
}

/** Runs statements one after the other with the same options. */
export async function verifyAll(
  statements: readonly Statement<unknown>[],
  options: VerifyOptions = {},
): Promise<SuiteOutcome> {
  const theorems: Outcome[] = [];
  for (const statement of statements) theorems.push(await verify(statement, options));
  return { seed: options.seed ?? 1, passed: theorems.every(({ passed }) => passed), theorems };
}
