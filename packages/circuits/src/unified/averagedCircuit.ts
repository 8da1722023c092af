import { SvfError } from '@svf-alignment/core';
import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import { demandShare } from '../statistics/demandOptions.ts';
import { leastCount } from './leastCount.ts';
import { type PlacedCircuit, PlacedUnion } from './PlacedUnion.ts';
import { reachingRoots } from './reachingRoots.ts';

/**
 * The averaged circuit of many prompts, on the tokens of one of them, so that it can be read, drawn and intervened on as any
 * circuit: nodes and edges that occur in at least a share of the circuits, weights averaged over all of them, and of these
 * only what has a path to the root (attention-circuits §6, unified graphs, with the tokens kept). What stands at a token
 * without a place is left out; edges that fall together add up. An edge has the singular vectors that at least half of the
 * circuits with the edge use, or else the one that most use.
 *
 * @param base the circuit whose prompt, objective and root are used, as a rule a family's representative; without a root
 *   the average is empty
 * @param share in [0, 1]; 0 keeps everything that reaches the root
 * @throws SvfError `share-out-of-range`, `no-circuits`, `shape-mismatch`, `unknown-token`, `unknown-node`
 */
export function averagedCircuit(
  base: CircuitDocument,
  circuits: readonly PlacedCircuit[],
  share: number,
): CircuitDocument {
  demandShare(share, 'share');
  if (circuits.length === 0) {
    throw new SvfError('There are no circuits to average.', {
      code: 'no-circuits',
      path: ['circuits'],
      expected: 'at least one circuit',
      received: 'none',
      remedy: 'Pass the circuits of a family.',
    });
  }
  const union = new PlacedUnion(base);
  for (const circuit of circuits) union.add(circuit);
  const least = leastCount(share, circuits.length);
  const { nodes } = union;
  const often = union.edges.filter(
    ({ from, to, count }) => Math.min(count, nodes[from].count, nodes[to].count) >= least,
  );
  const reaching = reachingRoots(
    often,
    nodes.flatMap(({ node }, index) => (node.length === 2 ? [index] : [])),
  );
  return {
    ...base,
    averaged: { circuits: circuits.length, share },
    warnings: [],
    nodes: nodes
      .filter((_, index) => reaching.has(index))
      .map(({ node, count, attention }) => ({
        node,
        attention: attention === null ? null : attention / count,
        share: count / circuits.length,
      })),
    edges: often
      .filter(({ to }) => reaching.has(to))
      .map(({ from, to, type, count, weight, uses }) => ({
        from: nodes[from].node,
        to: nodes[to].node,
        type,
        singularVectors: uses === null ? null : commonVectors(uses, count),
        weight: weight / circuits.length,
        share: count / circuits.length,
      })),
  };
}

/** @param uses by singular vector, how many of the `count` circuits with the edge use it */
function commonVectors(uses: ReadonlyMap<number, number>, count: number): number[] {
  const byUse = [...uses].sort(([one, often], [other, oftenOther]) => oftenOther - often || one - other);
  const common = byUse.filter(([, often]) => 2 * often >= count);
  return (common.length > 0 ? common : byUse.slice(0, 1)).map(([k]) => k);
}
