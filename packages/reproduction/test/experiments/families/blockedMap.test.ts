import { circuitFamilies } from '@svf-alignment/circuits';
import { expect, it } from 'vitest';
import { blockedMap } from '../../../src/experiments/families/blockedMap.ts';
import { sampleCircuit } from './sampleCircuit.ts';

const labels = Array.from({ length: 12 }, (_, i) => ({
  order: i % 3 === 0 ? ('BABA' as const) : ('ABBA' as const),
  template: 7,
}));
const documents = labels.map(({ order }) => sampleCircuit([[order === 'BABA' ? '1.0' : '1.1', 'root']]));
const families = circuitFamilies(documents, labels, { cut: { clusters: 2 } });

it('puts neighbours together: equal circuits at 0, families apart', () => {
  const { distances, abba, labels: names, branches } = blockedMap(families, labels, 3);
  expect(names).toEqual(['BABA 7', 'ABBA 7', 'ABBA 7']);
  expect(Array.from(abba ?? [])).toEqual([0, 1, 1]);
  expect(distances.map((row) => Array.from(row))).toEqual([
    [0, 1, 1],
    [1, 0, 0],
    [1, 0, 0],
  ]);
  expect(branches).toHaveLength(3);
  // A third of the circuits stands above two thirds, and they meet at distance 1.
  const [left, right, leftHeight, rightHeight, height] = branches[2];
  expect([leftHeight, rightHeight, height]).toEqual([0, 0, 1]);
  expect(left).toBeLessThan(1);
  expect(right).toBeGreaterThan(1);
});

it('names blocks by what is known of them, and has no share of an order that nothing has', () => {
  const unordered = labels.map(({ template }) => ({ order: null, template }));
  const { abba, labels: names } = blockedMap(families, unordered, 3);
  expect(abba).toBeNull();
  expect(names).toEqual(['7', '7', '7']);
  const unknown = labels.map(() => ({ order: null, template: null }));
  expect(blockedMap(families, unknown, 3).labels).toEqual(['', '', '']);
});

it('draws each circuit where there is room', () => {
  const { distances, branches } = blockedMap(families, labels, 100);
  expect(distances).toHaveLength(12);
  expect(branches).toHaveLength(11);
});
