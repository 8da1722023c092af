import fc from 'fast-check';
import { ConclusionViolated } from './ConclusionViolated.ts';
import { evaluateCase } from './evaluation.ts';
import type { PropertyOptions, Statement, StatementDefinition } from './statement.ts';

/** Makes a definition runnable: on one case, and as a fast-check property. */
export function defineStatement<Case>(definition: StatementDefinition<Case>): Statement<Case> {
  return {
    ...definition,
    evaluate: (instance) => evaluateCase(definition, instance),
    property: (options = {}) => property(definition, options),
  };
}

function property<Case>(
  definition: StatementDefinition<Case>,
  options: PropertyOptions<Case>,
): fc.IProperty<[Case]> {
  return fc.property(options.arbitrary ?? definition.arbitrary, (instance) => {
    const evaluation = evaluateCase(definition, instance);
    fc.pre(evaluation.admissible);
    options.onCase?.(evaluation, instance);
    const violated = evaluation.conclusions.find(({ holds }) => !holds);
    if (violated !== undefined) throw new ConclusionViolated(definition.id, violated);
  });
}
