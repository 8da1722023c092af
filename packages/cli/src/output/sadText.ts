import type { SadMeans, SadRow } from '@svf-alignment/real-models';
import type { PrintedPrompt, PrintedRow, SadOptions } from '../actions/sad.ts';
import { count, counted, significant } from './numbers.ts';
import { type Cell, table } from './table.ts';

/** What fits a screen or two. */
const MOST_ROWS = 60;

const MEASURES =
  'a: sparsity of the terms, lower is sparser; n: how many terms make up the relative attention.';
const FIRING = 'attention of at least min(1, 2.5 / (d + 1))';

/** Whether a row can stand in the text: of one prompt, pairs that were chosen, else those that fire. */
export function isShown(row: Pick<SadRow, 'firing' | 'relativeAttention'>, options: SadOptions): boolean {
  if (options.prompt === undefined) return false;
  return isChosen(options) || (row.firing && row.relativeAttention > 0);
}

/** The decomposition as a reader wants it: of one prompt the pairs that matter, of many the means. */
export function sadText(prompts: readonly PrintedPrompt[], summary: SadMeans, options: SadOptions): string {
  const [prompt] = prompts;
  if (options.prompt === undefined || prompt === undefined) return meansText(prompts.length, summary);
  const tokens = prompt.tokens.map(({ text }, position) => `${position} ${JSON.stringify(text)}`).join('  ');
  const shown = [...prompt.rows]
    .sort((a, b) => b.relativeAttention - a.relativeAttention)
    .slice(0, MOST_ROWS)
    .sort((a, b) => a.layer - b.layer || a.head - b.head || a.destination - b.destination);
  const headings = ['head', 'destination', 'source', 'attention', 'relative attention', 'a', 'n'];
  const columns = [
    ...headings.map((name, column) => ({ name, align: column < 3 ? ('left' as const) : ('right' as const) })),
    ...(options.control ? [{ name: `a, ${options.control}` }, { name: `n, ${options.control}` }] : []),
    ...(options.terms ? [{ name: 'largest terms (k: t)', align: 'left' as const }] : []),
  ];
  const rows = shown.map((row) => cells(row, prompt, options));
  return [
    `tokens: ${tokens}`,
    '',
    ...(rows.length > 0 ? [table(columns, rows), ''] : []),
    shownText(shown.length, prompt, summary.pairs, options),
    ...(rows.length > 0 ? [MEASURES] : []),
  ].join('\n');
}

function isChosen({ destination, source, firing }: SadOptions): boolean {
  return firing === true || destination !== undefined || source !== undefined;
}

/** Which pairs stand in the table, and what there is besides. */
function shownText(
  shown: number,
  { tokens, rows }: PrintedPrompt,
  pairs: number,
  options: SadOptions,
): string {
  if (pairs === 0) {
    if (tokens.length === 1) return 'There are no pairs: the prompt is a single token.';
    return `No pair has ${FIRING}.`;
  }
  const limit = shown < rows.length ? ['the largest relative attention'] : [];
  const criteria = isChosen(options)
    ? limit
    : [FIRING, ...(limit.length > 0 ? limit : ['relative attention above 0'])];
  if (criteria.length === 0)
    return `${count(pairs)} ${options.firing ? 'firing ' : ''}${pairs === 1 ? 'pair' : 'pairs'}.`;
  const which = `${count(shown)} of ${count(pairs)} pairs, those with ${criteria.join(' and ')}`;
  return `${which}; --json and --csv have them all.`;
}

function cells(row: PrintedRow, { tokens }: PrintedPrompt, options: SadOptions): Cell[] {
  const token = (position: number) => `${position} ${JSON.stringify(tokens[position]?.text)}`;
  const fixed = (value: number | null, digits: number) => (value === null ? null : value.toFixed(digits));
  const { control, terms = [] } = row;
  const largest = terms
    .map((term, k) => [k, term] as const)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 4)
    .map(([k, term]) => `${k}: ${significant(term)}`)
    .join(', ');
  return [
    `${row.layer}.${row.head}`,
    token(row.destination),
    token(row.source),
    row.attention.toFixed(3),
    significant(row.relativeAttention),
    fixed(row.sparsity, 3),
    row.reconstructionCount,
    ...(options.control
      ? [fixed(control?.sparsity ?? null, 3), fixed(control?.reconstructionCount ?? null, 1)]
      : []),
    ...(options.terms ? [largest] : []),
  ];
}

function meansText(prompts: number, means: SadMeans): string {
  const fixed = (value: number | null) => (value === null ? null : value.toFixed(3));
  const bases = [
    ['singular vectors', ''],
    ['rotated', 'Rotated'],
    ['same Ω', 'SameOmega'],
  ] as const;
  const rows = bases
    .map(([name, basis]): Cell[] => [
      name,
      fixed(means[`sparsity${basis}`]),
      fixed(means[`reconstructionCount${basis}`]),
      fixed(means[`sparsity${basis}Firings`]),
      fixed(means[`reconstructionCount${basis}Firings`]),
    ])
    .filter(([, ...values]) => values.some((value) => value !== null));
  const columns = [
    { name: 'basis', align: 'left' as const },
    { name: 'a, all pairs' },
    { name: 'n, all pairs' },
    { name: 'a, firings' },
    { name: 'n, firings' },
  ];
  return [
    table(columns, rows),
    '',
    `${counted(prompts, 'prompt')}, ${counted(means.pairs, 'pair')}, of them ${counted(means.firings, 'firing')} ` +
      `(${FIRING}); --json and --csv have every pair.`,
    MEASURES,
  ].join('\n');
}
