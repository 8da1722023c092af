import {
  type CircuitDocument,
  type CircuitEdge,
  type CircuitNode,
  circuitCounts,
  circuitSummary,
} from '@svf-alignment/circuits';
import { count, significant } from './numbers.ts';
import { table } from './table.ts';

/** What fits a screen. */
const MOST_EDGES = 20;

const DROP =
  "Attention drop: when this edge's terms are removed after those removed before (`svf intervene` removes its signal alone).";

/** A circuit as a reader wants it: what it explains, how large it is, and its strongest edges. */
export function traceText(document: CircuitDocument): string {
  const { model, tokens, edges } = document;
  const seeds = strongest(edges.filter(({ singularVectors }) => singularVectors === null));
  const inner = strongest(edges.filter(({ singularVectors }) => singularVectors !== null));
  const shown = inner.slice(0, MOST_EDGES);
  const attention = new Map(document.nodes.map((own) => [JSON.stringify(own.node), own.attention]));
  return [
    `model      ${model.name}`,
    `tokens     ${tokens.map(({ text }, position) => `${position} ${JSON.stringify(text)}`).join('  ')}`,
    `objective  ${objectiveText(document)}`,
    `circuit    ${sizeText(document)}`,
    ...(seeds.length === 0 ? [] : ['', seedTable(seeds, attention, seedWeight(document))]),
    ...(shown.length === 0 ? [] : ['', edgeTable(shown, attention)]),
    ...(inner.length <= shown.length
      ? []
      : [
          '',
          `${shown.length} of ${count(inner.length)} edges, the strongest; --json and --csv have them all.`,
        ]),
    ...(shown.length === 0 ? [] : ['', DROP]),
  ].join('\n');
}

function strongest(edges: readonly CircuitEdge[]): readonly CircuitEdge[] {
  return [...edges].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function objectiveText({ objective }: CircuitDocument): string {
  const named = ({ text, probability }: { text: string; probability?: number | undefined }) =>
    `${JSON.stringify(text)} (${probability === undefined ? '?' : significant(100 * probability)} %)`;
  switch (objective.seeding) {
    case 'probability':
      return `probability of ${objective.targets.map(named).join(' and ')}, τ = ${objective.tau}`;
    case 'linear': {
      const wrong = objective.wrong === null ? '' : ` minus that of ${named(objective.wrong)}`;
      return `logit of ${objective.targets.map(named).join(', of ')}${wrong}`;
    }
    case 'probe':
      return `a direction after layer ${objective.layer}`;
  }
}

function sizeText(document: CircuitDocument): string {
  const counts = circuitCounts(document);
  const { singularVectors } = circuitSummary([counts]);
  const sizes = [
    several(counts.nodes, 'node'),
    several(counts.edges, 'edge'),
    several(counts.firings, 'firing'),
  ].join(', ');
  if (singularVectors.one === null) return sizes;
  const { median, one } = singularVectors;
  return `${sizes}; singular vectors per edge: median ${median}, exactly one in ${Math.round(100 * one)} %`;
}

function several(number: number, name: string): string {
  return `${count(number)} ${name}${number === 1 ? '' : 's'}`;
}

type Attention = ReadonlyMap<string, number | null>;

/** What the weight of an edge into a root is. */
function seedWeight({ objective }: CircuitDocument): string {
  switch (objective.seeding) {
    case 'probability':
      return 'integrated gradient of log-probability';
    case 'linear':
      return objective.wrong === null ? 'share of logit' : 'share of logit difference';
    case 'probe':
      return 'share of projection';
  }
}

function seedTable(edges: readonly CircuitEdge[], attention: Attention, weight: string): string {
  const columns = [
    { name: 'output', align: 'left' as const },
    { name: 'written by', align: 'left' as const },
    { name: 'attention' },
    { name: weight },
  ];
  const rows = edges.map(({ from, to, weight }) => [
    nodeText(to),
    nodeText(from),
    attentionText(attention, from),
    significant(weight),
  ]);
  return table(columns, rows);
}

function edgeTable(edges: readonly CircuitEdge[], attention: Attention): string {
  const columns = [
    { name: 'head', align: 'left' as const },
    { name: 'attention' },
    { name: 'reads, as', align: 'left' as const },
    { name: 'from', align: 'left' as const },
    { name: 'singular vectors', align: 'left' as const },
    { name: 'attention drop' },
  ];
  const rows = edges.map(({ from, to, type, singularVectors, weight }) => [
    nodeText(to),
    attentionText(attention, to),
    type === 'd' ? 'query' : 'key',
    nodeText(from),
    singularVectors?.join(' ') ?? null,
    significant(weight),
  ]);
  return table(columns, rows);
}

/** A component or a root in words. */
export function nodeText(node: CircuitNode): string {
  if (node.length === 2) return node[0];
  const [layer, component, destination, source] = node;
  const at = JSON.stringify(destination);
  if (typeof component === 'number') return `${layer}.${component} at ${at} to ${JSON.stringify(source)}`;
  return component === 'Embedding' || component === 'AH offset'
    ? `${component} at ${at}`
    : `${component} ${layer} at ${at}`;
}

function attentionText(attention: Attention, node: CircuitNode): string | null {
  return attention.get(JSON.stringify(node))?.toFixed(3) ?? null;
}
