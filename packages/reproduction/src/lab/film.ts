import type { Tensor } from './result.ts';

/**
 * One run's snapshots as data, to be played: a frame for each step, and entry t of everything else is what frame t
 * shows.
 */
export interface Film {
  /** Unique over all experiments, e.g. `fig-03-film`. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what is shown, from which run, what to look at. */
  readonly caption: string;
  /** Training steps of the frames, ascending; at least two. */
  readonly steps: readonly number[];
  readonly matrices: readonly FilmMatrix[];
  readonly spectrum: FilmSpectrum;
  readonly curves: FilmCurves;
}

/** A matrix as coloured cells. */
export interface FilmMatrix {
  readonly title: string;
  readonly rows: FilmAxis;
  readonly columns: FilmAxis;
  /** What a cell's value is called, e.g. `cos`. */
  readonly quantity: string;
  readonly colours: 'sequential' | 'diverging';
  /** Values at the ends of the colour scale; every entry lies between them, up to rounding. */
  readonly domain: readonly [number, number];
  /** Cells to watch, [row, column]; they get an outline. */
  readonly marked: readonly (readonly [number, number])[];
  /** [frames, rows, columns] */
  readonly values: Tensor;
}

export interface FilmAxis {
  readonly title: string;
  readonly labels: readonly string[];
}

/** Bars from zero, and what they should come to. */
export interface FilmSpectrum {
  readonly title: string;
  /** Of the axis below the bars. */
  readonly axis: string;
  /** [frames, bars], none negative. */
  readonly values: Tensor;
  /** For the first bars, in their order. */
  readonly targets: { readonly name: string; readonly values: readonly number[] };
}

/** Positive numbers over steps, on a logarithmic axis. */
export interface FilmCurves {
  readonly title: string;
  readonly unit: string;
  /** One to four. */
  readonly series: readonly {
    readonly name: string;
    /** [frames] */
    readonly values: Tensor;
  }[];
}
