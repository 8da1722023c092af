import { parseToyConfig, type ToyConfig, type ToyParameters, zeroParameters } from '@svf-alignment/toy';

/** Two pairs of interest, (0, 2) with target 8 and (1, 3) with 5, among eight features. */
export const alignedConfig: ToyConfig = parseToyConfig({
  features: 8,
  dimension: 8,
  headDimension: 3,
  keys: 3,
  targets: [
    { query: 0, key: 2, target: 8 },
    { query: 1, key: 3, target: 5 },
  ],
});

/** Features along the axes and Ω = 8 e₀e₂ᵀ + 5 e₁e₃ᵀ + `rest` e₄e₅ᵀ: what an ideal training leaves. */
export function alignedParameters(rest = 0): ToyParameters {
  const { features, headDimension } = alignedConfig;
  const parameters = zeroParameters(alignedConfig);
  for (let i = 0; i < features; i += 1) parameters.W[i * features + i] = 1;
  const pairs = [
    [0, 2, 8],
    [1, 3, 5],
    [4, 5, rest],
  ];
  pairs.forEach(([query, key, value], k) => {
    parameters.A[query * headDimension + k] = value;
    parameters.B[key * headDimension + k] = 1;
  });
  return parameters;
}
