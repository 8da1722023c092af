const HIGHEST = 255;

/**
 * Numbers as bytes: 0 for the low end of the domain or less, 255 for the high end or more. What a byte stands for
 * differs from the number by at most half of a 255th of the domain.
 */
export function quantise(values: ArrayLike<number>, [low, high]: readonly [number, number]): Uint8Array {
  return Uint8Array.from(values, (value) => {
    const share = (value - low) / (high - low);
    return Math.round(HIGHEST * Math.min(1, Math.max(0, share)));
  });
}

/** Bytes as text that stands in a page without escapes. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
