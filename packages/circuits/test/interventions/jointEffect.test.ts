import { expect, test } from 'vitest';
import type { InterventionEffect } from '../../src/interventions/intervention.ts';
import { jointEffect } from '../../src/interventions/jointEffect.ts';
import type { IndexedEdge } from '../../src/signals/indexedEdge.ts';

const edge = (head: number, type: 'd' | 's'): IndexedEdge => ({
  type,
  upstream: { layer: 0, component: 4, token: 2 },
  token: 2,
  firing: { layer: 1, head, destination: 3, source: 2 },
  singularVectors: [0],
});
const effect = (attentionClean: number, attention: number): InterventionEffect => ({
  attentionClean,
  attention,
  logitDifferenceClean: 7,
  logitDifference: 3,
  normRatio: 1,
  cosine: 1,
  shiftNorm: 0,
});

test('an attention weight that several edges cause counts once', () => {
  const edges = [edge(2, 'd'), edge(2, 's'), edge(0, 'd')];
  const effects = [effect(0.9, 0.1), effect(0.9, 0.1), effect(0.5, 0.3)];
  const joint = jointEffect(edges, effects);
  expect(joint).toEqual({
    attentionClean: expect.closeTo(0.7, 12),
    attention: expect.closeTo(0.2, 12),
    logitDifferenceClean: 7,
    logitDifference: 3,
    firings: [
      { firing: edges[0].firing, attentionClean: 0.9, attention: 0.1 },
      { firing: edges[2].firing, attentionClean: 0.5, attention: 0.3 },
    ],
  });
});
