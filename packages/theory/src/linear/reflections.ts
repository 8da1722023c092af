import { addScaled, type Vector } from './unitVector.ts';
import { dot } from './vectors.ts';

/** The Householder reflection of x in the hyperplane ⟂ normal; x itself for the normal zero. */
export function reflect(x: Vector, normal: Vector): number[] {
  const square = dot(normal, normal);
  return square === 0 ? [...x] : addScaled(x, (-2 * dot(normal, x)) / square, normal);
}

/** The k-th standard basis vector of length n. */
export function axis(n: number, k: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
}

/**
 * An orthonormal basis (n vectors) as a product of reflections: every orthogonal matrix is one of n, and any list of
 * normals, zero vectors included, gives one.
 */
export function orthonormalBasis(n: number, normals: readonly Vector[]): number[][] {
  return Array.from({ length: n }, (_, k) =>
    normals.reduce<number[]>((x, normal) => reflect(x, normal), axis(n, k)),
  );
}

/** Orthonormal basis (n − 1 vectors) of the tangent space of the unit sphere at x. */
export function tangentBasis(x: Vector): number[][] {
  // The reflection that takes e₁ to ±x, with the sign that avoids cancellation.
  const normal = addScaled(x, x[0] < 0 ? -1 : 1, axis(x.length, 0));
  return Array.from({ length: x.length - 1 }, (_, k) => reflect(axis(x.length, k + 1), normal));
}
