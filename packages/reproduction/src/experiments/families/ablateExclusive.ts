import { type IndexedEdge, intervene, type PromptContext } from '@svf-alignment/circuits';
import type { ForwardPass } from '@svf-alignment/real-models';
import { movedEdge } from './movedEdge.ts';
import type { PlacedTokens } from './movedToken.ts';

/** Edges that one family's representative has and the other's has not, where its prompt has its words. */
export interface ExclusiveEdges {
  readonly edges: readonly IndexedEdge[];
  readonly placed: PlacedTokens;
}

/** What taking away one family's exclusive edges does to one prompt. */
export interface ExclusiveEffect {
  /** Logit of the answer minus that of the wrong name: how much it falls. */
  readonly drop: number;
  /** How many of the edges have a place in the prompt. */
  readonly moved: number;
}

/** All exclusive edges of a family together, local, for each of the families given. */
export async function ablateExclusive(
  context: PromptContext,
  forward: ForwardPass,
  placed: PlacedTokens,
  families: readonly ExclusiveEdges[],
  target: { readonly answer: number; readonly wrong: number },
  signal: AbortSignal,
): Promise<ExclusiveEffect[]> {
  const { heads, keyValueHeads } = context.model.shape;
  const moved = families.map((family) =>
    family.edges.flatMap((edge) => {
      // Other heads read the same key.
      if (edge.type === 's' && keyValueHeads !== heads) return [];
      return movedEdge(edge, family.placed, placed) ?? [];
    }),
  );
  const filled = moved.filter((edges) => edges.length > 0);
  const drops: number[] = [];
  const runs = intervene(
    context,
    forward,
    filled.map((edges) => ({ edges, mode: 'local', boost: false })),
    target,
    { signal },
  );
  for await (const [{ logitDifferenceClean, logitDifference }] of runs) {
    drops.push(logitDifferenceClean - logitDifference);
  }
  // What has no place in a prompt causes nothing there.
  return moved.map((edges) => ({
    drop: edges.length === 0 ? 0 : drops[filled.indexOf(edges)],
    moved: edges.length,
  }));
}
