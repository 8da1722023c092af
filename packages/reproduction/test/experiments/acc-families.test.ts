import { expect, it } from 'vitest';
import { accFamilies } from '../../src/experiments/acc-families.ts';
import type { FamilyValues } from '../../src/experiments/families/familyTask.ts';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import type { Result } from '../../src/lab/result.ts';
import { context } from './language/fixtureModel.ts';
import { outline } from './outline.ts';

const [gpt2, neox] = accFamilies.tasks('quick', 3).map((task) => ({ ...task, perTemplate: 2, ablated: 3 }));
const valuesOf = ({ values }: Result) => values as unknown as FamilyValues;

it('plans a task for each model as plain data', () => {
  expect(accFamilies.tasks('quick', 3).map(({ model, seed }) => [model, seed])).toEqual([
    ['ioi-gpt2', 3],
    ['ioi-neox', 3],
  ]);
  const [asked] = accFamilies.tasks('paper', 0, ['gpt2', 'gpt2']);
  // 15 templates × 2 orders × 100, as in the slides.
  expect(asked).toMatchObject({ model: 'gpt2', perTemplate: 100 });
  expect(JSON.parse(JSON.stringify(asked))).toEqual(asked);
});

it('traces, groups and compares: the same again, and from circuits that were kept', async () => {
  const kept: Result[] = [];
  const result = await accFamilies.run(neox, {
    ...context,
    keep: async (state) => {
      if (kept.length < 30) kept.push(typeof state === 'function' ? state() : state);
    },
  });
  const checkpoint = kept[kept.length - 1];
  expect(checkpoint.values.documents).toHaveLength(30);
  expect(await accFamilies.run(neox, { ...context, checkpoint })).toEqual(result);

  const { report, pair, map } = valuesOf(result);
  expect(report.circuits).toBe(60);
  expect(report.clusters.reduce((sum, { size }) => sum + size, 0)).toBe(60);
  expect(report.templates.map(({ template, size }) => [template, size])).toEqual(
    Array.from({ length: 15 }, (_, template) => [template, 4]),
  );
  expect(map.distances).toHaveLength(60);
  expect(map.distances.map((row, i) => row[i])).toEqual(map.distances.map(() => 0));
  expect(pair?.signals.length).toBeGreaterThan(0);
  for (const { exclusive, moved } of pair?.families ?? []) {
    for (const number of moved) expect(number).toBeLessThanOrEqual(exclusive);
  }
});

it('judges each model by what the slides say of its architecture, and draws it', async () => {
  const outcomes = [];
  for (const config of [gpt2, neox]) {
    outcomes.push({ config, result: await accFamilies.run(config, context) });
  }
  const claims = accFamilies.claims(outcomes);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  expect(claims.map(({ id, tolerance }) => `${id} ${tolerance}`)).toMatchSnapshot('claims');
  for (const { id, verdict, note } of claims.filter(({ id }) => !id.includes('/ioi-'))) {
    expect([id, verdict]).toEqual([id, 'not run']);
    expect(note).toContain('svf reproduce acc-families --model');
  }
  const pages = accFamilies.pages?.(outcomes) ?? [];
  const representatives = outcomes.flatMap(({ result }) => valuesOf(result).pair?.families ?? []);
  expect(new Set(pages.map(({ id }) => id)).size).toBe(representatives.length);
  for (const [i, { html }] of pages.entries()) expect(html).toContain(representatives[i].prompt);
  const figures = accFamilies.draw(outcomes);
  expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
  const drawn: unknown[] = [];
  for (const { id, specification } of figures) {
    const marks = countMarks(await renderSvg(specification, 'light'));
    drawn.push({ id, kinds: Object.keys(marks), specification: outline(specification) });
  }
  expect(drawn).toMatchSnapshot('figures');
});
