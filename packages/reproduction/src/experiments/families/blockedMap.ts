import { type CircuitFamilies, distanceBetween, leafOrder, type PromptLabel } from '@svf-alignment/circuits';

/** Distances in the order of the dendrogram, neighbours put together until they can be drawn. */
export interface BlockedMap {
  /** [blocks][blocks] mean distances. */
  readonly distances: readonly ArrayLike<number>[];
  /** [blocks] share of circuits with order ABBA; null where no prompt has an order. */
  readonly abba: ArrayLike<number> | null;
  /** [blocks] the order and the template that most of its circuits have, e.g. `ABBA 3`. */
  readonly labels: readonly string[];
  /** Branches above which blocks differ: [left position, right position, height of left, of right, of their merge]. */
  readonly branches: readonly (readonly number[])[];
}

/** @param most blocks; with fewer circuits each is a block */
export function blockedMap(
  { distances, dendrogram }: CircuitFamilies,
  prompts: readonly PromptLabel[],
  most: number,
): BlockedMap {
  const leaves = leafOrder(dendrogram);
  const count = Math.min(most, leaves.length);
  const blocks = Array.from({ length: count }, (_, block) =>
    leaves.slice(
      Math.floor((block * leaves.length) / count),
      Math.floor(((block + 1) * leaves.length) / count),
    ),
  );
  const shareOf = (members: readonly number[]) =>
    members.filter((member) => prompts[member].order === 'ABBA').length / members.length;
  return {
    distances: blocks.map((rows) =>
      Float64Array.from(blocks, (columns) => {
        let sum = 0;
        for (const row of rows) for (const column of columns) sum += distanceBetween(distances, row, column);
        return sum / (rows.length * columns.length);
      }),
    ),
    abba: prompts.some(({ order }) => order !== null) ? Float64Array.from(blocks, shareOf) : null,
    labels: blocks.map((members) => commonest(members.map((member) => labelOf(prompts[member])))),
    branches: topBranches(dendrogram, leaves, count),
  };
}

function labelOf({ order, template }: PromptLabel): string {
  return [order, template].filter((label) => label !== null).join(' ');
}

function commonest(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

/** The highest merges, as many as there are blocks; what they join stands in the middle of its leaves. */
function topBranches(
  { leaves, merges }: CircuitFamilies['dendrogram'],
  order: readonly number[],
  count: number,
): BlockedMap['branches'] {
  const middles = new Float64Array(leaves + merges.length);
  const heights = new Float64Array(leaves + merges.length);
  for (const [place, leaf] of order.entries()) middles[leaf] = ((place + 0.5) * count) / leaves;
  for (const [index, { left, right, height }] of merges.entries()) {
    middles[leaves + index] = (middles[left] + middles[right]) / 2;
    heights[leaves + index] = height;
  }
  return merges
    .slice(-count)
    .map(({ left, right, height }) => [middles[left], middles[right], heights[left], heights[right], height]);
}
