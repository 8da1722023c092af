import type { Html } from '../html.ts';

/** One picture of a film: what stands still, and what the page's script needs to move the rest. */
export interface FilmPanel<Motion> {
  readonly markup: Html;
  readonly motion: Motion;
}

/** A length in a picture, to hundredths. */
export function place(length: number): number {
  return Math.round(100 * length) / 100;
}
