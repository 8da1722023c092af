import { Matrix, randomStream, relativeAttentionTerms } from '@svf-alignment/core';
import { headDecomposition, initialParameters, parameterMatrix, parseToyConfig } from '@svf-alignment/toy';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawContexts } from '../../../src/experiments/toy/attentionContexts.ts';
import { contributions } from '../../../src/experiments/toy/contributions.ts';
import { alignedConfig, alignedParameters } from './alignedModel.ts';

it('gives the present pair its target logit as its contribution, and the others nothing', () => {
  const [first, second] = alignedConfig.targets;
  const decompose = (pairs: typeof alignedConfig.targets) => {
    const drawn = drawContexts(alignedConfig, 1, randomStream(0, 'test'), () => ({ pairs, strength: 1 }));
    return [...contributions(alignedConfig, alignedParameters(), drawn)[0]];
  };
  const close = (values: number[]) => values.map((value) => expect.closeTo(value, 10));
  expect(decompose([first])).toEqual(close([8, 0, 0]));
  expect(decompose([first, second])).toEqual(close([8, 5, 0]));
  expect(decompose([])).toEqual(close([0, 0, 0]));
});

it('is the relative attention of the tokens, term by term', () => {
  const strengths = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 });
  const context = fc.tuple(strengths, fc.array(strengths, { minLength: 2, maxLength: 5 }));
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), context, (seed, scaledLogits, [query, keys]) => {
      const config = parseToyConfig({ seed, scaledLogits, features: 9, dimension: 5, headDimension: 4 });
      const parameters = initialParameters(config);
      const { U, singularValues, V } = headDecomposition(config, parameters);
      const tokens = new Matrix([query, ...keys]).mmul(parameterMatrix(config, parameters, 'W').transpose());
      const destination = tokens
        .mmul(U)
        .getRow(0)
        .map((value, k) => value * singularValues[k]);
      const sources = tokens.mmul(V).subMatrix(1, keys.length, 0, 3);
      const expected = relativeAttentionTerms(destination, sources, 0, scaledLogits ? 2 : 1);

      const others = keys.slice(1);
      const mean = query.map((_, i) => others.reduce((sum, key) => sum + key[i] / others.length, 0));
      const drawn = {
        queries: new Matrix([query]),
        attended: new Matrix([keys[0]]),
        others: new Matrix([mean]),
      };
      const [terms] = contributions(config, parameters, drawn);
      terms.forEach((term, k) => {
        expect(term).toBeCloseTo(expected[k], 12);
      });
    }),
    { numRuns: 50 },
  );
});
