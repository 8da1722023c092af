import type { ToyConfig } from '../../config/toyConfig.ts';
import type { ToyParameters } from '../../model/toyParameters.ts';

/**
 * Adds one token's share of the reconstruction loss: f̂ = relu(Wᵀh + b), the squared error weighted by importance.
 *
 * @param f [N] strengths, `h` [D] the token W f
 * @param share weight of this token in the batch's mean
 * @param dh [D] receives ∂L/∂h
 * @returns the token's loss, before `share`
 */
export function addReconstruction(
  config: ToyConfig,
  { W, b }: ToyParameters,
  f: Float64Array,
  h: Float64Array,
  share: number,
  gradients: ToyParameters,
  dh: Float64Array,
): number {
  const { features: N, dimension: D, importance, reconstruction } = config;
  const divisor = reconstruction === 'mean' ? N : 1;
  let loss = 0;
  for (let i = 0; i < N; i += 1) {
    let z = b[i];
    for (let d = 0; d < D; d += 1) z += W[d * N + i] * h[d];
    const weight = (Array.isArray(importance) ? importance[i] : importance) / divisor;
    const error = Math.max(z, 0) - f[i];
    loss += weight * error * error;
    if (z <= 0) continue;
    const dz = share * 2 * weight * error;
    gradients.b[i] += dz;
    for (let d = 0; d < D; d += 1) {
      gradients.W[d * N + i] += dz * h[d];
      dh[d] += dz * W[d * N + i];
    }
  }
  return loss;
}
