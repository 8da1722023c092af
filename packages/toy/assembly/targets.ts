import { Plan } from './plan';

/** t_j = Σ T_kl f_k f_l over the target pairs, for every query and each of its keys. */
export function targetLogits(plan: Plan): void {
  const stride = (<usize>plan.features) << 2;
  const width = (<usize>plan.targets) << 2;
  const positionStride = (<usize>plan.paddedQueries) << 2;
  let key = plan.keyTokens;
  for (let query = 0; query < plan.queries; query += 1) {
    const token = plan.queryTokens + <usize>query * stride;
    for (let at: usize = 0; at < width; at += 4) {
      store<f32>(plan.targetStrengths + at, load<f32>(token + load<u32>(plan.targetQuery + at)));
    }
    let factors = plan.targetFactors;
    let to = plan.targetLogits + ((<usize>query) << 2);
    for (let position = 0; position < plan.keys; position += 1) {
      let sum: f32 = 0;
      for (let at: usize = 0; at < width; at += 4) {
        const strength = load<f32>(key + load<u32>(plan.targetKey + at));
        sum += load<f32>(factors + at) * load<f32>(plan.targetStrengths + at) * strength;
      }
      store<f32>(to, sum);
      to += positionStride;
      factors += width;
      key += stride;
    }
  }
}
