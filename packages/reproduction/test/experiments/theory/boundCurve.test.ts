import { PAPER_EPSILON_LIMIT } from '@svf-alignment/theory';
import { expect, it } from 'vitest';
import {
  curveClaims,
  curveFigures,
  curvePoints,
  curveTask,
  isCurveTask,
  runCurve,
} from '../../../src/experiments/theory/boundCurve.ts';
import { countMarks } from '../../../src/figures/countMarks.ts';
import { renderSvg } from '../../../src/figures/renderSvg.ts';

const task = { seed: 2, dimension: 4, samples: 20, epsilons: [0.05, 0.15, 0.4, 0.8] };
const points = curvePoints(runCurve(task));

it('covers ε where the paper claims something, and beyond', () => {
  const { epsilons } = curveTask('quick', 1);
  expect([...epsilons].sort((a, b) => a - b)).toEqual(epsilons);
  expect(new Set(epsilons).size).toBe(epsilons.length);
  expect(epsilons.filter((epsilon) => epsilon < PAPER_EPSILON_LIMIT).length).toBeGreaterThan(10);
  expect(epsilons.at(-1)).toBeGreaterThan(0.9);
  expect(epsilons.at(-1)).toBeLessThan(1);
  expect(isCurveTask(curveTask('paper', 1))).toBe(true);
});

it('claims what was measured, and can fail', () => {
  expect(curveClaims(points).map(({ id, verdict }) => [id, verdict])).toEqual([
    ['thm-2/looseness', 'reproduced'],
    ['thm-2/sharpness', 'reproduced'],
  ]);
  const beyond = points.map((point) => ({ ...point, worstSine: 4 * point.worstSine }));
  const short = points.map((point) => ({ ...point, worstSine: 0.99 * point.worstSine }));
  expect(curveClaims(beyond)[0]?.verdict).toBe('not reproduced');
  expect(curveClaims(short)[1]?.verdict).toBe('not reproduced');
});

it('draws three bounds, the random cases with their band, and a dot for each worst case', async () => {
  const figures = curveFigures(points, task);
  const marks = await Promise.all(
    figures.map(async ({ specification }) => countMarks(await renderSvg(specification, 'light'))),
  );
  expect(marks).toEqual([
    { area: 1, line: 4, symbol: 2 },
    { area: 1, line: 4, symbol: 4 },
  ]);
});
