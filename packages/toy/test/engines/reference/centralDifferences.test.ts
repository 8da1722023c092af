import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import { lossesAndGradients } from '../../../src/engines/reference/index.ts';
import { apply, applyTransposed } from '../../../src/engines/reference/linear.ts';
import { copyParameters, parameterNames, type ToyParameters } from '../../../src/model/toyParameters.ts';
import type { Batch } from '../../../src/sampling/batch.ts';
import { largest, toyCases } from '../toyCases.ts';

const STEP = 2e-4;

/** Signs of all pre-activations Wᵀh + b of the batch, as a text: relu is smooth between two points that share it. */
function activationPattern(config: ToyConfig, { W, b }: ToyParameters, { keyStrengths }: Batch): string {
  const { features: N, dimension: D } = config;
  let pattern = '';
  for (let at = 0; at < keyStrengths.length; at += N) {
    const token = apply(W, keyStrengths.subarray(at, at + N), D, N);
    const z = applyTransposed(W, token, D, N);
    pattern += Array.from(z, (value, i) => (value + b[i] > 0 ? '+' : '-')).join('');
  }
  return pattern;
}

test('gradients agree with fourth-order central differences to 1e-7 per tensor', () => {
  let compared = 0;
  let acrossKink = 0;
  fc.assert(
    fc.property(toyCases, ({ config, parameters, batch }) => {
      const { gradients } = lossesAndGradients(config, parameters, batch);
      for (const name of parameterNames) {
        if (config.freezeFeatures && (name === 'W' || name === 'b')) {
          expect(largest(gradients[name]), `gradient of the frozen ${name}`).toBe(0);
          continue;
        }
        const scale = Math.max(largest(gradients[name]), 1e-3);
        for (let i = 0; i < gradients[name].length; i += 1) {
          const moved = (offset: number) => {
            const point = copyParameters(parameters);
            point[name][i] += offset;
            return point;
          };
          const points = [-2 * STEP, -STEP, STEP, 2 * STEP].map(moved);
          const patterns = new Set(points.map((point) => activationPattern(config, point, batch)));
          if (patterns.size > 1) {
            acrossKink += 1;
            continue;
          }
          compared += 1;
          const [f0, f1, f2, f3] = points.map(
            (point) => lossesAndGradients(config, point, batch).losses.total,
          );
          const slope = (f0 - 8 * f1 + 8 * f2 - f3) / (12 * STEP);
          const error = Math.abs(slope - gradients[name][i]) / scale;
          expect(error, `relative error of the gradient of ${name}[${i}]`).toBeLessThanOrEqual(1e-7);
        }
      }
    }),
    { numRuns: 100 },
  );
  // Entries whose differences straddle a kink of relu say nothing; they must stay the exception.
  expect(acrossKink).toBeLessThan(0.05 * compared);
});
