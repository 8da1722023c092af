import { randomStream } from '@svf-alignment/core';

const LANES = 4;

/** State of the sampler: xoshiro128+ in four lanes, word-major ([word][lane]). */
export function initialSamplerState(seed: number, name = 'toy/batches'): Uint32Array {
  const random = randomStream(seed, name);
  return Uint32Array.from({ length: 4 * LANES }, () => random.uint32());
}

/**
 * Draws tokens: feature i is present with probability p, then of strength U(0, 1). One draw u decides both:
 * u < p ? u/p : 0, in float32 arithmetic. Four independent xoshiro128+ generators (Blackman and Vigna 2021) fill
 * four features at a time, in token order; where N is no multiple of four, the last draws of a token are dropped.
 * Every engine draws exactly these numbers: the WebAssembly engine is the same algorithm in SIMD.
 */
export class TokenSampler {
  readonly #state: Uint32Array;
  readonly #features: number;
  readonly #probability: number;
  readonly #inverse: number;

  /** @param state Advanced in place. */
  constructor(state: Uint32Array, features: number, probability: number) {
    this.#state = state;
    this.#features = features;
    this.#probability = Math.fround(probability);
    this.#inverse = Math.fround(1 / this.#probability);
  }

  /** The next `tokens` tokens' strengths, [tokens × N]. */
  draw(tokens: number): Float64Array {
    const strengths = new Float64Array(tokens * this.#features);
    for (let token = 0; token < tokens; token += 1) {
      for (let group = 0; group < this.#features; group += LANES) {
        for (let lane = 0; lane < LANES; lane += 1) {
          const bits = this.#next(lane);
          const u = (bits >>> 8) / 0x1000000;
          if (group + lane < this.#features && u < this.#probability) {
            strengths[token * this.#features + group + lane] = Math.fround(u * this.#inverse);
          }
        }
      }
    }
    return strengths;
  }

  #next(lane: number): number {
    const s = this.#state;
    const s0 = s[lane];
    const s1 = s[LANES + lane];
    const s2 = s[2 * LANES + lane] ^ s0;
    const s3 = s[3 * LANES + lane] ^ s1;
    const result = s0 + s[3 * LANES + lane];
    s[LANES + lane] = s1 ^ s2;
    s[lane] = s0 ^ s3;
    s[2 * LANES + lane] = s2 ^ (s1 << 9);
    s[3 * LANES + lane] = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }
}
