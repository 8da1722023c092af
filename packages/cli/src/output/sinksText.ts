import type { AttentionSinks, SignalSide } from '@svf-alignment/circuits';
import { count, counted } from './numbers.ts';
import { table } from './table.ts';

const sideNames: Readonly<Record<SignalSide, string>> = { d: 'destination', s: 'source' };

/** Attention sinks as a reader wants them: the clusters that were ablated, and what that did. */
export function sinksText(found: AttentionSinks, prompts: number): string {
  const { firings, traced, clusters, sides, ablation } = found;
  const sample = traced < firings ? `, ${count(traced)} of them traced` : '';
  const about = `${counted(firings, 'firing')} on the first token in ${counted(prompts, 'prompt')}${sample}`;
  if (ablation.length === 0) return `${about}; there is nothing to explain.`;
  const columns = [
    { name: 'cluster' },
    { name: 'side', align: 'left' as const },
    { name: 'firings' },
    { name: 'heads', align: 'left' as const },
    { name: 'of the sink' },
    { name: 'attention' },
    { name: 'without' },
    { name: 'random' },
  ];
  const rows = ablation.map(({ cluster, attentionClean, attention, control }) => {
    const { side, size, heads, explained } = clusters[cluster];
    return [
      cluster,
      sideNames[side],
      size,
      heads.map((head) => head.join('.')).join(' '),
      percent(explained),
      ...[attentionClean, attention, control].map((value) => value.toFixed(3)),
    ];
  });
  return [
    table(columns, rows),
    '',
    about,
    ...sides.map(({ side, explained, explainedByOthers }) => {
      const own = clusters.filter((cluster) => cluster.side === side);
      const shown = ablation.filter(({ cluster }) => clusters[cluster].side === side).length;
      return (
        `${sideNames[side]} side: the largest ${shown} of ${count(own.length)} clusters explain ${percent(explained)} of the ` +
        `attention on the first token (${percent(explainedByOthers)} with other singular vectors of the same heads).`
      );
    }),
    'attention: mean over the firings of the cluster; without its control signal; with as much taken away along random directions.',
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
