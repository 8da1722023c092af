/** The roots into which an edge leads, and all nodes from which there is a path to them. */
export function reachingRoots(
  edges: Iterable<{ readonly from: number; readonly to: number }>,
  roots: readonly number[],
): ReadonlySet<number> {
  const upstream = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const known = upstream.get(to);
    if (known === undefined) upstream.set(to, [from]);
    else known.push(from);
  }
  const reaching = new Set(roots.filter((root) => upstream.has(root)));
  // A set is iterated in the order of insertion, what is added meanwhile included.
  for (const node of reaching) for (const before of upstream.get(node) ?? []) reaching.add(before);
  return reaching;
}
