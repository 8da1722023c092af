import { averagedCircuit, type CircuitDocument } from '@svf-alignment/circuits';
import type { FamilyPrompt } from './familyPrompt.ts';
import { movedToken } from './movedToken.ts';

/** Of a family's circuits, in how many a node or an edge must occur to be in its averaged circuit. */
export const SHARE = 0.2;

/**
 * The averaged circuit of a family, pruned, on its representative's prompt: what stands at a token of another prompt is moved
 * to the token that plays the same part.
 *
 * @param family indices of circuits
 * @param share of the family's circuits in which a node or an edge must occur
 */
export function familyGraph(
  documents: readonly CircuitDocument[],
  prompts: readonly Pick<FamilyPrompt, 'roles'>[],
  family: { readonly members: readonly number[]; readonly representative: number },
  share: number,
): CircuitDocument {
  const placed = (index: number) => ({ tokens: documents[index].tokens, roles: prompts[index].roles });
  const to = placed(family.representative);
  const circuits = family.members.map((member) => {
    const from = placed(member);
    const places = from.tokens.map((_, token) => movedToken(token, from, to) ?? null);
    return { document: documents[member], places };
  });
  return averagedCircuit(documents[family.representative], circuits, share);
}
