import { beside } from '../../figures/concatenate.ts';
import { dendrogram } from '../../figures/dendrogram.ts';
import { heatmap } from '../../figures/heatmap.ts';
import type { JsonObject } from '../../lab/result.ts';
import type { BlockedMap } from './blockedMap.ts';

const CELL = 6;

/** Dendrogram, share of prompts with order ABBA, and distances, one beside the other in the order of the dendrogram. */
export function clustermap({ distances, abba, labels, branches }: BlockedMap): JsonObject {
  const panel = { cell: CELL, legend: null, colours: 'sequential' } as const;
  const columns = { labels: labels.map(() => '') };
  return beside([
    ...(branches.length === 0
      ? []
      : [dendrogram({ branches, extent: labels.length, title: 'distance', height: labels.length * CELL })]),
    ...(abba === null
      ? []
      : [
          heatmap({
            ...panel,
            values: Array.from(abba, (share) => [share]),
            rows: { labels: labels.map(() => '') },
            columns: { labels: [''] },
            domain: [0, 1],
            title: 'ABBA',
            cell: CELL,
          }),
        ]),
    heatmap({ ...panel, values: distances, rows: { labels }, columns, domain: [0, 1], legend: 'distance' }),
  ]);
}
