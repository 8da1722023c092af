import type { CheckpointSad } from '@svf-alignment/reproduction';
import { table } from './table.ts';

/** How sparse attention is through training, as a reader wants it. */
export function checkpointsText({ rows }: CheckpointSad): string {
  const fixed = (value: number | null, digits = 3) => (value === null ? null : value.toFixed(digits));
  return [
    table(
      [
        { name: 'revision', align: 'left' },
        { name: 'a' },
        { name: 'rotated' },
        { name: 'same Ω' },
        { name: 'n' },
        { name: 'a, firings' },
        { name: 'rotated' },
        { name: 'same Ω' },
        { name: 'n, firings' },
        { name: 'firings' },
      ],
      rows.map((row) => [
        row.revision,
        fixed(row.sparsity),
        fixed(row.sparsityRotated),
        fixed(row.sparsitySameOmega),
        fixed(row.reconstructionCount, 2),
        fixed(row.sparsityFirings),
        fixed(row.sparsityRotatedFirings),
        fixed(row.sparsitySameOmegaFirings),
        fixed(row.reconstructionCountFirings, 2),
        row.firings,
      ]),
    ),
    '',
    'a: sparsity of the terms of relative attention, lower is sparser, over all pairs of tokens and over firings',
    '(attention of at least min(1, 2.5 / (d + 1))); n: how many terms make up the relative attention.',
  ].join('\n');
}
