import { SvfError } from '@svf-alignment/core';

/** @throws SvfError `bad-random-count` unless it is a whole number of at least 0 */
export function demandRandomCount(count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new SvfError(`There cannot be ${count} controls.`, {
    code: 'bad-random-count',
    path: ['random'],
    expected: 'an integer of at least 0',
    received: String(count),
    remedy: 'Give the number of random controls for each edge.',
  });
}
