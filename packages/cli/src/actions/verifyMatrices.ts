import { checkMatrixFile, type MatrixCheck } from '@svf-alignment/reproduction';
import type { AlignmentCheck, HypothesisReport, Theorem2Check } from '@svf-alignment/theory';
import { exitStatus } from '../exitStatus.ts';
import type { VerifyOptions } from '../options/verifyOptions.ts';
import { colours } from '../output/colours.ts';
import { significant } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { table } from '../output/table.ts';
import { wrapped } from '../output/wrapped.ts';

/** One line of the table: something that is measured, or a condition that is met or not. */
interface Row {
  readonly statement: string;
  readonly part: 'hypothesis' | 'conclusion';
  readonly name: string;
  readonly text: string;
  readonly measured: number | null;
  readonly bound: number | null;
  readonly slack: number | null;
  /** Null where nothing is claimed. */
  readonly holds: boolean | null;
}

/** `svf verify --matrix`. */
export async function checkMatrices(
  file: string,
  ids: readonly string[],
  options: VerifyOptions,
): Promise<void> {
  const { tensor, transpose, pair, tolerance, strict } = options;
  const check = await checkMatrixFile(file, {
    ids,
    tensors: tensor,
    transposed: transpose,
    ...(pair && { pair }),
    ...(tolerance !== undefined && { tolerance }),
  });
  const rows = rowsOf(check);
  printResult(options, {
    json: () => check,
    csv: () => rows.map((row) => ({ ...row })),
    text: () => text(check, rows),
  });
  const unmet = strict && rows.some(({ holds }) => holds === false);
  if (!check.passed || unmet) process.exitCode = exitStatus.unfinished;
}

function rowsOf({ theorem1, corollary1, theorem2 }: MatrixCheck): Row[] {
  return [
    ...(theorem1 ? alignmentRows('theorem1', theorem1) : []),
    ...(corollary1 ? alignmentRows('corollary1', corollary1) : []),
    ...(theorem2 ? theorem2Rows(theorem2) : []),
  ];
}

function alignmentRows(statement: string, { hypotheses, measurements }: AlignmentCheck): Row[] {
  return [
    ...hypothesisRows(statement, hypotheses),
    ...(measurements ?? []).map(({ name, text, measured, bound, slack, holds }) =>
      conclusion(statement, name, text, { measured, bound, slack, holds }),
    ),
  ];
}

function theorem2Rows({ hypotheses, bounds, sine, head }: Theorem2Check): Row[] {
  const ofBounds = bounds.map(({ name, text, bound, slack, holds }) =>
    conclusion('theorem2', name, text, { measured: sine, bound, slack, holds }),
  );
  if (head === null) return [...hypothesisRows('theorem2', hypotheses), ...ofBounds];
  const side = (name: string, text: string, measured: number, bound: number) =>
    conclusion('theorem2', name, text, { measured, bound, slack: bound - measured, holds: head.holds });
  return [
    ...hypothesisRows('theorem2', hypotheses),
    ...ofBounds,
    side(
      'head-query',
      'sine of ∠(u₁, q₁), as far as the head is the minimiser',
      head.querySine,
      head.queryBound,
    ),
    side('head-key', 'sine of ∠(v₁, k₁), as far as the head is the minimiser', head.keySine, head.keyBound),
  ];
}

function hypothesisRows(statement: string, hypotheses: readonly HypothesisReport[]): Row[] {
  return hypotheses.map(({ name, text, holds }) => ({
    statement,
    part: 'hypothesis',
    name,
    text,
    measured: null,
    bound: null,
    slack: null,
    holds,
  }));
}

function conclusion(
  statement: string,
  name: string,
  text: string,
  values: Pick<Row, 'measured' | 'bound' | 'slack' | 'holds'>,
): Row {
  return { statement, part: 'conclusion', name, text, ...values };
}

const OTHER_HEAD = wrapped(
  'Theorem 1 and its corollary are about the head for which the loss of this one pair is least. Where their lines do not hold, ' +
    'this head is another one, e.g. of several pairs; they are not refuted.',
  0,
);

function text(check: MatrixCheck, rows: readonly Row[]): string {
  const { green, yellow, red, bold } = colours(process.stdout);
  const number = (value: number | null) => (value === null ? null : significant(value));
  const claimed = (statement: string) => rows.every((row) => row.statement !== statement || !isUnmet(row));
  const verdict = (row: Row) => {
    if (row.holds === null) return '– not claimed';
    if (row.part === 'hypothesis') return row.holds ? green('✓ met') : yellow('– not met');
    if (row.holds) return green('✓ holds');
    // Theorem 2 says for itself which of its bounds apply.
    return row.statement === 'theorem2' || claimed(row.statement) ? red('✗ does not hold') : '– not claimed';
  };
  const overview = table(
    [
      { name: 'statement', align: 'left' },
      { name: '', align: 'left' },
      { name: 'measured' },
      { name: 'bound' },
      { name: 'slack' },
      { name: 'verdict', align: 'left' },
    ],
    rows.map((row) => [
      row.statement,
      row.text,
      number(row.measured),
      number(row.bound),
      number(row.slack),
      verdict(row),
    ]),
  );
  return [
    `${bold(check.file)}: features ${check.pair.query} (query) and ${check.pair.key} (key)`,
    ...check.tensors.map(
      ({ role, name, shape, transposed }) =>
        `  ${role}: ${name} [${shape.join(', ')}]${transposed ? ', transposed' : ''}`,
    ),
    '',
    overview,
    ...(rows.some((row) => isOtherHead(row) && claimed(row.statement)) ? ['', OTHER_HEAD] : []),
    ...(check.theorem2 ? ['', ...summary(check.theorem2)] : []),
  ].join('\n');
}

/** A theorem about the minimiser says nothing of other heads. */
function isOtherHead({ statement, part, holds }: Row): boolean {
  return statement !== 'theorem2' && part === 'conclusion' && holds === false;
}

function isUnmet({ part, holds }: Row): boolean {
  return part === 'hypothesis' && holds === false;
}

function summary({ epsilon, sine, query, key, head }: Theorem2Check): string[] {
  const sides = [
    `query side: ε ${significant(query.epsilon)}, condition of Σ_Q ${significant(query.condition)}, rank ${query.rank} of ${query.dimension}`,
    `key side:   ε ${significant(key.epsilon)}, condition of Σ_K ${significant(key.condition)}, rank ${key.rank} of ${key.dimension}`,
    wrapped(
      `The best head's singular vectors are at a sine of ${significant(sine)} from the features; nothing beyond ε = ${significant(epsilon)} is possible.`,
      0,
    ),
  ];
  if (head === null) return sides;
  return [
    ...sides,
    wrapped(
      `This head's are at ${significant(head.querySine)} (query) and ${significant(head.keySine)} (key); it differs ` +
        `from a multiple of the best head by ${significant(head.misfit)} of its largest singular value.`,
      0,
    ),
  ];
}
