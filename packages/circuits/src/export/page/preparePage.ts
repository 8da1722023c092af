import { SvfError } from '@svf-alignment/core';
import type { CircuitDocument } from '../../circuit/circuitDocument.ts';
import { exportedCircuit } from '../exportedCircuit.ts';
import type { ExportedCircuit } from '../exportedTypes.ts';
import { circuitLayout } from './circuitLayout.ts';
import type { CircuitPageOptions } from './circuitPageOptions.ts';
import { edgePaths } from './edgePaths.ts';
import { nodeText, visibleLabel } from './nodeText.ts';
import type { PageData } from './pageData.ts';
import { weightNotes } from './weightNotes.ts';

/** So many edges can still be told apart. */
const mostAtFirst = 150;

/**
 * Everything that the page shows, laid out.
 *
 * @throws SvfError `interpretation-count` for another number of interpretations than of edges; `unknown-token`, `unknown-node`
 */
export function preparePage(
  document: CircuitDocument,
  { interpretations, facts = [] }: CircuitPageOptions = {},
): PageData {
  const circuit = exportedCircuit(document);
  if (interpretations !== undefined) demandOneEach(interpretations, circuit.edges);
  const labels = document.tokens.map(({ label }) => visibleLabel(label));
  const { width, height, rows, columns, places } = circuitLayout(circuit.nodes, labels);
  const paths = edgePaths(circuit.edges, { places });
  const strengths = edgeStrengths(circuit);
  const ranks = ranksOf(strengths);
  return {
    title: titleOf(circuit, document.averaged !== undefined),
    prompt: document.prompt,
    facts: [...factsOf(document), ...facts],
    warnings: document.warnings.map(({ message }) => message),
    weightNotes: weightNotes(document),
    width,
    height,
    rows,
    columns: columns.map((column, position) => ({ ...column, label: labels[position] })),
    nodes: circuit.nodes.map((node, index) => {
      const { kind, attention, share } = node;
      return { kind, attention, share, ...places[index], ...nodeText(node) };
    }),
    edges: circuit.edges.map(({ from, to, type, weight, singularVectors, share }, edge) => ({
      from,
      to,
      type,
      weight,
      singularVectors,
      share,
      strength: strengths[edge],
      rank: ranks[edge],
      interpretation: interpretations?.[edge] ?? null,
      ...paths[edge],
    })),
    shown: Math.min(mostAtFirst, circuit.edges.length),
  };
}

function demandOneEach(interpretations: readonly unknown[], edges: readonly unknown[]): void {
  if (interpretations.length === edges.length) return;
  throw new SvfError('The interpretations do not match the edges of the circuit.', {
    code: 'interpretation-count',
    path: ['interpretations'],
    expected: `${edges.length}, one for each edge`,
    received: String(interpretations.length),
    remedy: 'Pass null for edges without an interpretation.',
  });
}

function edgeStrengths({ nodes, edges }: ExportedCircuit): number[] {
  const group = (to: number) => (nodes[to].kind === 'root' ? 'root' : 'attention');
  const largest = { root: 0, attention: 0 };
  for (const { to, weight } of edges) largest[group(to)] = Math.max(largest[group(to)], Math.abs(weight));
  return edges.map(({ to, weight }) => (weight === 0 ? 0 : Math.abs(weight) / largest[group(to)]));
}

function ranksOf(strengths: readonly number[]): number[] {
  const ranks: number[] = [];
  const order = strengths.map((_, edge) => edge).sort((a, b) => strengths[b] - strengths[a] || a - b);
  for (const [rank, edge] of order.entries()) ranks[edge] = rank;
  return ranks;
}

function titleOf({ nodes }: ExportedCircuit, isAverage: boolean): string {
  const circuit = isAverage ? 'Averaged circuit' : 'Circuit';
  const roots = nodes.filter(({ kind }) => kind === 'root').map(({ component }) => component);
  return roots.length === 0 ? circuit : `${circuit} of ${roots.join(', ')}`;
}

function factsOf(document: CircuitDocument): [string, string][] {
  const { model, settings, objective, averaged, tokens, nodes, edges } = document;
  const { threshold } = settings;
  return [
    ['Model', model.name],
    ['Weights', model.hash.slice(0, 12)],
    ['Seeds', objective.seeding === 'probe' ? `probe at layer ${objective.layer}` : objective.seeding],
    ['Threshold', Array.isArray(threshold) ? 'by destination' : String(threshold)],
    ...(averaged === undefined
      ? []
      : [
          ['Average of', averaged.circuits === 1 ? '1 circuit' : `${averaged.circuits} circuits`] satisfies [
            string,
            string,
          ],
          ['Kept', `what ${percent(averaged.share)} have`] satisfies [string, string],
        ]),
    ['Tokens', String(tokens.length)],
    ['Nodes', String(nodes.length)],
    ['Edges', String(edges.length)],
  ];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
