/** AdamW's constants (Loshchilov and Hutter 2019), PyTorch's defaults. */
export const adamW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** 1 − βⁿ, by squaring: the same on every machine. */
export function biasCorrection(beta: number, step: number): number {
  let power = 1;
  let factor = beta;
  for (let bits = step; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) power *= factor;
    factor *= factor;
  }
  return 1 - power;
}
