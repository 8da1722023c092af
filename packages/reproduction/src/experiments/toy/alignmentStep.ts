/** Above this mean |cos| features count as aligned. */
const ALIGNED = 0.9;

/**
 * From which step on mean |cos| stays above 0.9; null where it never does for good.
 *
 * @param curve [snapshots][step, mean |cos|]
 */
export function alignmentStep(curve: readonly ArrayLike<number>[]): number | null {
  let since = curve.length;
  while (since > 0 && curve[since - 1][1] > ALIGNED) since -= 1;
  return since < curve.length ? curve[since][0] : null;
}
