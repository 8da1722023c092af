import { SvfError } from '@svf-alignment/core';
import { defineStatement } from './defineStatement.ts';
import type { Conclusion, Statement } from './statement.ts';

/**
 * The same statement with one conclusion measured otherwise: to show that a wrong one is found out.
 *
 * @throws SvfError `unknown-conclusion`.
 */
export function withConclusion<Case>(
  statement: Statement<Case>,
  name: string,
  measure: Conclusion<Case>['measure'],
): Statement<Case> {
  requireName(statement.conclusions, name, 'conclusion');
  return defineStatement({
    ...statement,
    conclusions: statement.conclusions.map((conclusion) =>
      conclusion.name === name ? { ...conclusion, measure } : conclusion,
    ),
  });
}

/**
 * The same statement claimed without one of its hypotheses, on cases that break it and no other: to show that the
 * statement needs it.
 *
 * @throws SvfError `unknown-hypothesis`.
 */
export function withoutHypothesis<Case>(statement: Statement<Case>, name: string): Statement<Case> {
  const dropped = requireName(statement.hypotheses, name, 'hypothesis');
  return defineStatement({
    ...statement,
    hypotheses: statement.hypotheses.filter((hypothesis) => hypothesis.name !== name),
    arbitrary: dropped.breaking,
  });
}

function requireName<Named extends { readonly name: string }>(
  parts: readonly Named[],
  name: string,
  kind: 'conclusion' | 'hypothesis',
): Named {
  const part = parts.find((candidate) => candidate.name === name);
  if (part !== undefined) return part;
  throw new SvfError(`The statement has no ${kind} of this name.`, {
    code: `unknown-${kind}`,
    expected: parts.map((candidate) => candidate.name).join(', '),
    received: name,
    remedy: 'Take one of the expected names.',
  });
}
