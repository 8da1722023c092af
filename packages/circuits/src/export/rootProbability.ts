import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import { logitRootLabel } from '../seeds/rootLabels.ts';

/** The probability of the next token, or of all its tokens, that a root is about; undefined of a probe, or if it is not known. */
export function rootProbability(objective: CircuitDocument['objective'], label: string): number | undefined {
  if (objective.seeding === 'probe') return undefined;
  const { targets } = objective;
  const own =
    objective.seeding === 'probability' || targets.length === 1
      ? targets
      : targets.filter(({ text }) => logitRootLabel(text) === label);
  let sum = 0;
  for (const { probability } of own) {
    if (probability === undefined) return undefined;
    sum += probability;
  }
  return own.length === 0 ? undefined : sum;
}
