import { haarOrthogonal, randomStream } from '@svf-alignment/core';
import type { Vector } from '../linear/unitVector.ts';

/** The setting of Theorem 3: M = σ₁u₁v₁ᵀ + σ₂u₂v₂ᵀ in D dimensions, its teacher and the weight of the penalty. */
export interface Theorem3Instance {
  /** D ≥ 2. */
  readonly dimension: number;
  /** σ₁ > σ₂ > 0. */
  readonly sigma1: number;
  readonly sigma2: number;
  /** The teacher's gaps g₁ and g₂: it gives the right key the probability sigmoid(g). */
  readonly gap1: number;
  readonly gap2: number;
  readonly rho: number;
  /** Of the singular vectors, drawn uniformly, and of whatever a search draws. */
  readonly seed: number;
  /** Angle between q₁ and u₁, towards u₂, and between k₁ and v₁, towards v₂. The theorem has 0. */
  readonly misalignment: number;
}

/** The vectors of an instance. */
export interface Theorem3Frame {
  readonly u1: Vector;
  readonly u2: Vector;
  readonly v1: Vector;
  readonly v2: Vector;
  /** The fixed features; u₁ and v₁ when aligned. */
  readonly q1: Vector;
  readonly k1: Vector;
  /** Unit vectors ⟂ q₁ and ⟂ k₁ in the same planes: u₂ and v₂ when aligned. */
  readonly q1Normal: Vector;
  readonly k1Normal: Vector;
  /** A unit vector ⟂ v₁ and v₂; undefined for D = 2. */
  readonly v3: Vector | undefined;
}

/** The singular vectors and fixed features of an instance: columns of two random rotations. */
export function theorem3Frame({ dimension, seed, misalignment }: Theorem3Instance): Theorem3Frame {
  const left = haarOrthogonal(dimension, randomStream(seed, 'theorem3/left'));
  const right = haarOrthogonal(dimension, randomStream(seed, 'theorem3/right'));
  const [u1, u2] = [left.getColumn(0), left.getColumn(1)];
  const [v1, v2] = [right.getColumn(0), right.getColumn(1)];
  const cosine = Math.cos(misalignment);
  const sine = Math.sin(misalignment);
  const turned = (x: Vector, y: Vector, sign: number) =>
    x.map((value, i) => cosine * value + sign * sine * y[i]);
  return {
    u1,
    u2,
    v1,
    v2,
    q1: turned(u1, u2, 1),
    k1: turned(v1, v2, 1),
    q1Normal: turned(u2, u1, -1),
    k1Normal: turned(v2, v1, -1),
    v3: dimension > 2 ? right.getColumn(2) : undefined,
  };
}
