import { rankedTargets } from '@svf-alignment/toy';
import type { Outcome } from '../../lab/experiment.ts';
import type { Film, FilmMatrix } from '../../lab/film.ts';
import type { Tensor } from '../../lab/result.ts';
import type { ToyTask } from './toyTask.ts';

/** A divergence below this is shown as this: it is rounding, and would stretch the axis. */
const LEAST_LOSS = 1e-7;

/** One training as a film, from what `filmTensors` kept of it; `steps` are those of its snapshots. */
export function trainingFilm(
  { config: { toy }, result: { tensors } }: Outcome<ToyTask>,
  steps: readonly number[],
): Pick<Film, 'steps' | 'matrices' | 'spectrum' | 'curves'> {
  const pairs = rankedTargets(toy);
  const features = { title: 'feature', labels: names('w', toy.features) };
  const alignment = (side: 'left' | 'right', letter: string, feature: 'query' | 'key'): FilmMatrix => ({
    title: side === 'left' ? 'Left alignment' : 'Right alignment',
    rows: features,
    columns: { title: `${side} singular vector`, labels: names(letter, toy.headDimension) },
    quantity: '|cos|',
    colours: 'sequential',
    domain: [0, 1],
    marked: pairs.slice(0, toy.headDimension).map((pair, rank) => [pair[feature], rank]),
    values: tensors[`film.${side}`],
  });
  return {
    steps,
    matrices: [
      {
        title: 'Features with each other',
        rows: features,
        columns: features,
        quantity: 'cos',
        colours: 'diverging',
        domain: [-1, 1],
        marked: [],
        values: tensors['film.features'],
      },
      alignment('left', 'u', 'query'),
      alignment('right', 'v', 'key'),
    ],
    spectrum: {
      title: 'Singular values of Ω',
      axis: 'k',
      values: tensors['film.singularValues'],
      targets: {
        name: 'target logit',
        values: pairs.slice(0, toy.headDimension).map(({ target }) => target),
      },
    },
    curves: {
      title: 'Losses',
      unit: 'held-out batch',
      series: [
        { name: 'reconstruction', values: positive(tensors['film.reconstruction']) },
        { name: 'attention', values: positive(tensors['film.attention']) },
        { name: 'of it divergence', values: positive(tensors['film.klDivergence']) },
      ],
    },
  };
}

function names(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index}`);
}

function positive({ shape, data }: Tensor): Tensor {
  return { shape, data: data.map((value) => Math.max(value, LEAST_LOSS)) };
}
