import { SvfError } from '@svf-alignment/core';
import type { JsonObject } from '../lab/result.ts';

/** Places are in pixels from the upper left corner. */
export interface DiagramInput {
  readonly width: number;
  readonly height: number;
  /** What boxes can be, in the order of the legend; each has a colour. */
  readonly kinds: readonly string[];
  readonly boxes: readonly DiagramBox[];
  readonly wires: readonly DiagramWire[];
  readonly notes?: readonly DiagramNote[];
}

export interface DiagramBox {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** One of the diagram's kinds. */
  readonly kind: string;
  readonly title: string;
  /** In small letters below the title. */
  readonly subtitle?: string;
}

/** An arrow along straight lines from the first to the last point. */
export interface DiagramWire {
  readonly points: readonly (readonly [number, number])[];
  readonly dashed?: boolean;
}

/** Small text, its lines from a place on. */
export interface DiagramNote {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly align?: 'left' | 'center';
}

const sizes = { title: 13.5, small: 11, line: 15, head: 60 };
/** Vega's triangle is equilateral, and its area is not its size: a side is as long as the root of the size. */
const headLength = Math.sqrt(sizes.head * 0.75);

/**
 * Boxes, arrows and notes at given places.
 *
 * @throws {SvfError} `out-of-range` for a box or a point of a wire outside the diagram, `unknown-kind` for a box of a
 *   kind that the diagram does not name, `empty-data` for a wire of less than two points
 */
export function diagram(input: DiagramInput): JsonObject {
  requireFitting(input);
  const { width, height, kinds, boxes, wires, notes = [] } = input;
  const x = { field: 'x', type: 'quantitative', axis: null, scale: { domain: [0, width], nice: false } };
  const y = { ...x, field: 'y', scale: { domain: [0, height], nice: false, reverse: true } };
  const color = {
    field: 'kind',
    type: 'nominal',
    scale: { domain: [...kinds] },
    legend: { title: null, orient: 'bottom', direction: 'horizontal', symbolType: 'square', offset: 14 },
  };
  const text = (rows: readonly JsonObject[], mark: JsonObject): JsonObject[] =>
    rows.length === 0
      ? []
      : [
          {
            data: { values: rows },
            mark: { type: 'text', baseline: 'middle', ...mark },
            encoding: { x, y, text: { field: 'text', type: 'nominal' } },
          },
        ];
  const lines = notes.flatMap((note) =>
    note.lines.map((line, index) => ({ ...note, y: note.y + sizes.line * index, text: line })),
  );
  const notesAligned = (align: 'left' | 'center') =>
    lines.filter((line) => (line.align ?? 'left') === align).map(({ x, y, text }) => ({ x, y, text }));
  const places = boxes.map(({ x, y, width, height, kind }) => ({
    x: x - width / 2,
    x2: x + width / 2,
    y: y - height / 2,
    y2: y + height / 2,
    kind,
  }));
  const ends = { x, x2: { field: 'x2' }, y, y2: { field: 'y2' } };
  return {
    width,
    height,
    layer: [
      ...[false, true].flatMap((dashed) => wireLayer(wires, dashed, x, y)),
      {
        data: { values: wires.map(arrowHead) },
        mark: { type: 'point', shape: 'triangle', filled: true, opacity: 1, size: sizes.head, style: 'wire' },
        encoding: { x, y, angle: { field: 'angle', type: 'quantitative', scale: null } },
      },
      // Wires pass behind boxes: a name must stay readable.
      {
        data: { values: places },
        mark: { type: 'rect', cornerRadius: 6, opacity: 1, style: 'backing' },
        encoding: ends,
      },
      {
        data: { values: places },
        mark: { type: 'rect', cornerRadius: 6, fillOpacity: 0.16, strokeOpacity: 1, strokeWidth: 1.5 },
        encoding: { ...ends, fill: color, stroke: color },
      },
      ...text(
        boxes.map(({ x, y, title, subtitle }) => ({ x, y: subtitle === undefined ? y : y - 8, text: title })),
        { style: 'on-low', fontSize: sizes.title },
      ),
      ...text(
        boxes.flatMap(({ x, y, subtitle }) =>
          subtitle === undefined ? [] : [{ x, y: y + 10, text: subtitle }],
        ),
        { style: 'note', fontSize: sizes.small },
      ),
      ...text(notesAligned('left'), { style: 'note', fontSize: sizes.small, align: 'left' }),
      ...text(notesAligned('center'), { style: 'note', fontSize: sizes.small, align: 'center' }),
    ],
  };
}

