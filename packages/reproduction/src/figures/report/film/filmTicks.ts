/** From 0 in steps of 1, 2 or 5 times a power of ten to the first that is not below `most`: four to eight steps. */
export function linearTicks(most: number): number[] {
  const rough = (most > 0 ? most : 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [5, 2, 1].map((factor) => factor * power).find((candidate) => candidate <= rough) ?? power;
  const count = Math.ceil(Number(((most > 0 ? most : 1) / step).toPrecision(12)));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Exponents of the powers of ten from the last that is not above `least` to the last that is not above `most`. */
export function decades(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least));
  const last = Math.floor(Math.log10(most));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
