import CliTable from 'cli-table3';
import { colours } from './colours.ts';

export type Cell = string | number | null;

/** A heading, and whether the column's cells are numbers. */
export interface Column {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Columns under their headings, without lines around them. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const { bold } = colours(process.stdout);
  const lines = new CliTable({
    chars: noBorders,
    colAligns: columns.map(({ align = 'right' }) => align),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    head: columns.map(({ name }) => bold(name)),
  });
  for (const row of rows) lines.push(row.map((cell) => (cell === null ? '–' : String(cell))));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
