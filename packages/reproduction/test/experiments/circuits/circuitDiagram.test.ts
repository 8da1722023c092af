import type { CircuitEdge, CircuitNode } from '@svf-alignment/circuits';
import { describe, expect, it } from 'vitest';
import { circuitDiagram, MOST_NODES } from '../../../src/experiments/circuits/circuitDiagram.ts';
import { placedNodes } from '../../../src/experiments/circuits/placedNodes.ts';
import { shownCircuit } from '../../../src/experiments/circuits/shownCircuit.ts';
import { countMarks } from '../../../src/figures/countMarks.ts';
import { renderSvg } from '../../../src/figures/renderSvg.ts';
import {
  BIAS,
  EARLY,
  EMBEDDING,
  END_MLP,
  INNER,
  MLP,
  MOVER,
  OFFSET,
  ROOT,
  sampleCircuit,
  sampleEdges,
} from './sampleCircuit.ts';

describe('shownCircuit', () => {
  it('shows a small circuit but for weak edges into what reads much', () => {
    const { nodes, edges } = shownCircuit(sampleCircuit(), 20);
    expect(nodes).toHaveLength(9);
    // All nodes are there by an edge of their own; nothing else is weak here.
    expect(new Set(edges)).toEqual(new Set(sampleEdges));
  });

  it('of a large one keeps what hangs together by its strongest edges, and embeddings that are read', () => {
    const shown = shownCircuit(sampleCircuit(), 4);
    expect(new Set(shown.nodes.map((node) => JSON.stringify(node)))).toEqual(
      new Set([ROOT, MOVER, END_MLP, INNER, EMBEDDING].map((node) => JSON.stringify(node))),
    );
    expect(shown.edges.map(({ from, to }) => [from, to])).toEqual([
      [MOVER, ROOT],
      [END_MLP, ROOT],
      [INNER, MOVER],
      [EMBEDDING, MOVER],
    ]);
  });

  it('is empty for an empty circuit', () => {
    expect(shownCircuit(sampleCircuit([]), 4)).toEqual({ nodes: [], edges: [] });
  });
});

it('places layers from bottom to top, in each the MLP above heads and bias, tokens from left to right', () => {
  const placed = placedNodes(sampleCircuit(), [
    ROOT,
    MOVER,
    END_MLP,
    INNER,
    BIAS,
    MLP,
    EARLY,
    EMBEDDING,
    OFFSET,
  ]);
  const at = (wanted: CircuitNode) => placed.find(({ node }) => node === wanted);
  const rows = [ROOT, END_MLP, MOVER, INNER, MLP, EARLY, EMBEDDING].map((node) => at(node)?.row);
  expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(at(BIAS)).toMatchObject({ row: 3, rowName: 'layer 1', column: 6, place: 0, among: 1 });
  expect(at(OFFSET)).toMatchObject({ row: 6, rowName: 'embedding', column: 6 });
  expect([ROOT, INNER, EARLY].map((node) => at(node)?.column)).toEqual([6, 2, 3]);
});

describe('circuitDiagram', () => {
  it('draws a box for each node and an arrow for each edge', async () => {
    const marks = countMarks(await renderSvg(circuitDiagram(sampleCircuit()), 'light'));
    // Each box, and what is behind it.
    expect(marks.rect).toBe(18);
    // Arrow heads.
    expect(marks.symbol).toBe(sampleEdges.length);
  });

  it('names the answer, heads with what they attend to, and tokens', () => {
    const text = JSON.stringify(circuitDiagram(sampleCircuit()));
    for (const label of [
      '"Mary"',
      '"2.1"',
      '"to Mary"',
      '"MLP 2"',
      '"bias 1"',
      '"offset"',
      '"bos"',
      '"layer 1"',
    ]) {
      expect(text).toContain(label);
    }
  });

  it('stays within its bounds however large the circuit is', async () => {
    const heads = Array.from({ length: 60 }, (_, i): CircuitNode => [1 + (i % 3), i, 'to (1)', 'Mary']);
    const edges = heads.flatMap((head, i): CircuitEdge[] => {
      const into: CircuitNode = i < 12 ? ROOT : [4, i % 12, 'to (1)', 'Mary'];
      const from: CircuitNode = i < 12 ? [4, i, 'to (1)', 'Mary'] : head;
      return [{ from, to: into, type: 'd', singularVectors: i < 12 ? null : [0], weight: 60 - i }];
    });
    const svg = await renderSvg(circuitDiagram(sampleCircuit(edges)), 'dark');
    expect(countMarks(svg).rect).toBeLessThanOrEqual(2 * MOST_NODES + 6);
  });
});
