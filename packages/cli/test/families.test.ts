import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { svf, temporaryFolder } from './svf.ts';

interface Families {
  readonly circuits: number;
  readonly adjustedRandIndex: Record<'order' | 'template' | 'nullMean' | 'nullUpper', number>;
  readonly clusters: readonly {
    readonly size: number;
    readonly orders: Readonly<Record<string, number>>;
    readonly templates: Readonly<Record<string, number>>;
    readonly representative: number;
  }[];
}

it('svf families prints the families of a balanced set of prompts, the same again', async () => {
  const folder = temporaryFolder();
  const args = ['families', '--model', 'ioi-neox', '--per-template', '1', '--clusters', '3', '--out', 'out'];
  const { status, stdout } = await svf([...args, '--json'], folder);
  expect(status).toBe(0);
  const found: Families = JSON.parse(stdout);
  expect(found.circuits).toBe(30);
  expect(found.clusters).toHaveLength(3);
  const { nullMean, nullUpper } = found.adjustedRandIndex;
  expect(nullMean).toBeLessThanOrEqual(nullUpper);
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
  expect(sum(Object.fromEntries(found.clusters.map(({ size }, i) => [i, size])))).toBe(30);
  for (const { size, orders, templates, representative } of found.clusters) {
    expect([sum(orders), sum(templates)]).toEqual([size, size]);
    expect(representative).toBeLessThan(30);
  }
  for (const file of ['families.json', 'clustermap.png', 'family-3.html', 'template-14.html']) {
    expect(existsSync(join(folder, 'out', file))).toBe(true);
  }
  expect(JSON.parse(readFileSync(join(folder, 'out', 'families.json'), 'utf8'))).toMatchObject({
    clusters: found.clusters,
  });

  const again = await svf([...args.slice(0, -1), 'anew', '--json', '--workers', '1'], folder);
  expect(JSON.parse(again.stdout)).toEqual({ ...found, out: 'anew' });
  const text = await svf(args, folder);
  expect(text.stdout).toContain('30 circuits');
  expect(text.stdout).toContain('agreement with');
});

it('svf families groups prompts of a file, and compares them with what its lines say', async () => {
  const folder = temporaryFolder();
  const pairs = [
    ['Mary', 'John'],
    ['Kate', 'Paul'],
    ['Emma', 'Adam'],
  ];
  const lines = pairs.flatMap(([first, second], i) =>
    (['BABA', 'ABBA'] as const).map((order) => {
      const [giver, answer] = order === 'BABA' ? [first, second] : [second, first];
      const text = `Then, ${first} and ${second} went to the park. ${giver} gave a ring to`;
      return { text, answer, wrong: giver, order, template: i };
    }),
  );
  writeFileSync(join(folder, 'own.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const args = ['families', '--model', 'ioi-gpt2', '--prompts', 'own.jsonl', '--clusters', '2'];
  const { status, stdout } = await svf([...args, '--json'], folder);
  expect(status).toBe(0);
  const found: Families = JSON.parse(stdout);
  expect(found.clusters.map(({ size, orders }) => [size, orders])).toEqual([
    [3, { BABA: 3 }],
    [3, { ABBA: 3 }],
  ]);
  expect(found.adjustedRandIndex.order).toBe(1);
  expect((await svf(args, folder)).stdout).toMatch(/order +1\.000/);

  // Without labels nothing is compared.
  writeFileSync(join(folder, 'plain.txt'), lines.map(({ text }) => text).join('\n'));
  const plain = await svf([...args.slice(0, 4), 'plain.txt', '--out', 'plain'], folder);
  expect(plain.status).toBe(0);
  expect(plain.stdout).toContain('6 circuits');
  expect(plain.stdout).not.toMatch(/ABBA|agreement/);
});

it('svf families refuses what cannot be, before it traces', async () => {
  const folder = temporaryFolder();
  const few = ['families', '--model', 'ioi-neox', '--per-template', '1'];
  expect(await svf([...few, '--clusters', '31'], folder)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/30 circuits cannot make 31 clusters/),
  });
  expect(await svf([...few, '--set', 'nodes'], folder)).toMatchObject({ status: 2 });
  expect(existsSync(join(folder, 'families'))).toBe(false);
});
