import {
  parameterNames,
  parseToyConfig,
  type ToyConfig,
  type TrainingEngine,
  train,
} from '@svf-alignment/toy';
import { referenceEngine } from '@svf-alignment/toy/engines/reference';
import { wasmEngine } from '@svf-alignment/toy/engines/wasm';
import { type Check, fails, works } from './check.ts';
import { reason } from './reason.ts';

/** After ten steps float32 and float64 are this close, by a wide margin. */
const TOLERANCE = 1e-4;

/** Trains ten steps with the default engine and compares every parameter with the reference's. */
export async function checkEngine(): Promise<Check> {
  const id = 'engine-wasm';
  const remedy = 'Train with --engine reference, and report this with the output of `svf doctor --json`.';
  try {
    const config = parseToyConfig({ batchKeys: 64, steps: 10 });
    const difference = await largestDifference(config, wasmEngine, referenceEngine);
    const detail = `10 steps, parameters within ${difference.toExponential(1)} of the reference's`;
    return difference <= TOLERANCE ? works(id, detail) : fails(id, detail, remedy);
  } catch (error) {
    return fails(id, reason(error), remedy);
  }
}

async function largestDifference(
  config: ToyConfig,
  engine: TrainingEngine,
  reference: TrainingEngine,
): Promise<number> {
  const [ours, theirs] = [await train(config, { engine }), await train(config, { engine: reference })];
  const differences = parameterNames.flatMap((name) => {
    const wanted = theirs.state.parameters[name];
    return Array.from(ours.state.parameters[name], (value, i) => Math.abs(value - (wanted[i] ?? Number.NaN)));
  });
  return differences.reduce((largest, difference) => Math.max(largest, difference), 0);
}
