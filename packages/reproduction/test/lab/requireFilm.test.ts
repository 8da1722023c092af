import { describe, expect, it } from 'vitest';
import type { Film } from '../../src/lab/film.ts';
import { requireFilm } from '../../src/lab/requireFilm.ts';
import type { Tensor } from '../../src/lab/result.ts';
import { errorOf } from '../figures/errorOf.ts';
import { sampleFilm } from '../figures/report/film/sampleFilm.ts';

const film = sampleFilm({ frames: 3 });
const [features, left] = film.matrices;

/** The tensor with its last entry replaced. */
function ending({ shape, data }: Tensor, last: number): Tensor {
  return { shape, data: data.with(data.length - 1, last) };
}

describe('a film', () => {
  it('is accepted where its parts fit, cosines a rounding above 1 included', () => {
    expect(() => requireFilm(film)).not.toThrow();
    const rounded = { ...left, values: ending(left.values, 1 + 4e-16) };
    expect(() => requireFilm({ ...film, matrices: [features, rounded] })).not.toThrow();
  });

  const wrong: readonly [string, Film, string, string][] = [
    ['one step', { ...film, steps: [0] }, 'film-steps', 'steps'],
    ['steps that stand still', { ...film, steps: [0, 5, 5] }, 'film-steps', 'steps'],
    ['a step too few', { ...film, steps: [0, 5] }, 'tensor-shape', 'matrices.0.values'],
    [
      'a label too many',
      { ...film, matrices: [{ ...left, rows: { title: '', labels: [...left.rows.labels, 'x'] } }] },
      'tensor-shape',
      'matrices.0.values',
    ],
    [
      'a cell beyond the scale',
      { ...film, matrices: [features, { ...left, values: ending(left.values, 1.001) }] },
      'out-of-range',
      'matrices.1.values.71',
    ],
    [
      'a cell that is no number',
      { ...film, matrices: [{ ...left, values: ending(left.values, Number.NaN) }] },
      'out-of-range',
      'matrices.0.values.71',
    ],
    [
      'a mark outside',
      { ...film, matrices: [{ ...left, marked: [[0, 4]] }] },
      'out-of-range',
      'matrices.0.marked.0',
    ],
    [
      'a bar below zero',
      { ...film, spectrum: { ...film.spectrum, values: ending(film.spectrum.values, -1) } },
      'out-of-range',
      'spectrum.values.11',
    ],
    [
      'targets without bars',
      { ...film, spectrum: { ...film.spectrum, targets: { name: '', values: [1, 2, 3, 4, 5] } } },
      'tensor-shape',
      'spectrum.targets.values',
    ],
    ['no curve', { ...film, curves: { ...film.curves, series: [] } }, 'out-of-range', 'curves.series'],
    [
      'a loss of zero on a logarithmic axis',
      {
        ...film,
        curves: {
          ...film.curves,
          series: film.curves.series.map(({ name, values }) => ({ name, values: ending(values, 0) })),
        },
      },
      'out-of-range',
      'curves.series.0.values.2',
    ],
  ];

  it.each(wrong)('is refused with %s', (_, broken, code, path) => {
    expect(errorOf(() => requireFilm(broken))).toMatchObject({
      code,
      path: path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
    });
  });
});