function wireLayer(
  wires: readonly DiagramWire[],
  dashed: boolean,
  x: JsonObject,
  y: JsonObject,
): JsonObject[] {
  const values = wires.flatMap((wire, index) =>
    (wire.dashed ?? false) === dashed
      ? shortened(wire).map(([x, y], order) => ({ x, y, order, wire: index }))
      : [],
  );
  if (values.length === 0) return [];
  const mark = { type: 'line', style: 'wire', strokeWidth: 1.5, strokeJoin: 'round' };
  return [
    {
      data: { values },
      mark: dashed ? { ...mark, strokeDash: [4, 4] } : mark,
      encoding: {
        x,
        y,
        detail: { field: 'wire', type: 'nominal' },
        order: { field: 'order', type: 'quantitative' },
      },
    },
  ];
}

/** The last two points of a wire, and the direction from the one to the other. */
function ending({ points }: DiagramWire) {
  const [from = [0, 0], to = [0, 0]] = points.slice(-2);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  return { to, direction: [(to[0] - from[0]) / length, (to[1] - from[1]) / length] as const };
}

/** A wire ends inside its arrow head, so that it does not blunt the tip. */
function shortened(wire: DiagramWire): (readonly [number, number])[] {
  const { to, direction } = ending(wire);
  const end = [to[0] - (headLength / 2) * direction[0], to[1] - (headLength / 2) * direction[1]] as const;
  return [...wire.points.slice(0, -1), end];
}

/** A triangle whose tip is at the end of the wire; at angle 0 it points upwards. */
function arrowHead(wire: DiagramWire): JsonObject {
  const { to, direction } = ending(wire);
  const half = headLength / 2 + 1;
  return {
    x: to[0] - half * direction[0],
    y: to[1] - half * direction[1],
    angle: (Math.atan2(direction[0], -direction[1]) * 180) / Math.PI,
  };
}

function requireFitting({ width, height, kinds, boxes, wires }: DiagramInput): void {
  boxes.forEach(({ kind, ...box }, index) => {
    if (!kinds.includes(kind)) {
      throw new SvfError(`A diagram has a box of the kind ${JSON.stringify(kind)}, which it does not name.`, {
        code: 'unknown-kind',
        path: ['boxes', index, 'kind'],
        expected: `one of ${kinds.join(', ')}`,
        received: kind,
      });
    }
    requireWithin(box.x - box.width / 2, box.x + box.width / 2, width, ['boxes', index, 'x']);
    requireWithin(box.y - box.height / 2, box.y + box.height / 2, height, ['boxes', index, 'y']);
  });
  wires.forEach(({ points }, index) => {
    if (points.length < 2) {
      throw new SvfError('A wire of a diagram leads from nowhere.', {
        code: 'empty-data',
        path: ['wires', index, 'points'],
        expected: 'at least two points',
        received: String(points.length),
      });
    }
    points.forEach(([x, y], at) => {
      requireWithin(x, x, width, ['wires', index, 'points', at, 0]);
      requireWithin(y, y, height, ['wires', index, 'points', at, 1]);
    });
  });
}

function requireWithin(low: number, high: number, most: number, path: readonly (string | number)[]): void {
  if (low >= 0 && high <= most) return;
  throw new SvfError(`A part of a diagram lies outside of it, at ${path.join('.')}.`, {
    code: 'out-of-range',
    path,
    expected: `between 0 and ${most}`,
    received: low === high ? String(low) : `${low} to ${high}`,
  });
}
