import { SvfError } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';
import { parameterNames, parameterShapes, type ToyParameters } from '../model/toyParameters.ts';
import type { Snapshot } from './snapshot.ts';
import type { Checkpoint } from './train.ts';

/** A named array, row-major. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const MOMENTS = ['parameters', 'firstMoment', 'secondMoment'] as const;

/** The parameters as named tensors, each name after `prefix`. */
export function parameterTensors(
  config: ToyConfig,
  parameters: ToyParameters,
  prefix = '',
): Record<string, NamedTensor> {
  const shapes = parameterShapes(config);
  return Object.fromEntries(
    parameterNames.map((name) => [
      `${prefix}${name}`,
      { shape: name === 'b' ? [config.features] : shapes[name], data: parameters[name] },
    ]),
  );
}

/** A checkpoint as named tensors, for a store or a safetensors file; `tensorsCheckpoint` reads it back. */
export function checkpointTensors(
  config: ToyConfig,
  { state, snapshots }: Checkpoint,
): Record<string, NamedTensor> {
  const tensors: Record<string, NamedTensor> = {
    step: { shape: [1], data: Float64Array.of(state.step) },
    sampler: { shape: [state.sampler.length], data: Float64Array.from(state.sampler) },
  };
  for (const part of MOMENTS) Object.assign(tensors, parameterTensors(config, state[part], `${part}.`));
  for (const { step, parameters, losses } of snapshots) {
    const { total, reconstruction, attention, klDivergence } = losses;
    Object.assign(tensors, parameterTensors(config, parameters, `snapshot.${step}.`));
    tensors[`snapshot.${step}.losses`] = {
      shape: [4],
      data: Float64Array.of(total, reconstruction, attention, klDivergence),
    };
  }
  return tensors;
}

/** @throws SvfError `bad-checkpoint` if a tensor is missing or of another size than the config asks for. */
export function tensorsCheckpoint(
  config: ToyConfig,
  tensors: Readonly<Record<string, NamedTensor>>,
): Checkpoint {
  const shapes = parameterShapes(config);
  const read = (name: string, length: number): Float64Array => {
    const data = tensors[name]?.data;
    if (data?.length !== length) {
      throw new SvfError(`The checkpoint's tensor ${name} does not fit the configuration.`, {
        code: 'bad-checkpoint',
        path: [name],
        expected: `${length} numbers`,
        received: data === undefined ? 'nothing' : `${data.length} numbers`,
        remedy: 'Delete the checkpoint and train again.',
      });
    }
    return data;
  };
  const parameters = (prefix: string): ToyParameters => {
    const [W, b, A, B] = parameterNames.map((name) =>
      read(`${prefix}${name}`, shapes[name][0] * shapes[name][1]),
    );
    return { W, b, A, B };
  };
  const steps = Object.keys(tensors)
    .map((name) => /^snapshot\.(\d+)\.losses$/.exec(name)?.[1])
    .filter((step) => step !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
  const snapshots = steps.map((step): Snapshot => {
    const [total, reconstruction, attention, klDivergence] = read(`snapshot.${step}.losses`, 4);
    const losses = { total, reconstruction, attention, klDivergence };
    return { step, parameters: parameters(`snapshot.${step}.`), losses };
  });
  return {
    state: {
      step: read('step', 1)[0],
      parameters: parameters('parameters.'),
      firstMoment: parameters('firstMoment.'),
      secondMoment: parameters('secondMoment.'),
      sampler: Uint32Array.from(read('sampler', 16)),
    },
    snapshots,
  };
}
