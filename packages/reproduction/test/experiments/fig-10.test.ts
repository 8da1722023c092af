import { expect, test } from 'vitest';
import { fig10 } from '../../src/experiments/fig-10.ts';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';

test('is a drawing: nothing to run, nothing to claim', () => {
  expect(fig10.tasks('paper', 0)).toEqual([]);
  expect(fig10.claims([])).toEqual([]);
});

test.each(['light', 'dark'] as const)('draws every part of the model in the %s theme', async (theme) => {
  const [figure] = fig10.draw([]);
  const svg = await renderSvg(figure.specification, theme);
  const { rect = 0, line = 0, symbol = 0 } = countMarks(svg);
  // Of rectangles two to a box: itself, and what is behind it.
  expect([rect, line, symbol]).toEqual([34, 21, 21]);
  const texts = ['fᵣ', 'hₛ = W fₛ', 'hᵣᵀ A Bᵀ hₛ', 'fᵣᵀ T fₛ', 'ReLU(Wᵀhₛ + b)', 'recon. + λ · attention'];
  expect(texts.filter((text) => !svg.includes(text))).toEqual([]);
});
