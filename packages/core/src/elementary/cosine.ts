/** Cosine and sine on [−π/4, π/4] by their Taylor series: the next term is below 1e-18. */
function cosineNearZero(x: number): number {
  const square = x * x;
  let series = 1;
  for (let n = 18; n >= 2; n -= 2) series = 1 - (series * square) / (n * (n - 1));
  return series;
}

function sineNearZero(x: number): number {
  const square = x * x;
  let series = 1;
  for (let n = 19; n >= 3; n -= 2) series = 1 - (series * square) / (n * (n - 1));
  return x * series;
}

// π/2 in three parts of 33 bits, so that quarter × part is exact for |quarter| < 2²⁰ (Cody and Waite).
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;

function quarterTurn(x: number, shift: number): number {
  const quarter = Math.round(x / (Math.PI / 2));
  const rest = x - quarter * HALF_PI[0] - quarter * HALF_PI[1] - quarter * HALF_PI[2];
  const turn = (((quarter + shift) % 4) + 4) % 4;
  if (turn === 0) return cosineNearZero(rest);
  if (turn === 1) return -sineNearZero(rest);
  if (turn === 2) return -cosineNearZero(rest);
  return sineNearZero(rest);
}

/** cos x for |x| < 10⁶, the same on every machine (the host's may differ in the last bit). Absolute error below 1e-15. */
export function cosine(x: number): number {
  return quarterTurn(x, 0);
}

/** sin x for |x| < 10⁶, the same on every machine. Absolute error below 1e-15. */
export function sine(x: number): number {
  return quarterTurn(x, 3);
}
