import type { ActivationTensor } from '../forward/activations.ts';
import type { HookName } from '../forward/hookNames.ts';
import { nonFiniteActivation } from '../forward/nonFiniteActivation.ts';

/**
 * @param index which of the inputs, from 0
 * @throws SvfError `non-finite-activation` unless all is finite; scores are −∞ where a token would look ahead
 */
export function checkFiniteActivation(
  hook: HookName,
  { shape, data }: ActivationTensor,
  index: number,
): void {
  if (Number.isFinite(hook.endsWith('.hook_attn_scores') ? lowerSum(data, shape[1] ?? 0) : sum(data))) return;
  throw nonFiniteActivation(
    hook,
    index,
    data.find((value) => !Number.isFinite(value)),
  );
}

/** A sum of float32 numbers in float64 is finite just if all of them are: faster than asking each. */
function sum(data: ActivationTensor['data']): number {
  let even = 0;
  let odd = 0;
  for (let i = 1; i < data.length; i += 2) {
    even += data[i - 1];
    odd += data[i];
  }
  return even + odd + (data.length % 2 === 1 ? data[data.length - 1] : 0);
}

/** The same of [heads, T, T] on and below the diagonals. */
function lowerSum(data: ActivationTensor['data'], tokens: number): number {
  let total = 0;
  for (let row = 0; row * tokens < data.length; row += 1) {
    const end = row * tokens + (row % tokens) + 1;
    for (let i = row * tokens; i < end; i += 1) total += data[i];
  }
  return total;
}
