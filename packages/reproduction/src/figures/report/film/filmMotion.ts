/**
 * What moves in a film, as the page's script reads it from JSON. Everything that needs a scale or a format is worked
 * out before; the script only puts it into its place.
 */
export interface FilmMotion {
  /** By frame, as text: `2,300`. */
  readonly steps: readonly string[];
  /** Base64 of 256 × (red, green, blue). */
  readonly colours: Readonly<Record<'light' | 'dark', Readonly<Record<MatrixMotion['colours'], string>>>>;
  readonly matrices: readonly MatrixMotion[];
  /** Upper ends of the bars, [frame][bar], in units of their picture. */
  readonly bars: readonly (readonly number[])[];
  /** Where the bars stand, in units of their picture. */
  readonly ground: number;
  /** By frame, horizontally, in units of the curves' picture. */
  readonly cursor: readonly number[];
  readonly curves: readonly {
    /** By frame, vertically, in units of the picture. */
    readonly y: readonly number[];
    /** By frame, the value as text. */
    readonly value: readonly string[];
  }[];
}

export interface MatrixMotion {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly quantity: string;
  readonly colours: 'sequential' | 'diverging';
  readonly domain: readonly [number, number];
  /** Base64 of one byte for each cell, frame by frame and row by row: 0 the low end of the domain, 255 the high end. */
  readonly levels: string;
}
