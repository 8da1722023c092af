import type { RandomStream } from '@svf-alignment/core';
import { axis } from '../linear/reflections.ts';
import { unitVector } from '../linear/unitVector.ts';

/** A point of the unit sphere, uniform: standard normals over their norm. */
export function randomUnitVector(dimension: number, random: RandomStream): number[] {
  const normals = Array.from({ length: dimension }, () => random.normal());
  return unitVector(normals) ?? axis(dimension, 0);
}
