/** sum + x·y, rounded twice: fused only where the hardware has it, which would make results depend on it. */
@inline
export function multiplyAdd(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}
