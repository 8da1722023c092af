/** Mean of some numbers, and their standard deviation (of a sample; 0 for a single number). */
export interface MeanAndDeviation {
  readonly mean: number;
  readonly deviation: number;
}

/** @param values at least one */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
