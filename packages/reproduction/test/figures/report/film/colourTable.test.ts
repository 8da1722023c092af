import { expect, test } from 'vitest';
import { colourTable } from '../../../../src/figures/report/film/colourTable.ts';

test('goes from the first stop over the middle one to the last', () => {
  const table = colourTable(['#000000', '#ff8000', '#0000ff']);
  const colour = (level: number) => [...table.subarray(3 * level, 3 * level + 3)];
  expect(table).toHaveLength(3 * 256);
  expect([colour(0), colour(255)]).toEqual([
    [0, 0, 0],
    [0, 0, 255],
  ]);
  expect(colour(51)).toEqual([102, 51, 0]);
  expect(colour(127)[0]).toBeGreaterThan(250);
});
