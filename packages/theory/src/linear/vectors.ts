export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}

export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

/**
 * Sine of the angle between the lines of two vectors, in [0, 1]: from the component of one across the other, which
 * keeps its digits where √(1 − cos²) loses them.
 */
export function sineBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const along = dot(a, b) / dot(b, b);
  const across = Array.from(a, (entry, i) => entry - along * b[i]);
  return Math.min(norm(across) / norm(a), 1);
}

/** |cos| of the angle between two vectors. */
export function absoluteCosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.abs(dot(a, b)) / (norm(a) * norm(b));
}

/** a bᵀ as rows. */
export function outer(a: readonly number[], b: readonly number[]): number[][] {
  return a.map((x) => b.map((y) => x * y));
}
