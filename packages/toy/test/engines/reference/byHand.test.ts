import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { lossesAndGradients } from '../../../src/engines/reference/index.ts';

const noHead = { headDimension: 0, keys: 1, batchKeys: 1, attentionWeight: 0, targets: [] } as const;
const noStrengths = new Float64Array(0);

describe('losses worked out by hand', () => {
  test('reconstruction: W = [1 0], f = (½, ¼): f̂ = (½, 0), squared error 1/16', () => {
    const parameters = {
      W: Float64Array.of(1, 0),
      b: new Float64Array(2),
      A: noStrengths,
      B: noStrengths,
    };
    const batch = { queries: 1, keyStrengths: Float64Array.of(0.5, 0.25), queryStrengths: noStrengths };
    const loss = (settings: object) => {
      const config = parseToyConfig({ ...noHead, features: 2, dimension: 1, ...settings });
      return lossesAndGradients(config, parameters, batch).losses.total;
    };
    expect(loss({ reconstruction: 'sum' })).toBe(1 / 16);
    expect(loss({ reconstruction: 'mean' })).toBe(1 / 32);
    expect(loss({ importance: [7, 3] })).toBe(3 / 16);
    expect(loss({ importance: 2 })).toBe(2 / 16);
  });

  test('reconstruction gradient: W = 1, b = 1, f = ½: f̂ = 1½, dL/db = 2, dL/dW = 2·(2 W f)', () => {
    const config = parseToyConfig({ ...noHead, features: 1, dimension: 1 });
    const parameters = { W: Float64Array.of(1), b: Float64Array.of(1), A: noStrengths, B: noStrengths };
    const batch = { queries: 1, keyStrengths: Float64Array.of(0.5), queryStrengths: noStrengths };
    const { gradients } = lossesAndGradients(config, parameters, batch);
    expect(gradients.b[0]).toBe(2);
    expect(gradients.W[0]).toBe(2);
  });

  const oneFeature = {
    features: 1,
    dimension: 1,
    headDimension: 1,
    keys: 2,
    batchKeys: 2,
    importance: 0,
    attentionWeight: 1,
    targets: [{ query: 0, key: 0, target: Math.log(3) }],
  };
  // The query and the first key hold the feature, the second key does not: attention is (σ, 1 − σ) of one logit.
  const oneOfTwo = { queries: 1, keyStrengths: Float64Array.of(1, 0), queryStrengths: Float64Array.of(1) };
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));

  test('attention that equals its target (¾, ¼) has divergence 0 and the target’s entropy as cross-entropy', () => {
    const parameters = {
      W: Float64Array.of(1),
      b: Float64Array.of(0),
      A: Float64Array.of(1),
      B: Float64Array.of(Math.log(3)),
    };
    const { losses, gradients } = lossesAndGradients(parseToyConfig(oneFeature), parameters, oneOfTwo);
    expect(losses.klDivergence).toBeCloseTo(0, 14);
    expect(losses.attention).toBeCloseTo(entropy, 14);
    expect(losses.total).toBeCloseTo(entropy, 14);
    expect(gradients.A[0]).toBeCloseTo(0, 14);
  });

  test('a head that is zero attends evenly: cross-entropy log 2; λ weighs it; dL/dB = λ(½ − ¾) A', () => {
    const parameters = {
      W: Float64Array.of(1),
      b: Float64Array.of(0),
      A: Float64Array.of(5),
      B: Float64Array.of(0),
    };
    const config = parseToyConfig({ ...oneFeature, attentionWeight: 3 });
    const { losses, gradients } = lossesAndGradients(config, parameters, oneOfTwo);
    expect(losses.attention).toBeCloseTo(Math.LN2, 14);
    expect(losses.klDivergence).toBeCloseTo(Math.LN2 - entropy, 14);
    expect(losses.total).toBeCloseTo(3 * Math.LN2, 14);
    expect(gradients.B[0]).toBeCloseTo(3 * (0.5 - 0.75) * 5, 13);
  });

  test('scaled logits are divided by √H', () => {
    // H = 4, of which one coordinate is used: ℓ = 2 log 3 / √4 = log 3.
    const config = parseToyConfig({
      ...oneFeature,
      features: 4,
      dimension: 4,
      headDimension: 4,
      scaledLogits: true,
    });
    const W = new Float64Array(16);
    const A = new Float64Array(16);
    const B = new Float64Array(16);
    W[0] = 1;
    A[0] = 2;
    B[0] = Math.log(3);
    const batch = {
      queries: 1,
      keyStrengths: Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0),
      queryStrengths: Float64Array.of(1, 0, 0, 0),
    };
    const { losses } = lossesAndGradients(config, { W, b: new Float64Array(4), A, B }, batch);
    expect(losses.klDivergence).toBeCloseTo(0, 14);
  });

  test('rotary: equal q and k one position apart have logit cos 1, at the query’s own position 1', () => {
    const config = parseToyConfig({
      ...oneFeature,
      features: 2,
      dimension: 2,
      headDimension: 2,
      targets: [],
      rotary: {},
    });
    const identity = () => Float64Array.of(1, 0, 0, 1);
    const parameters = { W: identity(), b: new Float64Array(2), A: identity(), B: identity() };
    const batch = {
      queries: 1,
      keyStrengths: Float64Array.of(1, 0, 1, 0),
      queryStrengths: Float64Array.of(1, 0),
    };
    const logits = [Math.cos(1), 1];
    const total = Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
    const { losses } = lossesAndGradients(config, parameters, batch);
    expect(losses.attention).toBeCloseTo(total - (logits[0] + logits[1]) / 2, 14);
  });

  test('rotary turns counter-clockwise: k = e₀ one position before q = e₁ has logit −sin 1', () => {
    const config = parseToyConfig({
      ...oneFeature,
      features: 2,
      dimension: 2,
      headDimension: 2,
      targets: [],
      rotary: {},
    });
    const identity = () => Float64Array.of(1, 0, 0, 1);
    const parameters = { W: identity(), b: new Float64Array(2), A: identity(), B: identity() };
    const batch = {
      queries: 1,
      keyStrengths: Float64Array.of(1, 0, 0, 0),
      queryStrengths: Float64Array.of(0, 1),
    };
    const logits = [-Math.sin(1), 0];
    const total = Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
    const { losses } = lossesAndGradients(config, parameters, batch);
    expect(losses.attention).toBeCloseTo(total - (logits[0] + logits[1]) / 2, 14);
  });

  test('one key: attention is certain, and its loss zero', () => {
    const config = parseToyConfig({ ...oneFeature, keys: 1, batchKeys: 1 });
    const parameters = {
      W: Float64Array.of(1),
      b: Float64Array.of(0),
      A: Float64Array.of(1),
      B: Float64Array.of(1),
    };
    const batch = { queries: 1, keyStrengths: Float64Array.of(1), queryStrengths: Float64Array.of(1) };
    expect(lossesAndGradients(config, parameters, batch).losses.attention).toBeCloseTo(0, 15);
  });
});
