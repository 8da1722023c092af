import type { RootSeeds } from '../seeds/rootSeeds.ts';
import type { CircuitWarning } from './circuitDocument.ts';
import { circuitWarnings } from './circuitWarnings.ts';

/** What there is to say about the seeds of a root. */
export function seedWarnings(
  { label, seeds, warnings }: RootSeeds,
  heads: number,
): readonly CircuitWarning[] {
  const own = warnings.map(
    (code): CircuitWarning => ({ code, message: circuitWarnings[code], path: [label] }),
  );
  if (seeds.length === 0 || seeds.some(({ component }) => component < heads)) return own;
  return [
    ...own,
    {
      code: 'no-head-seeds',
      message: circuitWarnings['no-head-seeds'],
      path: [label],
    },
  ];
}
