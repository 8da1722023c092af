import { SvfError } from '@svf-alignment/core';
import { corollary1 } from './corollary1/corollary1.ts';
import { lemma1 } from './lemmas/lemma1.ts';
import { lemma2 } from './lemmas/lemma2.ts';
import { lemma3 } from './lemmas/lemma3.ts';
import { lemma3Sampled } from './lemmas/lemma3Sampled.ts';
import { presenceTeacher } from './presenceTeacher/presenceTeacher.ts';
import type { Statement } from './statement/statement.ts';
import { theorem1 } from './theorem1/theorem1.ts';
import { theorem1Sampled } from './theorem1/theorem1Sampled.ts';
import { theorem1Singular } from './theorem1/theorem1Singular.ts';
import { theorem2 } from './theorem2/theorem2.ts';
import { theorem2Attained } from './theorem2/theorem2Attained.ts';
import { theorem2Condition } from './theorem2/theorem2Condition.ts';
import { theorem2Particular } from './theorem2/theorem2Particular.ts';
import { theorem2Sharp } from './theorem2/theorem2Sharp.ts';
import { theorem3 } from './theorem3/theorem3.ts';

/** Every statement, in the order of the paper. */
export const statements: readonly Statement<unknown>[] = [
  lemma1,
  lemma2,
  lemma3,
  lemma3Sampled,
  theorem1,
  theorem1Sampled,
  theorem1Singular,
  corollary1,
  presenceTeacher,
  theorem2,
  theorem2Particular,
  theorem2Sharp,
  theorem2Condition,
  theorem2Attained,
  theorem3,
];

/**
 * The statement of this id, e.g. `theorem1`.
 *
 * @throws SvfError `unknown-statement`.
 */
export function findStatement(id: string): Statement<unknown> {
  const found = statements.find((statement) => statement.id === id);
  if (found !== undefined) return found;
  const expected = statements.map((statement) => statement.id).join(', ');
  throw new SvfError(`There is no statement "${id}".`, {
    code: 'unknown-statement',
    expected,
    received: id,
    remedy: `The statements are ${expected}.`,
  });
}
