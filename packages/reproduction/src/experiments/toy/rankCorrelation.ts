import { correlation } from './correlation.ts';

/** Spearman's rank correlation of two rows of numbers, in [−1, 1]; equal numbers share their mean rank. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  return correlation(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
  const count = (holds: (other: number) => boolean) => values.filter(holds).length;
  return values.map((value) => count((other) => other < value) + count((other) => other === value) / 2);
}
