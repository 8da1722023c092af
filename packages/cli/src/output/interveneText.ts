import type { InterventionRow, InterventionSummary } from '@svf-alignment/circuits';
import { count, significant } from './numbers.ts';
import { type Cell, table } from './table.ts';
import { interventionText } from './traceSummaryText.ts';
import { nodeText } from './traceText.ts';

/** What fits a screen or two. */
const MOST_ROWS = 40;

/**
 * What interventions on single edges do, those that move attention most, and what they do on average.
 *
 * @param logit whose it is, in words
 */
export function interveneText(
  rows: readonly InterventionRow[],
  summary: InterventionSummary | null,
  logit: string,
): string {
  if (summary === null) return 'The circuit has no edge that can be intervened on.';
  const change = ({ attention, attentionClean }: InterventionRow) => Math.abs(attention - attentionClean);
  const shown = [...rows].sort((a, b) => change(b) - change(a)).slice(0, MOST_ROWS);
  const columns = [
    { name: 'head', align: 'left' as const },
    { name: 'reads, as', align: 'left' as const },
    { name: 'from', align: 'left' as const },
    { name: 'singular vectors', align: 'left' as const },
    { name: 'attention before' },
    { name: 'attention after' },
    { name: 'logit before' },
    { name: 'logit after' },
    { name: 'norm ratio' },
    { name: 'cosine' },
  ];
  return [
    table(columns, shown.map(cells)),
    '',
    ...(shown.length < rows.length
      ? [
          `${shown.length} of ${count(rows.length)} rows, those that move attention most; --json and --csv have them all.`,
          '',
        ]
      : []),
    interventionText(summary),
    `Attention drop: when this edge's signal alone is ${summary.boost ? 'added' : 'removed'} (in \`svf trace\`, after those removed before). Logit of ${logit}.`,
  ].join('\n');
}

function cells(row: InterventionRow): Cell[] {
  const { edge, control, normRatio, cosine } = row;
  const vectors = control === null ? (edge.singularVectors ?? []) : control.singularVectors;
  return [
    nodeText(edge.to),
    edge.type === 'd' ? 'query' : 'key',
    nodeText(edge.from),
    `${vectors.join(' ')}${control === null ? '' : ' at random'}`,
    row.attentionClean.toFixed(3),
    row.attention.toFixed(3),
    significant(row.logitDifferenceClean),
    significant(row.logitDifference),
    normRatio === null ? null : normRatio.toFixed(3),
    cosine === null ? null : cosine.toFixed(3),
  ];
}
