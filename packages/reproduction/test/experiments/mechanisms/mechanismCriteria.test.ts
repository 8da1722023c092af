import { describe, expect, it } from 'vitest';
import { judgeCriterion } from '../../../src/experiments/language/criterion.ts';
import { mechanismCriteria } from '../../../src/experiments/mechanisms/mechanismCriteria.ts';
import type { FamilyMechanism } from '../../../src/experiments/mechanisms/mechanismTask.ts';
import { MOVER, ROOT, sampleCircuit, sampleEdges } from '../circuits/sampleCircuit.ts';

const judgement = {
  table: [
    [10, 0],
    [0, 10],
  ],
  precision: 1,
  precisionInterval: { lower: 0.7, upper: 1 },
  recall: 1,
  recallInterval: { lower: 0.7, upper: 1 },
  p: 0.001,
  q: 0.001,
} as const;

/** The name mover 2.1 reads at “Mary” what 1.0, MLP 0 and the embedding write, by its key. */
function family(abba: number, interpretation: string, significant = true): FamilyMechanism {
  return {
    size: 20,
    abba,
    indirectObject: 'Mary',
    document: JSON.stringify(sampleCircuit()),
    signals: [
      {
        layer: 2,
        head: 1,
        side: 's',
        singularVectors: [0],
        interpretation,
        significant,
        ...judgement,
        controls: Array.from({ length: 40 }, (_, i) => ({
          interpretation: i < 2 ? second : first,
          significant: i !== 1,
        })),
      },
    ],
  };
}

const second = 'the source is the second name';
const first = 'the source is the first name';

function judged(...families: FamilyMechanism[]) {
  return Object.fromEntries(
    mechanismCriteria.map((criterion) => {
      const { measured, verdict } = judgeCriterion(criterion, 'sample', { families });
      return [criterion.key, [measured, verdict]];
    }),
  );
}

describe('what the slides say of the two families', () => {
  it('counts heads that write what is read as the second name, and readers of it', () => {
    expect(judged(family(0.1, second), family(0.9, first))).toEqual({
      // 1.0 writes at “Mary”; MLP and embedding do, too, but are no heads.
      'baba-second-name': [1, 'not reproduced'],
      // 1 of 40, by Wilson.
      'second-name-controls': [expect.closeTo(0.1288, 3), 'reproduced'],
      'abba-not-second-name': [0, 'reproduced'],
      'name-movers': [1, 'reproduced'],
    });
    expect(judged(family(0.9, second), family(0.1, second))).toMatchObject({
      'abba-not-second-name': [1, 'not reproduced'],
    });
  });

  it('takes nothing for said that is not significant', () => {
    expect(judged(family(0.1, second, false), family(0.9, second, false))).toMatchObject({
      'second-name-controls': [null, 'not run'],
      'baba-second-name': [0, 'not reproduced'],
      'abba-not-second-name': [null, 'not run'],
    });
  });

  it('has nothing to measure without two families that differ in order', () => {
    const nothing = { 'baba-second-name': [null, 'not run'], 'abba-not-second-name': [null, 'not run'] };
    expect(judged(family(0.9, second), family(0.8, first))).toMatchObject(nothing);
    // Nor is a family of mixed orders one of either.
    expect(judged(family(0.4, second), family(0.6, first))).toMatchObject(nothing);
    expect(Object.values(judged())).toEqual(Array(4).fill([null, 'not run']));
  });

  it('needs a head that writes the answer from the indirect object', () => {
    const without = sampleCircuit(sampleEdges.filter(({ from, to }) => !(from === MOVER && to === ROOT)));
    const own = { ...family(0.1, second), document: JSON.stringify(without) };
    expect(judged(own, family(0.9, first))['name-movers']).toEqual([0, 'not reproduced']);
  });
});
