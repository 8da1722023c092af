import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circuitDocumentSchema } from '@svf-alignment/circuits';
import { balancedIoiSet } from '@svf-alignment/real-models';
import { expect, it } from 'vitest';
import { traceSuite } from '../../src/experiments/circuits/traceSuite.ts';
import { familyPrompts } from '../../src/experiments/families/familyPrompt.ts';
import { openLanguageModel } from '../../src/experiments/language/openLanguageModel.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { familiesInFolder } from '../../src/reproduce/familiesInFolder.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

const pool = inlineTaskPool([traceSuite]);

async function promptsOf(model: string) {
  const opened = await openLanguageModel(model);
  try {
    const { tokenizer } = opened.model;
    const prompts = familyPrompts(opened.model, { perTemplate: 1, seed: 0 });
    const generated = balancedIoiSet({ perGroup: 1, seed: 0, tokenizer });
    expect(prompts.map(({ text }) => text)).toEqual(generated.map(({ text }) => text));
    for (const { text, roles, answers, wrong } of prompts) {
      const tokens = tokenizer.encode(text, { bos: true });
      expect(answers).toEqual([`#${tokens[roles.IO].id}`]);
      expect(wrong).toBe(`#${tokens[roles.S1].id}`);
      expect(tokens[roles.S2].id).toBe(tokens[roles.S1].id);
    }
    return prompts;
  } finally {
    await opened.close();
  }
}

it('writes circuits, families and their representatives, and goes on from what is there', async () => {
  const folder = temporaryFolder();
  const prompts = await promptsOf('ioi-neox');
  const options = {
    model: 'ioi-neox',
    prompts,
    kind: 'triples',
    clusters: 4,
    seed: 0,
    folder,
    pool,
  } as const;
  const first = await familiesInFolder(options);
  expect(first.circuits).toBe(30);
  expect(first.clusters).toHaveLength(4);
  expect(first.clusters.map(({ size }) => size)).toEqual(
    first.clusters.map(({ size }) => size).sort((a, b) => b - a),
  );
  for (const { orders, templates, representative, prompt, size } of first.clusters) {
    expect(Object.values(orders).reduce((a, b) => a + b, 0)).toBe(size);
    expect(Object.values(templates).reduce((a, b) => a + b, 0)).toBe(size);
    expect(prompts[representative].text).toBe(prompt);
  }
  expect(JSON.parse(readFileSync(join(folder, 'families.json'), 'utf8'))).toEqual(first);
  expect(readFileSync(join(folder, 'clustermap.png')).subarray(1, 4).toString()).toBe('PNG');
  const [{ prompt }] = first.clusters;
  expect(readFileSync(join(folder, 'family-1.html'), 'utf8')).toContain(prompt);
  const average = circuitDocumentSchema.parse(
    JSON.parse(readFileSync(join(folder, 'family-1-average.json'), 'utf8')),
  );
  expect(average).toMatchObject({ prompt, averaged: { circuits: first.clusters[0].size, share: 0.2 } });
  expect(average.edges.length).toBeGreaterThan(0);
  for (const { share = 0 } of average.edges) expect(share).toBeGreaterThanOrEqual(0.2);
  expect(readFileSync(join(folder, 'family-1-average.html'), 'utf8')).toContain('Averaged circuit');

  const chosen = await familiesInFolder({ ...options, clusters: null });
  // Two families of some size, and what must be parted off before they appear.
  expect(chosen.clusters.filter(({ size }) => size >= 3).length).toBeGreaterThanOrEqual(2);
  expect(chosen.cuts).toEqual(first.cuts);

  const events: string[] = [];
  const second = await familiesInFolder({
    ...options,
    clusters: 2,
    kind: 'heads',
    onEvent: ({ kind }) => events.push(kind),
  });
  // Nothing is traced again to be grouped otherwise.
  expect(events).toContain('task-reused');
  expect(events).not.toContain('task-started');
  expect(second.clusters).toHaveLength(2);
  expect(second.cuts).not.toEqual(first.cuts);
  const pages = readdirSync(folder).filter((name) => /^family-[^1]/.test(name));
  expect(pages.filter((name) => !name.includes('average'))).toEqual(['family-2.html']);
  expect(readdirSync(folder).filter((name) => name.startsWith('template-'))).toHaveLength(15);
});

it('leaves equal circuits in one family', async () => {
  const [prompt] = await promptsOf('ioi-neox');
  const { clusters } = await familiesInFolder({
    model: 'ioi-neox',
    prompts: [prompt, prompt, prompt],
    kind: 'triples',
    clusters: null,
    seed: 0,
    folder: temporaryFolder(),
    pool,
  });
  expect(clusters.map(({ size }) => size)).toEqual([3]);
});

it('refuses more families than there are circuits before it traces any', async () => {
  const folder = join(temporaryFolder(), 'never');
  const prompts = [{ text: 'x', answers: [], wrong: null, order: null, template: 0, roles: {} }];
  const options = { model: 'ioi-neox', prompts, kind: 'triples', seed: 0, folder, pool } as const;
  await expect(familiesInFolder({ ...options, clusters: 2 })).rejects.toMatchObject({
    code: 'clusters-out-of-range',
  });
});
