import { randomStream } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import { circuitFamilies } from '../../src/families/circuitFamilies.ts';
import { adjustedRandIndex } from '../../src/statistics/adjustedRandIndex.ts';
import { at, documentOf, edge, ROOT } from './anyDocument.ts';

const random = randomStream(3, 'test/families');

/** Order decides the head that writes to the root and what it reads; the template only adds a little; so do accidents. */
function circuit(order: 'ABBA' | 'BABA', template: number) {
  const mover = at(3, order === 'ABBA' ? 0 : 1);
  return documentOf([
    edge(mover, ROOT, null),
    ...[0, 1, 2, 3].map((head) => edge(at(2, head), mover, [order === 'ABBA' ? 0 : 1])),
    edge(at(1, template), at(2, 0)),
    edge(at(0, random.integer(4)), at(1, template), [random.integer(4)]),
  ]);
}

const labels = Array.from({ length: 40 }, (_, i) => ({
  order: i % 3 === 0 ? ('BABA' as const) : ('ABBA' as const),
  template: Math.floor(i / 2) % 4,
}));
const documents = labels.map(({ order, template }) => circuit(order, template));

describe('circuitFamilies', () => {
  it('finds the families that were planted', () => {
    const {
      families,
      labels: found,
      distances,
      dendrogram,
    } = circuitFamilies(documents, labels, {
      cut: { clusters: 2 },
    });
    expect(
      adjustedRandIndex(
        Array.from(found),
        labels.map(({ order }) => order),
      ),
    ).toBe(1);
    expect(families.map(({ size, orders }) => ({ size, orders }))).toEqual([
      { size: 26, orders: { ABBA: 26 } },
      { size: 14, orders: { BABA: 14 } },
    ]);
    for (const [index, { members, representative, templates, size }] of families.entries()) {
      expect(members.every((member) => found[member] === index)).toBe(true);
      expect(members).toContain(representative);
      expect(Object.values(templates).reduce((sum, count) => sum + count, 0)).toBe(size);
    }
    expect(distances.count).toBe(40);
    expect(dendrogram.merges).toHaveLength(39);
  });

  it('cuts where a function of the tree says', () => {
    const given = circuitFamilies(documents, labels, { cut: { clusters: 3 } });
    const chosen = circuitFamilies(documents, labels, {
      cut: ({ dendrogram, distances }) => ({ clusters: dendrogram.leaves - distances.count + 3 }),
    });
    expect(chosen).toEqual(given);
  });

  it('cuts at a height; circuits without an order count in none', () => {
    const unordered = labels.map(({ template }) => ({ order: null, template }));
    const { families } = circuitFamilies(documents, unordered, { kind: 'heads', cut: { height: 1 } });
    expect(families).toHaveLength(1);
    expect(families[0]).toMatchObject({ size: 40, orders: {}, templates: { 0: 10, 1: 10, 2: 10, 3: 10 } });
  });

  it('refuses labels of other circuits', () => {
    expect(() => circuitFamilies(documents, labels.slice(1), { cut: { clusters: 2 } })).toThrow(
      expect.objectContaining({ code: 'label-count-mismatch' }),
    );
  });
});
