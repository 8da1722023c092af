import type { JsonObject } from '../lab/result.ts';

const spacing = { stack: 14, beside: 28 };

/** Every panel keeps its own scales; panels of one width share their axis by sharing its domain. */
const ownScales: JsonObject = { scale: { color: 'independent', shape: 'independent' } };

/** Panels one above the other, their plots flush left, e.g. heat maps above a curve of the same steps. */
export function stack(panels: readonly JsonObject[]): JsonObject {
  return { vconcat: panels, spacing: spacing.stack, resolve: ownScales };
}

/** Panels side by side. */
export function beside(panels: readonly JsonObject[]): JsonObject {
  return { hconcat: panels, spacing: spacing.beside, resolve: ownScales };
}
