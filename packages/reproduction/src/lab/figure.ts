import type { JsonObject } from './result.ts';

/** A picture as data: a Vega-Lite specification with its data inline, and the words beside it. */
export interface Figure {
  /** File name without extension, unique over all experiments, e.g. `fig-03-dynamics`. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what is drawn, from which run, what to look at. */
  readonly caption: string;
  readonly specification: JsonObject;
}
