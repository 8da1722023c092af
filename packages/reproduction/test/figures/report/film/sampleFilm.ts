import type { Film, FilmMatrix } from '../../../../src/lab/film.ts';
import type { Tensor } from '../../../../src/lab/result.ts';

/** A film on made-up values, in which every part changes from frame to frame. */
export function sampleFilm({ id = 'sample-film', label = 'w', frames = 21 } = {}): Film {
  const [features, vectors] = [6, 4];
  const share = (frame: number) => frame / (frames - 1);
  const fill = (shape: readonly number[], value: (frame: number, ...at: number[]) => number): Tensor => {
    const [, rows = 1, columns = 1] = shape;
    return {
      shape,
      data: Float64Array.from({ length: frames * rows * columns }, (_, index) =>
        value(Math.floor(index / (rows * columns)), Math.floor(index / columns) % rows, index % columns),
      ),
    };
  };
  const names = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index}`);
  const rows = { title: 'feature', labels: names(label, features) };
  const alignment = (letter: string): FilmMatrix => ({
    title: `Alignment ${letter}`,
    rows,
    columns: { title: 'singular vector', labels: names(letter, vectors) },
    quantity: '|cos|',
    colours: 'sequential',
    domain: [0, 1],
    marked: [[1, 0]],
    values: fill([frames, features, vectors], (frame, row, column) =>
      row === column ? share(frame) : 0.4 * (1 - share(frame)),
    ),
  });
  return {
    id,
    title: 'A film',
    caption: 'Made up.',
    steps: Array.from({ length: frames }, (_, frame) => 100 * frame),
    matrices: [
      {
        ...alignment('x'),
        title: 'Features',
        columns: rows,
        quantity: 'cos',
        colours: 'diverging',
        domain: [-1, 1],
        marked: [],
        values: fill([frames, features, features], (frame, row, column) =>
          row === column ? 1 : Math.cos(3 * share(frame) + row + column),
        ),
      },
      alignment('u'),
      alignment('v'),
    ],
    spectrum: {
      title: 'Singular values',
      axis: 'k',
      values: fill([frames, vectors], (frame, bar) => (24 - 3 * bar) * share(frame)),
      targets: { name: 'target logit', values: [24, 21] },
    },
    curves: {
      title: 'Losses',
      unit: 'nats',
      series: [
        { name: 'attention', values: fill([frames], (frame) => 0.4 + 10 ** (-3 * share(frame))) },
        { name: 'divergence', values: fill([frames], (frame) => 10 ** (-5 * share(frame))) },
      ],
    },
  };
}
