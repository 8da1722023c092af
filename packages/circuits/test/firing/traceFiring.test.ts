import { fc, test } from '@fast-check/vitest';
import type { Weights } from '@svf-alignment/real-models';
import { describe, expect } from 'vitest';
import { randomWeights } from '../../../real-models/test/forward/randomWeights.ts';
import { type FiringSide, traceFiring } from '../../src/firing/traceFiring.ts';
import { type NaiveSide, naiveFiring } from '../oracle/naiveFiring.ts';
import { modelOf, randomModel, randomShapes } from '../randomModel.ts';

const firing = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  ids: fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 2, maxLength: 6 }),
  layer: fc.integer({ min: 1, max: 2 }),
  head: fc.integer({ min: 0, max: 3 }),
  destination: fc.nat(),
  source: fc.nat(),
  /** Threshold as a share of the attention weight. */
  share: fc.double({ min: 0.05, max: 0.98, noNaN: true }),
});

function expectSide(side: FiringSide, naive: NaiveSide): void {
  const found = side.contributions.map((own) => [[own.layer, own.component, own.token], own.singularVectors]);
  expect(found).toEqual(naive.contributions.map(([key, terms]) => [key, terms]));
  for (const [i, [, , weight]] of naive.contributions.entries()) {
    expect(Math.abs(side.contributions[i].weight - weight)).toBeLessThan(1e-9);
  }
  expect(side.removals).toBe(naive.removals);
}

/** Query vectors have an entry that is always 0, so that heads have a singular value of 0; one head in a layer writes nothing. */
function withDeadParts(weights: Weights): Weights {
  return {
    ...weights,
    async attention(layer) {
      const own = await weights.attention(layer);
      const last = weights.shape.dHead - 1;
      for (const [head, query] of own.W_Q.entries()) {
        for (let i = 0; i < query.rows; i += 1) query.set(i, last, 0);
        own.b_Q[head][last] = 0;
      }
      own.W_V[1].mul(0);
      own.b_V[1].fill(0);
      return own;
    },
  };
}

describe.each(Object.entries(randomShapes))('%s', (_, shape) => {
  test.prop([firing], { numRuns: 12 })('a firing is what the definition says', async (drawn) => {
    const { weights, run } = await randomModel(shape, drawn.seed);
    const { activations, prompt } = await run(drawn.ids);
    const destination = 1 + (drawn.destination % (drawn.ids.length - 1));
    const source = drawn.source % (destination + 1);
    const { layer, head } = drawn;
    const tokens = drawn.ids.length;
    const attention = prompt.layers[layer].pattern[(head * tokens + destination) * tokens + source];
    const threshold = drawn.share * attention;

    const trace = traceFiring(prompt, { layer, head, destination, source }, threshold);
    const naive = await naiveFiring(weights, activations, [layer, head, destination, source], threshold);

    // Some gradients are zero in theory, such as those of an offset that every token has alike: rounding orders them.
    fc.pre(Math.min(naive.destination.margin, naive.source.margin) > 1e-12);

    expect(trace.attention).toBe(attention);
    expectSide(trace.destination, naive.destination);
    expectSide(trace.source, naive.source);
    const { queries, keys } = prompt.layers[layer];
    const { dHead, heads, keyValueHeads, attentionScale } = shape;
    const keyHead = Math.floor((head * keyValueHeads) / heads);
    for (let t = 0; t <= destination; t += 1) {
      let score = 0;
      for (let i = 0; i < dHead; i += 1) {
        const query = queries[(destination * heads + head) * dHead + i];
        score += (query * keys[(t * keyValueHeads + keyHead) * dHead + i]) / attentionScale;
      }
      expect(Math.abs(naive.destination.sum[t] - score)).toBeLessThan(1e-9);
      expect(Math.abs(naive.source.sum[t] - score)).toBeLessThan(1e-9);
    }
    expect(Math.max(trace.destination.scoreError, trace.source.scoreError)).toBeLessThan(1e-9);
  });

  test.prop([firing], { numRuns: 5 })(
    'products of head pairs change nothing, to the last bit',
    async (drawn) => {
      const { model, run } = await randomModel(shape, drawn.seed);
      const { prompt } = await run(drawn.ids);
      const destination = 1 + (drawn.destination % (drawn.ids.length - 1));
      const source = drawn.source % (destination + 1);
      const one = { layer: drawn.layer, head: drawn.head, destination, source };
      const before = traceFiring(prompt, one, 0.01);
      model.products.makeAll();
      expect(model.products.bytes).toBeGreaterThan(0);
      expect(traceFiring(prompt, one, 0.01)).toEqual(before);
    },
  );

  test.prop([firing], { numRuns: 3 })(
    'nor do they where heads read and write nothing, down to the last candidate',
    async (drawn) => {
      const { model, run } = await modelOf(withDeadParts(randomWeights(shape, drawn.seed)));
      const { prompt } = await run(drawn.ids);
      const destination = 1 + (drawn.destination % (drawn.ids.length - 1));
      const source = drawn.source % (destination + 1);
      const one = { layer: drawn.layer, head: drawn.head, destination, source };
      const before = traceFiring(prompt, one, 1e-300);
      model.products.makeAll();
      expect(traceFiring(prompt, one, 1e-300)).toEqual(before);
    },
  );
});
