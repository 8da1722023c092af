import fc from 'fast-check';
import { describe, test } from 'vitest';
import { lossesAndGradients } from '../../../src/engines/reference/lossesAndGradients.ts';
import { tfjsEngine } from '../../../src/engines/tfjs/index.ts';
import { toyCases } from '../toyCases.ts';
import { expectSameGradients } from './expectSameGradients.ts';
import { stateAt } from './stateAt.ts';

describe.each(['cpu', 'wasm'] as const)('gradients on tfjs:%s', (backend) => {
  test('agree with the reference to 1e-4, over odd shapes and every option', async () => {
    await fc.assert(
      fc.asyncProperty(toyCases, async ({ config, parameters, batch }) => {
        const session = await tfjsEngine(backend).open(config, stateAt(config, parameters));
        const computed = await session.evaluate(batch);
        session.dispose();
        expectSameGradients(computed, lossesAndGradients(config, parameters, batch));
      }),
      { numRuns: 150 },
    );
  });
});
