import type { CircuitDocument, CircuitEdge } from '@svf-alignment/circuits';
import { CLEARLY } from '../language/criterion.ts';
import type { FamilyMechanism, MechanismValues } from './mechanismTask.ts';

export type Order = 'ABBA' | 'BABA';

/** Heads that write to the root what they read at the indirect object. */
export function nameMovers(family: FamilyMechanism): readonly string[] {
  const reads = ({ from, to }: CircuitEdge) =>
    to.length === 2 && typeof from[1] === 'number' && from[3] === family.indirectObject;
  return documentOf(family)
    .edges.filter(reads)
    .map(({ from: [layer, head] }) => `${layer}.${head}`);
}

/** The order of most of its prompts, e.g. `93 % BABA`. */
export function orderText({ abba }: Pick<FamilyMechanism, 'abba'>): string {
  return `${Math.round(100 * Math.max(abba, 1 - abba))} % ${abba > 0.5 ? 'ABBA' : 'BABA'}`;
}

/** The order that three quarters of its prompts have; null of a mixed family. */
function orderOf({ abba }: Pick<FamilyMechanism, 'abba'>): Order | null {
  if (abba >= CLEARLY) return 'ABBA';
  return 1 - abba >= CLEARLY ? 'BABA' : null;
}

/** Null where no family, or where both, are of that order. */
export function familyOf({ families }: MechanismValues, order: Order): FamilyMechanism | null {
  const own = families.filter((family) => orderOf(family) === order);
  return own.length === 1 ? own[0] : null;
}

export function documentOf({ document }: Pick<FamilyMechanism, 'document'>): CircuitDocument {
  return JSON.parse(document) as CircuitDocument;
}
