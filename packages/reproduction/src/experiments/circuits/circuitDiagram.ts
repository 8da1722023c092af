import type { CircuitDocument } from '@svf-alignment/circuits';
import { type DiagramBox, type DiagramWire, diagram } from '../../figures/diagram.ts';
import type { JsonObject } from '../../lab/result.ts';
import { type PlacedNode, placedNodes } from './placedNodes.ts';
import { shownCircuit } from './shownCircuit.ts';

/** Boxes that a picture can hold. */
export const MOST_NODES = 28;

const box = { width: 84, height: 38, gap: 10 } as const;
const sizes = {
  left: 70,
  top: 8,
  rowGap: 30,
  letter: 7,
  columnGap: 6,
  least: 14,
  tokens: 44,
  line: 16,
} as const;
/** Boxes beside each other in one place. */
const ABREAST = 4;
/** By how many halves of a box the rows of a crowded column stand aside, so that lines pass beside the boxes between. */
const ASIDE = [0, 2, -1, 1, -2] as const;
/** Rows with boxes from which on a column is crowded. */
const CROWDED = 4;
const LONGEST_LABEL = 10;

const kinds = ['output', 'attention head', 'MLP', 'embedding', 'bias or offset'] as const;

/**
 * A circuit as a picture: tokens from left to right, layers from bottom to top, in each heads below the MLP. A head stands at
 * the token that attends, with the token attended to below its number; what a query reads is a line, what a key reads a
 * dashed one. Of a large circuit the strongest part.
 */
export function circuitDiagram(document: CircuitDocument): JsonObject {
  const { nodes, edges } = shownCircuit(document, MOST_NODES);
  const placed = placedNodes(document, nodes);
  const widths = document.tokens.map(({ label }, column) => {
    const own = placed.filter((node) => node.column === column);
    const abreast = Math.max(0, ...own.map(({ among }) => Math.min(ABREAST, among)));
    const boxes = (box.width + box.gap) * (abreast + (isCrowded(placed, column) ? 2 : 0));
    // Labels stand in two lines by turns, so that each may reach into the columns beside it.
    return sizes.columnGap + Math.max(sizes.least, (sizes.letter * shortened(label).length) / 2, boxes);
  });
  const rows = 1 + Math.max(0, ...placed.map(({ row }) => row));
  const heights = Array.from({ length: rows }, (_, row) => {
    const own = placed.filter((node) => node.row === row);
    const lines = Math.max(...own.map(({ among }) => Math.ceil(among / ABREAST)));
    return sizes.rowGap + lines * (box.height + box.gap);
  });
  const columnAt = (column: number) => sizes.left + sum(widths, column) + widths[column] / 2;
  const rowAt = (row: number) => sizes.top + sum(heights, row) + box.height / 2;
  const boxes = new Map(
    placed.map((one): [string, DiagramBox] => {
      const { node, column, row, place, among } = one;
      const line = Math.floor(place / ABREAST);
      const abreast = Math.min(ABREAST, among - ABREAST * line);
      const beside = (place % ABREAST) - (abreast - 1) / 2;
      const aside = isCrowded(placed, column) ? ASIDE[row % ASIDE.length] / 2 : 0;
      return [
        JSON.stringify(node),
        {
          x: columnAt(column) + (box.width + box.gap) * (beside + aside),
          y: rowAt(row) + (box.height + box.gap) * line,
          width: box.width,
          height: box.height,
          ...look(one, document),
        },
      ];
    }),
  );
  const wires = edges.flatMap(({ from, to, type }): DiagramWire[] => {
    const [start, end] = [boxes.get(JSON.stringify(from)), boxes.get(JSON.stringify(to))];
    if (start === undefined || end === undefined) return [];
    const points = [
      [start.x, start.y - box.height / 2],
      [end.x, end.y + box.height / 2],
    ] as const;
    return [{ points, dashed: type === 's' }];
  });
  const names = new Map(placed.map(({ row, rowName }) => [rowName, row]));
  const bottom = sizes.top + sum(heights, rows);
  return diagram({
    width: sizes.left + sum(widths, widths.length),
    height: bottom + sizes.tokens,
    kinds: kinds.filter((kind) => [...boxes.values()].some((own) => own.kind === kind)),
    boxes: [...boxes.values()],
    wires,
    notes: [
      ...[...names].map(([name, row]) => ({ x: 4, y: rowAt(row), lines: [name] })),
      ...document.tokens.map(({ label }, column) => ({
        x: columnAt(column),
        y: bottom + sizes.line * (column % 2) + sizes.line / 2,
        lines: [shortened(label)],
        align: 'center' as const,
      })),
    ],
  });
}

function isCrowded(placed: readonly PlacedNode[], column: number): boolean {
  return new Set(placed.filter((node) => node.column === column).map(({ row }) => row)).size >= CROWDED;
}

type Look = Pick<DiagramBox, 'title' | 'subtitle'> & { readonly kind: (typeof kinds)[number] };

function look({ node }: PlacedNode, { objective }: Pick<CircuitDocument, 'objective'>): Look {
  if (node.length === 2) {
    const [target, ...others] = objective.seeding === 'probe' ? [] : objective.targets;
    const isOne = target !== undefined && others.length === 0;
    return { kind: 'output', title: shortened(isOne ? target.text : node[0].replace(/^\w+ /, '')) };
  }
  const [layer, component, , source] = node;
  switch (component) {
    case 'MLP':
      return { kind: 'MLP', title: `MLP ${layer}` };
    case 'Embedding':
      return { kind: 'embedding', title: 'embed' };
    case 'AH bias':
      return { kind: 'bias or offset', title: `bias ${layer}` };
    case 'AH offset':
      return { kind: 'bias or offset', title: 'offset' };
    default:
      return {
        kind: 'attention head',
        title: `${layer}.${component}`,
        subtitle: `to ${shortened(source)}`,
      };
  }
}

/** Without the blank before it, and without the marks of special tokens. */
function shortened(label: string): string {
  const text = label.trim().replace(/^<\|?(\w+?)\|?>/, '$1');
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

function sum(sizes: readonly number[], before: number): number {
  return sizes.slice(0, before).reduce((total, size) => total + size, 0);
}
