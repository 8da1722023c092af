import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { logarithm } from '../elementary/logarithm.ts';
import { streamSeed } from './streamSeed.ts';

/**
 * A seeded source of random numbers. The same seed and name give the same numbers on every machine and in every
 * engine: only integer operations, +, ×, ÷, √ and this package's own logarithm are used.
 */
export class RandomStream {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;
  #spare: number | undefined;

  constructor(seed: number, name: string) {
    this.#generator = xoroshiro128plus(streamSeed(seed, name));
  }

  /** 32 random bits as an integer in [0, 2³²). */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5; // 27 bits
    const low = this.uint32() >>> 6; // 26 bits
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** Uniform integer in [0, bound), bound ≤ 2³²; unbiased by rejection. */
  integer(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound);
    let bits = this.uint32();
    while (bits >= limit) bits = this.uint32();
    return bits % bound;
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * logarithm(square)) / square);
        this.#spare = y * factor;
        return x * factor;
      }
    }
  }
}

/**
 * The sub-stream `name` of `seed`: streams of different names are independent, so that one part of an experiment
 * can draw more numbers without moving those of another.
 */
export function randomStream(seed: number, name: string): RandomStream {
  return new RandomStream(seed, name);
}
