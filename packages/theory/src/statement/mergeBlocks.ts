import type { BlockOutcome, Outcome, WorstMeasurement } from './outcome.ts';
import type { Statement } from './statement.ts';

/**
 * The outcome of a run from its blocks, in whatever order they come.
 *
 * @param runs cases asked for: blocks that are missing from `blocks` make the run no pass.
 */
export function mergeBlocks(
  statement: Statement<unknown>,
  blocks: readonly BlockOutcome[],
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Outcome {
  const ordered = [...blocks].sort((a, b) => a.block - b.block);
  const failed = ordered.find(({ counterexample }) => counterexample !== null);
  const hypothesesMet = ordered.reduce((sum, block) => sum + block.hypothesesMet, 0);
  const conclusions = statement.conclusions.map(({ name, text }): WorstMeasurement => {
    const parts = ordered.flatMap((block) => block.conclusions.filter((part) => part.name === name));
    return { name, text, ...worstOf(parts) };
  });
  return {
    id: statement.id,
    title: statement.title,
    statement: statement.statement.text,
    latex: statement.statement.latex,
    source: statement.source,
    runs,
    hypothesesMet,
    skipped: ordered.reduce((sum, block) => sum + block.skipped, 0),
    passed: failed === undefined && runs > 0 && hypothesesMet >= runs,
    ...worstOf(conclusions),
    conclusions,
    seed: failed?.blockSeed ?? seed,
    path: failed?.path ?? null,
    counterexample: failed?.counterexample ?? null,
  };
}

function worstOf(
  parts: readonly Pick<WorstMeasurement, 'worstSlack' | 'worstRatio'>[],
): Pick<WorstMeasurement, 'worstSlack' | 'worstRatio'> {
  const slacks = parts.flatMap(({ worstSlack }) => worstSlack ?? []);
  const ratios = parts.flatMap(({ worstRatio }) => worstRatio ?? []);
  return {
    worstSlack: slacks.length === 0 ? null : Math.min(...slacks),
    worstRatio: ratios.length === 0 ? null : Math.max(...ratios),
  };
}
