import { expect, it } from 'vitest';
import { robustness } from '../../../src/experiments/toy/robustness.ts';
import { countMarks } from '../../../src/figures/countMarks.ts';
import { renderSvg } from '../../../src/figures/renderSvg.ts';
import { sampleOutcome } from './sampleSweep.ts';

const sweep = robustness({
  id: 'sweep',
  figures: ['Fig. 0'],
  title: 'A sweep',
  summary: 'Of keys.',
  minutes: { quick: 1, paper: 1 },
  name: 'context length',
  symbol: 'm',
  scale: 'log',
  values: { quick: [2], paper: [2, 4] },
  change: (keys) => ({ keys }),
  aligns: (keys) => keys > 1,
  bound: 0.9,
});

it('plans every value with every seed under both losses', () => {
  const tasks = sweep.tasks('paper', 3);
  expect(tasks).toHaveLength(2 * 2 * 5);
  const named = tasks.map(({ toy }) => `${toy.reconstruction} ${toy.keys} ${toy.seed} ${toy.steps}`);
  expect(new Set(named).size).toBe(tasks.length);
  expect(named[0]).toBe('mean 2 3 30000');
  expect(named.at(-1)).toBe('sum 4 7 30000');
  expect(sweep.tasks('quick', 0).map(({ toy }) => toy.steps)).toEqual([24_000, 24_000, 10_000, 10_000]);
  for (const { value, toy } of tasks) expect(toy.keys).toBe(value);
});

const outcomes = [
  sampleOutcome(1, 'mean', 0, 0.2),
  sampleOutcome(2, 'mean', 0, 0.95),
  sampleOutcome(4, 'mean', 0, 0.97),
  sampleOutcome(1, 'sum', 0, 0.2),
  sampleOutcome(2, 'sum', 0, 0.97),
  sampleOutcome(4, 'sum', 0, 0.5, [8, 0, 0]),
];

it('judges each loss by its worst training, where the paper says that features align', () => {
  const claims = sweep.claims(outcomes);
  expect(claims.map(({ id, measured, verdict }) => [id, measured, verdict])).toEqual([
    ['sweep/mean', 0.95, 'reproduced'],
    ['sweep/sum', 0.5, 'not reproduced'],
  ]);
  expect(claims[0].claim).toContain('from 2 to 4');
  expect(claims[1].note).toContain('4: 0.5000 (1 of 2 pairs learned)');
});

it('draws every value of both losses', async () => {
  const [curves, features] = sweep.draw(outcomes);
  const marks = countMarks(await renderSvg(curves.specification, 'light'));
  expect(marks).toEqual({ area: 2, line: 2, symbol: 6 });
  expect(countMarks(await renderSvg(features.specification, 'light'))).toEqual({ rect: 24, text: 24 });
});
