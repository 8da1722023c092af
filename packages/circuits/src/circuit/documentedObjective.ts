import { logSumExp } from '../seeds/logProbability.ts';
import type { Objective } from '../seeds/objective.ts';
import type { RootSeeds } from '../seeds/rootSeeds.ts';
import type { CircuitDocument } from './circuitDocument.ts';

/** Of a probability, those that a prompt run alone and in a batch agree on in float32. */
const DIGITS = 4;

/**
 * The objective as the document has it: tokens by id, text and probability, whatever selected them.
 *
 * @param logits [vocabulary] of the next token
 */
export function documentedObjective(
  objective: Objective,
  roots: readonly RootSeeds[],
  decode: (token: number) => string,
  logits: Float64Array,
): CircuitDocument['objective'] {
  const total = logSumExp(logits);
  const named = (id: number) => ({
    id,
    text: decode(id),
    probability: Number(Math.min(1, Math.exp(logits[id] - total)).toPrecision(DIGITS)),
  });
  const targets = roots.flatMap(({ tokens }) => tokens).map(named);
  switch (objective.seeding) {
    case 'probability':
      return { seeding: 'probability', targets, tau: objective.tau ?? 0.8, steps: objective.steps ?? 64 };
    case 'linear':
      return {
        seeding: 'linear',
        targets,
        wrong: objective.wrong === undefined ? null : named(objective.wrong),
      };
    case 'probe':
      return { seeding: 'probe', layer: objective.layer };
  }
}
