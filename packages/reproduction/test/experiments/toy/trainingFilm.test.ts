import { parseToyConfig } from '@svf-alignment/toy';
import { expect, test } from 'vitest';
import { fig03 } from '../../../src/experiments/fig-03.ts';
import { requireFilm } from '../../../src/lab/requireFilm.ts';

const toy = parseToyConfig({ steps: 30, batchKeys: 64, seed: 3 });
const config = { name: 'seed-3', toy };
const result = await fig03.run(config, {
  signal: new AbortController().signal,
  onProgress: () => {},
  checkpoint: undefined,
  keep: async () => {},
});
const film = fig03.film?.([{ config, result }]);

test('shows every snapshot from the start to the end, in parts that fit', () => {
  expect(film?.steps).toEqual(Array.from({ length: 31 }, (_, step) => step));
  expect(() => film && requireFilm(film)).not.toThrow();
});

test('ends with what the trained model is', () => {
  const last = (data: Float64Array, length: number) => [...data.subarray(data.length - length)];
  const [features, left, right] = film?.matrices.map(({ values }) => values.data) ?? [];
  expect(last(features, 400)).toEqual([...result.tensors.featureCosines.data]);
  expect(last(left, 200)).toEqual([...result.tensors.leftAlignment.data]);
  expect(last(right, 200)).toEqual([...result.tensors.rightAlignment.data]);
  expect(film && last(film.spectrum.values.data, 10)).toEqual(result.values.singularValues);
  expect(film?.curves.series.map(({ values }) => values.data.at(-1))).toEqual(
    ['reconstruction', 'attention', 'klDivergence'].map(
      (name) => (result.values.losses as Record<string, number>)[name],
    ),
  );
});

test('marks where pairs should come to lie: rank by rank, queries on the left and keys on the right', () => {
  expect(film?.matrices.map(({ marked }) => marked)).toEqual([
    [],
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ],
    [
      [4, 0],
      [5, 1],
      [6, 2],
      [7, 3],
    ],
  ]);
  expect(film?.spectrum.targets.values).toEqual([24, 21, 18, 15]);
});
