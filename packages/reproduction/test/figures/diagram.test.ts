import { describe, expect, test } from 'vitest';
import { countMarks } from '../../src/figures/countMarks.ts';
import { type DiagramInput, diagram } from '../../src/figures/diagram.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { errorOf } from './errorOf.ts';

const box = { x: 50, y: 40, width: 60, height: 30, kind: 'weights', title: 'W' };
const input: DiagramInput = {
  width: 300,
  height: 100,
  kinds: ['weights', 'tokens'],
  boxes: [box, { ...box, x: 200, kind: 'tokens', title: 'h', subtitle: 'a token' }],
  wires: [
    {
      points: [
        [80, 40],
        [170, 40],
      ],
    },
    {
      points: [
        [200, 55],
        [200, 90],
        [50, 90],
        [50, 55],
      ],
      dashed: true,
    },
  ],
  notes: [
    { x: 60, y: 80, lines: ['one', 'two'] },
    { x: 150, y: 10, lines: ['three'], align: 'center' },
  ],
};

describe('a diagram', () => {
  test('of boxes, wires and notes', async () => {
    expect(diagram(input)).toMatchSnapshot();
    expect(countMarks(await renderSvg(diagram(input), 'light'))).toEqual({
      // Each box, and what is behind it.
      rect: 4,
      line: 2,
      symbol: 2,
      text: 6,
    });
  });

  test('of boxes alone', async () => {
    const boxes = { ...input, wires: [], notes: [] };
    expect(countMarks(await renderSvg(diagram(boxes), 'dark'))).toEqual({ rect: 4, text: 3 });
  });

  test.each([
    [
      'to the right',
      [
        [10, 50],
        [60, 50],
      ],
      90,
    ],
    [
      'down',
      [
        [10, 50],
        [10, 80],
      ],
      180,
    ],
    [
      'up at its end',
      [
        [10, 50],
        [60, 50],
        [60, 20],
      ],
      0,
    ],
    [
      'to the left',
      [
        [60, 50],
        [10, 50],
      ],
      -90,
    ],
  ] as const)('has arrow heads that point %s', (_, points, angle) => {
    const { layer } = diagram({ ...input, wires: [{ points }] }) as {
      layer: { mark: { type: string }; data: { values: { angle: number }[] } }[];
    };
    const heads = layer.find(({ mark }) => mark.type === 'point')?.data.values;
    expect(heads?.map((head) => head.angle)).toEqual([angle]);
  });

  test.each([
    ['a box that sticks out', { boxes: [{ ...box, x: 20 }] }, 'out-of-range', ['boxes', 0, 'x']],
    ['a box of no kind', { boxes: [{ ...box, kind: 'other' }] }, 'unknown-kind', ['boxes', 0, 'kind']],
    ['a wire from nowhere', { wires: [{ points: [[1, 1]] }] }, 'empty-data', ['wires', 0, 'points']],
    [
      'a wire to the outside',
      {
        wires: [
          {
            points: [
              [1, 1],
              [1, 101],
            ],
          },
        ],
      },
      'out-of-range',
      ['wires', 0, 'points', 1, 1],
    ],
  ] as const)('is refused with %s', (_, change, code, path) => {
    expect(errorOf(() => diagram({ ...input, ...change }))).toMatchObject({ code, path });
  });
});
