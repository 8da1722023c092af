import type { ModelShape } from './modelShape.ts';

/** The key and value head that a query head reads: each serves `heads / keyValueHeads` neighbours. */
export function keyValueHead(
  { heads, keyValueHeads }: Pick<ModelShape, 'heads' | 'keyValueHeads'>,
  head: number,
): number {
  return Math.floor((head * keyValueHeads) / heads);
}
