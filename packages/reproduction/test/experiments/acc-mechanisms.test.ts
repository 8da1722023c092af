import { circuitDocumentSchema } from '@svf-alignment/circuits';
import { expect, it } from 'vitest';
import { accMechanisms } from '../../src/experiments/acc-mechanisms.ts';
import type { MechanismValues } from '../../src/experiments/mechanisms/mechanismTask.ts';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import type { Result } from '../../src/lab/result.ts';
import { context } from './language/fixtureModel.ts';

const [planned] = accMechanisms.tasks('quick', 5);
const config = { ...planned, perTemplate: 3, contexts: 30, controls: 2 };
const valuesOf = ({ values }: Result) => values as unknown as MechanismValues;

it('averages the two main families and interprets every signal of their edges', async () => {
  const result = await accMechanisms.run(config, context);
  const { families } = valuesOf(result);
  expect(families).toHaveLength(2);
  const [larger, smaller] = families;
  expect(larger.size).toBeGreaterThanOrEqual(smaller.size);
  for (const { document: json, signals, indirectObject, size } of families) {
    const document = circuitDocumentSchema.parse(JSON.parse(json));
    expect(document.averaged).toEqual({ circuits: size, share: 0.2 });
    expect(document.tokens.map(({ label }) => label)).toContain(indirectObject);
    const keys = new Set(
      document.edges.flatMap(({ to: [layer, head], type, singularVectors }) =>
        singularVectors === null
          ? []
          : [JSON.stringify([layer, head, type, [...singularVectors].sort((a, b) => a - b)])],
      ),
    );
    const own = signals.map(({ layer, head, side, singularVectors }) =>
      JSON.stringify([layer, head, side, singularVectors]),
    );
    expect(new Set(own)).toEqual(keys);
    for (const { controls } of signals) {
      expect(controls.length).toBeGreaterThan(0);
      expect(controls.length).toBeLessThanOrEqual(2);
    }
  }

  const outcomes = [{ config, result }];
  const claims = accMechanisms.claims(outcomes);
  const others = claims.filter(({ id }) => !id.includes('/ioi-gpt2/'));
  expect(others.map(({ id, verdict }) => [id.split('/')[1], verdict])).toEqual([
    ...Array(4).fill(['gpt2', 'not run']),
    ...Array(4).fill(['EleutherAI-pythia-160m', 'not run']),
  ]);
  expect(claims.length - others.length).toBe(4);
  const figures = accMechanisms.draw(outcomes);
  const pages = accMechanisms.pages?.(outcomes) ?? [];
  expect(figures.map(({ id }) => id)).toEqual(['acc-mechanisms-ioi-gpt2-1', 'acc-mechanisms-ioi-gpt2-2']);
  expect(pages.map(({ id }) => id)).toEqual(figures.map(({ id }) => id));
  for (const { specification } of figures) {
    expect(countMarks(await renderSvg(specification, 'light')).rect).toBeGreaterThan(4);
  }
  for (const [i, { html }] of pages.entries()) {
    const { interpretation } = families[i].signals.find(({ significant }) => significant) ?? {};
    expect(interpretation).toBeDefined();
    expect(html).toContain(`${interpretation} (precision`);
  }
});

it('goes on from circuits that were kept, to the same result', async () => {
  const kept: Result[] = [];
  const whole = await accMechanisms.run(config, {
    ...context,
    keep: async (state) => {
      if (kept.length < 20) kept.push(typeof state === 'function' ? state() : state);
    },
  });
  expect(await accMechanisms.run(config, { ...context, checkpoint: kept[19] })).toEqual(whole);
});
