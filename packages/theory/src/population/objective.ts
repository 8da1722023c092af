import type { Population, WeightedContext, WeightedQuery } from './population.ts';

/** Teacher logits of keys 2 … m relative to key 1. [m − 1] */
export type TeacherGaps = (query: WeightedQuery, context: WeightedContext) => readonly number[];

export interface Derivatives {
  readonly loss: number;
  /** [D·D] ∂L/∂M row by row. */
  readonly gradient: Float64Array;
  /** [D·D, D·D] symmetric, in the same order. */
  readonly hessian: Float64Array;
}

/**
 * L(M) = E[CE(teacher, softmax(qᵀM k_1, …, qᵀM k_m))] over a population. Convex in M; minimal, by Lemma 2, where the
 * model's attention is the teacher's.
 */
export class Objective {
  readonly population: Population;
  /** [contexts, m − 1, D] */
  readonly #differences: Float64Array;
  /** [contexts] */
  readonly #weights: Float64Array;
  /** [queries, contexts, m − 1] the teacher's attention on keys 2 … m. */
  readonly #targets: Float64Array;

  constructor(population: Population, teacherGaps: TeacherGaps) {
    const { queries, contexts, others, dimension } = population;
    this.population = population;
    this.#weights = Float64Array.from(contexts, ({ weight }) => weight);
    this.#differences = new Float64Array(contexts.length * others * dimension);
    for (const [c, { differences }] of contexts.entries()) {
      this.#differences.set(differences, c * others * dimension);
    }
    this.#targets = new Float64Array(queries.length * contexts.length * others);
    const gaps = new Float64Array(others);
    let offset = 0;
    for (const query of queries) {
      for (const context of contexts) {
        gaps.set(teacherGaps(query, context));
        attention(gaps);
        this.#targets.set(gaps, offset);
        offset += others;
      }
    }
  }

  /** @param parameters M [D·D], row by row. */
  loss(parameters: Float64Array): number {
    const { others, queries } = this.population;
    const weights = this.#weights;
    const gaps = new Float64Array(others);
    let loss = 0;
    let target = 0;
    for (const { token, weight } of queries) {
      const row = this.#row(token, parameters);
      let sum = 0;
      for (let c = 0; c < weights.length; c += 1) {
        this.#gaps(row, c, gaps);
        const expected = this.#expectedGap(gaps, target);
        sum += weights[c] * (attention(gaps) - expected);
        target += others;
      }
      loss += weight * sum;
    }
    return loss;
  }

  /** @param parameters M [D·D], row by row. */
  derivatives(parameters: Float64Array): Derivatives {
    const { dimension, others, queries } = this.population;
    const weights = this.#weights;
    const differences = this.#differences;
    const targets = this.#targets;
    const order = dimension * dimension;
    const gradient = new Float64Array(order);
    const hessian = new Float64Array(order * order);
    const slope = new Float64Array(dimension);
    const curvature = new Float64Array(order); // lower triangle
    const mean = new Float64Array(dimension);
    const gaps = new Float64Array(others);
    let loss = 0;
    let target = 0;
    for (const { token, weight: queryWeight } of queries) {
      const row = this.#row(token, parameters);
      slope.fill(0);
      curvature.fill(0);
      for (let c = 0; c < weights.length; c += 1) {
        this.#gaps(row, c, gaps);
        const expected = this.#expectedGap(gaps, target);
        const weight = weights[c];
        loss += queryWeight * weight * (attention(gaps) - expected);
        mean.fill(0);
        for (let s = 0; s < others; s += 1) {
          const offset = (c * others + s) * dimension;
          const share = gaps[s];
          const excess = weight * (share - targets[target + s]);
          for (let i = 0; i < dimension; i += 1) {
            const difference = differences[offset + i];
            slope[i] += excess * difference;
            mean[i] += share * difference;
            const factor = weight * share * difference;
            for (let j = 0; j <= i; j += 1) curvature[i * dimension + j] += factor * differences[offset + j];
          }
        }
        for (let i = 0; i < dimension; i += 1) {
          const factor = weight * mean[i];
          for (let j = 0; j <= i; j += 1) curvature[i * dimension + j] -= factor * mean[j];
        }
        target += others;
      }
      for (let a = 0; a < dimension; a += 1) {
        for (let i = 0; i < dimension; i += 1)
          gradient[a * dimension + i] += queryWeight * token[a] * slope[i];
      }
      addKronecker(hessian, queryWeight, token, curvature);
    }
    return { loss, gradient, hessian };
  }

  /** qᵀM [D] */
  #row(token: Float64Array, parameters: Float64Array): Float64Array {
    const dimension = token.length;
    const row = new Float64Array(dimension);
    for (let a = 0; a < dimension; a += 1) {
      for (let i = 0; i < dimension; i += 1) row[i] += token[a] * parameters[a * dimension + i];
    }
    return row;
  }

  /** Logits of keys 2 … m relative to key 1, into `gaps`. */
  #gaps(row: Float64Array, context: number, gaps: Float64Array): void {
    const dimension = row.length;
    let offset = context * gaps.length * dimension;
    for (let s = 0; s < gaps.length; s += 1) {
      let gap = 0;
      for (let i = 0; i < dimension; i += 1) gap += row[i] * this.#differences[offset + i];
      gaps[s] = gap;
      offset += dimension;
    }
  }

  #expectedGap(gaps: Float64Array, target: number): number {
    let expected = 0;
    for (let s = 0; s < gaps.length; s += 1) expected += this.#targets[target + s] * gaps[s];
    return expected;
  }
}

/** Replaces gaps to the first logit by the attention on their keys. @returns log Σ eˣ over the gaps and 0. */
function attention(gaps: Float64Array): number {
  let largest = 0;
  for (let s = 0; s < gaps.length; s += 1) largest = Math.max(largest, gaps[s]);
  let sum = Math.exp(-largest);
  for (let s = 0; s < gaps.length; s += 1) {
    gaps[s] = Math.exp(gaps[s] - largest);
    sum += gaps[s];
  }
  for (let s = 0; s < gaps.length; s += 1) gaps[s] /= sum;
  return largest + Math.log(sum);
}

/** hessian += weight·(q qᵀ) ⊗ curvature, the latter given by its lower triangle. */
function addKronecker(
  hessian: Float64Array,
  weight: number,
  token: Float64Array,
  curvature: Float64Array,
): void {
  const dimension = token.length;
  const order = dimension * dimension;
  for (let a = 0; a < dimension; a += 1) {
    for (let b = 0; b < dimension; b += 1) {
      const factor = weight * token[a] * token[b];
      for (let i = 0; i < dimension; i += 1) {
        const offset = (a * dimension + i) * order + b * dimension;
        for (let j = 0; j < dimension; j += 1) {
          hessian[offset + j] += factor * curvature[Math.max(i, j) * dimension + Math.min(i, j)];
        }
      }
    }
  }
}
