import {
  haarOrthogonal,
  Matrix,
  packedColumns,
  randomStream,
  reconstructionCount,
  relativeAttentionTerms,
  sparsity,
} from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { rotatedProjection, sameOmegaProjection } from '../../src/sad/controlProjection.ts';
import { decomposePrompt } from '../../src/sad/decomposePrompt.ts';
import { type HeadProjection, headProjection } from '../../src/sad/headProjection.ts';
import { pairTerms } from '../../src/sad/pairTerms.ts';
import { sadControl } from '../../src/sad/sadControl.ts';
import type { ControlKind } from '../../src/sad/sadRow.ts';
import { shapes } from '../forward/randomWeights.ts';
import { caught } from './caught.ts';
import { axisFactors, promptOf } from './drawnHead.ts';
import { randomPrompt } from './randomPrompt.ts';
import { tokenSpace } from './tokenSpace.ts';

const KINDS: readonly ControlKind[] = ['rotated', 'same-omega'];
const SCALE = 2.5;

function* pairs(tokens: number): Generator<[number, number]> {
  for (let d = 1; d < tokens; d += 1) for (let s = 0; s <= d; s += 1) yield [d, s];
}

/** Terms of all pairs of a projection. */
function allTerms(projection: HeadProjection): number[][] {
  const terms = new Float64Array(projection.terms);
  return Array.from(pairs(projection.tokens), ([destination, source]) => {
    pairTerms(projection, destination, source, SCALE, terms);
    return Array.from(terms);
  });
}

/** Terms of all pairs by core, from p and q as matrices [T, K]. */
function termsByCore(p: Matrix, q: Matrix): number[][] {
  return Array.from(pairs(p.rows), ([destination, source]) => {
    const context = q.subMatrix(0, destination, 0, q.columns - 1);
    return Array.from(relativeAttentionTerms(p.getRow(destination), context, source, SCALE));
  });
}

function expectClose(actual: readonly number[][], expected: readonly number[][], tolerance: number): void {
  const size = Math.max(...expected.flat().map(Math.abs));
  expect(actual.length).toBe(expected.length);
  for (const [i, terms] of actual.entries()) {
    for (const [k, term] of terms.entries()) {
      expect(Math.abs(term - expected[i][k])).toBeLessThanOrEqual(tolerance * size);
    }
  }
}

const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

describe.each(['gpt2', 'llama'] as const)('changed heads, %s', (family) => {
  const shape = shapes[family];
  const at = { layer: 1, head: 2 };
  const turn = (name: string) => haarOrthogonal(shape.dHead, randomStream(4, name));

  async function head() {
    const { activations, weights, factors } = await randomPrompt(shape, 5);
    const own = factors[at.layer][at.head];
    return {
      factors: own,
      projection: headProjection(activations, shape, own, at),
      space: await tokenSpace(activations, weights, at),
    };
  }

  test('rotation by the identity is the SVD basis', async () => {
    const { projection, factors } = await head();
    const identity = packedColumns(Matrix.eye(shape.dHead));
    const terms = allTerms(projection);
    expectClose(allTerms(rotatedProjection(projection, factors, identity, identity)), terms, 1e-12);
    expectClose(allTerms(sameOmegaProjection(projection, factors, identity)), terms, 1e-12);
  });

  test('rotated is Ω = (U Q₁) Σ (V Q₂)ᵀ', async () => {
    const { projection, factors, space } = await head();
    const [left, right] = [turn('left'), turn('right')];
    // One sign for each pair of singular vectors is free, and differs where u_k is oriented: take that of the factors.
    const signs = Array.from(space.singularValues, (_, k) => {
      const p = projection.destination[k];
      return Math.sign(p * space.destinations.mmul(space.U).get(0, k));
    });
    const sigma = Matrix.diag(Array.from(space.singularValues));
    const U = space.U.mmul(Matrix.diag(signs));
    const V = space.V.mmul(Matrix.diag(signs));
    const expected = termsByCore(
      space.destinations.mmul(U).mmul(left).mmul(sigma),
      space.sources.mmul(V).mmul(right),
    );
    const changed = rotatedProjection(projection, factors, packedColumns(left), packedColumns(right));
    expectClose(allTerms(changed), expected, 1e-10);
    const sums = allTerms(projection).map(total);
    const changedSums = allTerms(changed).map(total);
    expect(changedSums.some((sum, i) => Math.sign(sum) !== Math.sign(sums[i]))).toBe(true);
  });

  test('same-omega is (U Σ^½ Q)(Qᵀ Σ^½ Vᵀ), with the relative attention that was', async () => {
    const { projection, factors, space } = await head();
    const q = turn('between');
    const signs = Array.from(space.singularValues, (_, k) =>
      Math.sign(projection.destination[k] * space.destinations.mmul(space.U).get(0, k)),
    );
    const root = Matrix.diag(Array.from(space.singularValues, Math.sqrt));
    const flip = Matrix.diag(signs);
    const expected = termsByCore(
      space.destinations.mmul(space.U).mmul(flip).mmul(root).mmul(q),
      space.sources.mmul(space.V).mmul(flip).mmul(root).mmul(q),
    );
    const changed = allTerms(sameOmegaProjection(projection, factors, packedColumns(q)));
    expectClose(changed, expected, 1e-10);
    for (const [i, terms] of allTerms(projection).entries()) {
      const size = Math.max(...terms.map(Math.abs), ...changed[i].map(Math.abs));
      expect(Math.abs(total(changed[i]) - total(terms))).toBeLessThanOrEqual(1e-12 * size);
    }
  });
});

