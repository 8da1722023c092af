/** The mean of several curves and the 95 % confidence interval of that mean, at each point. */
export interface ConfidenceBand {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom; beyond, the normal one is near enough. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
const NORMAL = 1.96;

/**
 * Mean and confidence band of curves of the same points, one for each seed. A single curve is its own band.
 *
 * @param curves [seeds][points]
 */
export function confidenceBand(curves: readonly Float64Array[]): ConfidenceBand {
  const count = curves.length;
  const mean = curves[0].map((_, i) => curves.reduce((sum, curve) => sum + curve[i], 0) / count);
  const halfWidth = mean.map((centre, i) => {
    if (count < 2) return 0;
    const squares = curves.reduce((sum, curve) => sum + (curve[i] - centre) ** 2, 0);
    return (STUDENT[count - 2] ?? NORMAL) * Math.sqrt(squares / (count - 1) / count);
  });
  return {
    mean,
    low: mean.map((centre, i) => centre - halfWidth[i]),
    high: mean.map((centre, i) => centre + halfWidth[i]),
  };
}
