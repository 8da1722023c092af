import { describe, expect, it } from 'vitest';
import { edgeInterpretations } from '../../src/interpret/edgeInterpretations.ts';
import { at, documentOf, edge, ROOT } from '../families/anyDocument.ts';

describe('edgeInterpretations', () => {
  const mover = at(3, 1);
  const document = documentOf([
    edge(mover, ROOT, null),
    edge(at(1, 'MLP'), mover, [4, 2], 's'),
    edge(at(0, 'MLP'), mover, [2], 's'),
    edge(at(0, 2), mover, [4, 2], 'd'),
    edge(at(0, 2), at(1, 1), [2, 4], 's'),
  ]);
  const key = { layer: 3, head: 1, side: 's', singularVectors: [2, 4] } as const;
  const said = { interpretation: 'the source is a name', precision: 0.956, recall: 1, significant: true };
  const text = 'the source is a name (precision 0.96, recall 1.00)';

  it('finds the signal of head, side and singular vectors, in whatever order', () => {
    expect(edgeInterpretations(document, [{ ...key, ...said }])).toEqual([null, text, null, null, null]);
  });

  it('says nothing that is not significant', () => {
    const signals = [{ ...key, ...said, significant: false }];
    expect(edgeInterpretations(document, signals)).toEqual([null, null, null, null, null]);
  });

  it('leaves a precision open where nothing was said to be strong', () => {
    const signals = [{ ...key, ...said, singularVectors: [2], precision: null, recall: 0 }];
    expect(edgeInterpretations(document, signals)[2]).toBe('the source is a name (precision –, recall 0.00)');
  });
});
