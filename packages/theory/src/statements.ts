import { SvfError } from '@svf-alignment/core';
import type { Statement } from './statement/statement.ts';

/** Every statement, in the order of the paper. */
export const statements: readonly Statement<unknown>[] = [];

/**
 * The statement of this id, e.g. `theorem1`.
 *
 * @throws SvfError `unknown-statement`.
 */
export function findStatement(id: string): Statement<unknown> {
  const found = statements.find((statement) => statement.id === id);
  if (found !== undefined) return found;
  throw new SvfError(`There is no statement "${id}".`, {
    code: 'unknown-statement',
    expected: statements.map((statement) => statement.id).join(', '),
    received: id,
    remedy: 'Take one of the expected ids.',
  });
}
