import { decodeSafetensors } from '@svf-alignment/core/safetensors';
import { expect, it } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { checkpointTensors, tensorsCheckpoint } from '../../src/training/checkpointTensors.ts';
import { encodeModel } from '../../src/training/encodeModel.ts';
import { train } from '../../src/training/train.ts';

const config = parseToyConfig({
  features: 5,
  dimension: 3,
  headDimension: 2,
  keys: 2,
  batchKeys: 8,
  targets: [],
  steps: 6,
});

it('reads back the checkpoint that was written', async () => {
  const { state, snapshots } = await train(config, { engine: referenceEngine, snapshotAt: [2, 4] });
  const tensors = checkpointTensors(config, { state, snapshots });
  expect(tensorsCheckpoint(config, tensors)).toEqual({ state, snapshots });
});

it('refuses tensors that are missing or of another shape', async () => {
  const { state } = await train(config, { engine: referenceEngine });
  const { step, ...missing } = checkpointTensors(config, { state, snapshots: [] });
  expect(() => tensorsCheckpoint(config, missing)).toThrow(/step/);
  const other = parseToyConfig({ ...config, features: 6 });
  expect(() => tensorsCheckpoint(other, { step, ...missing })).toThrow(/parameters\.W/);
});

it('exports a model as safetensors with its shapes, values and configuration', async () => {
  const { state } = await train(config, { engine: referenceEngine });
  const file = decodeSafetensors(encodeModel(config, state.parameters));
  expect(Object.fromEntries([...file.tensors].map(([name, { shape }]) => [name, [...shape]]))).toEqual({
    A: [3, 2],
    B: [3, 2],
    W: [3, 5],
    b: [5],
  });
  expect(file.tensors.get('W')?.data).toEqual(state.parameters.W);
  expect(JSON.parse(file.metadata.config)).toEqual(config);
});
