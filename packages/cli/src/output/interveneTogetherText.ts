import type { CircuitNode, HeadEffect, TogetherRow } from '@svf-alignment/circuits';
import { count, counted, significant } from './numbers.ts';
import { type Cell, table } from './table.ts';
import { nodeText } from './traceText.ts';

/** What fits a screen. */
const MOST_HEADS = 20;

/**
 * What an intervention on many edges at once does: to attention on average and to the logit, and to the attention of
 * each head.
 *
 * @param rows own signals first
 * @param logit whose it is, in words
 */
export function interveneTogetherText(rows: readonly TogetherRow[], logit: string): string {
  const [signals, ...controls] = rows;
  if (signals === undefined) return 'The circuit has no edge that can be intervened on.';
  const { mode, boost, heads } = signals;
  const columns = [
    { name: boost ? 'added at once' : 'removed at once', align: 'left' as const },
    { name: 'edges' },
    { name: 'attention before' },
    { name: 'attention after' },
    { name: 'logit before' },
    { name: 'logit after' },
  ];
  const random = `random singular vectors${controls.length > 1 ? `, mean of ${count(controls.length)}` : ''}`;
  const kinds = [
    cells('identified signals', [signals]),
    ...(controls.length === 0 ? [] : [cells(random, controls)]),
  ];
  return [
    table(columns, kinds),
    '',
    ...(heads.length === 1 ? [] : [headTable(heads, controls), '']),
    `All in one run, ${mode}; attention: ${heads.length === 1 ? 'of the head that reads them' : `mean over ${counted(heads.length, 'attention weight')} of heads that read them`}; logit of ${logit}.`,
  ].join('\n');
}

function cells(name: string, rows: readonly TogetherRow[]): Cell[] {
  const mean = (of: (row: TogetherRow) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  return [
    name,
    count(rows[0]?.edges ?? 0),
    mean(({ attentionClean }) => attentionClean).toFixed(3),
    mean(({ attention }) => attention).toFixed(3),
    significant(mean(({ logitDifferenceClean }) => logitDifferenceClean)),
    significant(mean(({ logitDifference }) => logitDifference)),
  ];
}

/** Heads whose attention moves most. */
function headTable(heads: readonly HeadEffect[], controls: readonly TogetherRow[]): string {
  const columns = [
    { name: 'head', align: 'left' as const },
    { name: 'attention before' },
    { name: 'attention after' },
    ...(controls.length === 0 ? [] : [{ name: 'after random' }]),
  ];
  const change = ({ attention, attentionClean }: HeadEffect) => Math.abs(attention - attentionClean);
  const shown = [...heads].sort((a, b) => change(b) - change(a)).slice(0, MOST_HEADS);
  const rows = shown.map(({ node, attentionClean, attention }) => [
    nodeText(node),
    attentionClean.toFixed(3),
    attention.toFixed(3),
    ...(controls.length === 0 ? [] : [randomAttention(node, controls)]),
  ]);
  const rest = `${shown.length} of ${count(heads.length)} attention weights, those that move most; --json has them all.`;
  return [table(columns, rows), ...(shown.length < heads.length ? ['', rest] : [])].join('\n');
}

function randomAttention(node: CircuitNode, controls: readonly TogetherRow[]): string | null {
  const key = JSON.stringify(node);
  const values = controls.flatMap(({ heads }) =>
    heads.filter((head) => JSON.stringify(head.node) === key).map(({ attention }) => attention),
  );
  if (values.length === 0) return null;
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
}
