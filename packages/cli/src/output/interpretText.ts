import { significantShare } from '@svf-alignment/circuits';
import type { InterpretedSignal } from '@svf-alignment/reproduction';
import { count, significant } from './numbers.ts';
import { table } from './table.ts';

/** Signals with what they mean, as a reader wants them. */
export function interpretText(
  signals: readonly InterpretedSignal[],
  prompts: number,
  pages: readonly string[],
): string {
  if (signals.length === 0) return 'No circuit has an edge whose signal could be interpreted.';
  const rows = signals.map((signal) => [
    `${signal.layer}.${signal.head}`,
    signal.side === 'd' ? 'query' : 'key',
    signal.singularVectors.join(' '),
    signal.precision === null ? null : signal.precision.toFixed(2),
    signal.recall.toFixed(2),
    significant(signal.q),
    signal.significant ? 'yes' : 'no',
    signal.interpretation,
  ]);
  const columns = [
    { name: 'head', align: 'left' as const },
    { name: 'read by', align: 'left' as const },
    { name: 'singular vectors', align: 'left' as const },
    { name: 'precision' },
    { name: 'recall' },
    { name: 'q' },
    { name: 'significant', align: 'left' as const },
    { name: 'strong where', align: 'left' as const },
  ];
  const { significant: passed, interval } = significantShare(signals);
  const share = `${percent(passed / signals.length)} (${percent(interval.lower)} to ${percent(interval.upper)})`;
  return [
    table(columns, rows),
    '',
    `${passed} of ${signals.length} signals, ${share}, have an interpretation that holds on contexts held out, of ${count(prompts)} prompts.`,
    'q: Fisher’s one-sided exact test, Benjamini–Hochberg over all signals; significant at 5 %.',
    ...(pages.length === 0 ? [] : ['', `written    ${shortList(pages)}`]),
  ].join('\n');
}

/** Of many files the first and the last. */
function shortList(files: readonly string[]): string {
  return files.length <= 3
    ? files.join(', ')
    : `${files[0]} … ${files.at(-1)} (${count(files.length)} pages)`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
