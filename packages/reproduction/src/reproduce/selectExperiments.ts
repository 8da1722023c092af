import { SvfError } from '@svf-alignment/core';
import type { Experiment } from '../lab/experiment.ts';

/**
 * The experiments of those ids, in the order of the list; all of them where no id is given.
 *
 * @throws SvfError `unknown-experiment`
 */
export function selectExperiments(
  experiments: readonly Experiment[],
  ids: readonly string[],
): readonly Experiment[] {
  const known = experiments.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new SvfError(`There is no experiment \`${unknown}\`.`, {
      code: 'unknown-experiment',
      path: ['ids', ids.indexOf(unknown)],
      expected: `one of ${known.join(', ')}`,
      received: unknown,
      remedy: `The experiments are ${known.join(', ')}; \`svf reproduce --list\` tells what each is.`,
    });
  }
  return ids.length === 0 ? experiments : experiments.filter(({ id }) => ids.includes(id));
}
