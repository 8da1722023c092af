import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';

/** t_j = Σ T_kl f_k f_l over the target pairs, for every query and each of its keys; four queries at a time. */
export function targetLogits(plan: Plan): void {
  const width = <usize>plan.targets << 2;
  const rowBytes = <usize>plan.blockQueries << 2;
  const positionStride = <usize>plan.paddedQueries << 2;
  for (let block = 0; block < plan.blocks; block += 1) {
    const first = <usize>block * rowBytes;
    let keys = plan.keyTokens + <usize>block * plan.blockBytes;
    let factors = plan.targetFactors;
    let to = plan.targetLogits + first;
    for (let position = 0; position < plan.keys; position += 1) {
      memory.fill(to, 0, rowBytes);
      for (let pair: usize = 0; pair < width; pair += 4) {
        const factor = v128.load_splat<f32>(factors + pair);
        const query = plan.queryTokens + first + <usize>load<i32>(plan.targetQuery + pair) * plan.queryStride;
        const key = keys + <usize>load<i32>(plan.targetKey + pair) * plan.blockStride;
        for (let at: usize = 0; at < rowBytes; at += 16) {
          const wanted = f32x4.mul(factor, v128.load(query + at));
          v128.store(to + at, multiplyAdd(v128.load(to + at), wanted, v128.load(key + at)));
        }
      }
      keys += rowBytes;
      to += positionStride;
      factors += width;
    }
  }
}