describe('sadControl', () => {
  test('a row has means over the seeds, counts where they are defined', async () => {
    const { activations, shape, factors } = await randomPrompt(shapes.neox, 6);
    const at = { layer: 2, head: 1 };
    const controls = KINDS.map((kind) => sadControl(kind, { seeds: 3, seed: 8 }));
    const rows = [...decomposePrompt(activations, shape, factors, { heads: [at], controls, terms: true })];
    const projection = headProjection(activations, shape, factors[at.layer][at.head], at);
    for (const [c, control] of controls.entries()) {
      const changed = control.projections(projection, factors[at.layer][at.head], at).map(allTerms);
      expect(changed).toHaveLength(3);
      let partly = 0;
      for (const [i, row] of rows.entries()) {
        const sparsities = changed.map((terms) => sparsity(terms[i]) ?? 0);
        const counts = changed
          .map((terms) => reconstructionCount(terms[i]))
          .filter((count) => count !== null);
        expect(row.controls[c]).toEqual({
          kind: control.kind,
          seeds: 3,
          sparsity: expect.closeTo(total(sparsities) / 3, 12),
          reconstructionCount: counts.length === 0 ? null : expect.closeTo(total(counts) / counts.length, 12),
          definedSeeds: counts.length,
          terms: changed[0][i].map((term) => expect.closeTo((term * SCALE) / shape.attentionScale, 9)),
        });
        if (counts.length > 0 && counts.length < 3) partly += 1;
        if (control.kind === 'same-omega') {
          expect(row.controls[c].definedSeeds).toBe(row.relativeAttention > 0 ? 3 : 0);
        }
      }
      if (control.kind === 'rotated') expect(partly).toBeGreaterThan(0);
    }
  });

  test('rotations depend on seed, kind, head and their number only', async () => {
    const { activations, shape, factors } = await randomPrompt(shapes.gpt2, 7);
    const rows = (kind: ControlKind, seed: number, options = {}) => [
      ...decomposePrompt(activations, shape, factors, {
        controls: [sadControl(kind, { seeds: 2, seed })],
        ...options,
      }),
    ];
    for (const kind of KINDS) {
      const all = rows(kind, 1);
      const heads = [{ layer: 2, head: 3 }];
      const alone = all.filter(({ layer, head }) => layer === 2 && head === 3);
      expect(rows(kind, 1, { heads })).toEqual(alone);
      expect(rows(kind, 2, { heads })[0].controls).not.toEqual(alone[0].controls);
    }
    // The same queries, keys and factors in another head meet another rotation.
    const projection = headProjection(activations, shape, factors[0][0], { layer: 0, head: 0 });
    const control = sadControl('same-omega', { seeds: 2 });
    const seen = [
      { layer: 0, head: 0 },
      { layer: 0, head: 1 },
      { layer: 1, head: 0 },
    ].flatMap((at) => control.projections(projection, factors[0][0], at).map(({ source }) => source[0]));
    expect(new Set(seen).size).toBe(6);
    expect(control.projections(projection, factors[0][0], { layer: 0, head: 0 })[0].source[0]).toBe(seen[0]);
  });

  test('heads of lower rank: finite, and the same relative attention', () => {
    const draw = randomStream(3, 'vectors');
    const vectors = () => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => draw.normal()));
    for (const singularValues of [
      [3, 1, 0, 0],
      [2, 1, 1e-17, 1e-18],
      [0, 0, 0, 0],
    ]) {
      const prompt = promptOf({ queries: vectors(), keys: vectors(), factors: axisFactors(singularValues) });
      for (const row of decomposePrompt(...prompt, { controls: KINDS.map((kind) => sadControl(kind)) })) {
        const [rotated, sameOmega] = row.controls;
        const none = singularValues[0] === 0;
        expect(row.sparsity === null).toBe(none);
        expect(rotated.sparsity === null).toBe(none);
        expect(sameOmega.sparsity === null).toBe(none);
        for (const { sparsity: a } of [rotated, sameOmega]) expect(Number.isFinite(a ?? 0)).toBe(true);
        expect(sameOmega.definedSeeds).toBe(row.relativeAttention > 0 ? 5 : 0);
      }
    }
  });

  test('needs a rotation', () => {
    for (const seeds of [0, -1, 1.5, Number.NaN]) {
      expect(caught(() => sadControl('rotated', { seeds }))).toMatchObject({
        code: 'seeds-out-of-range',
        path: ['seeds'],
      });
    }
  });
});
