import { expect, it } from 'vitest';
import { selectExperiments } from '../../src/reproduce/selectExperiments.ts';
import { countingExperiment } from './countingExperiment.ts';

const experiments = ['a', 'b', 'c'].map((id) => countingExperiment(id));
const select = (...ids: string[]) => selectExperiments(experiments, ids).map(({ id }) => id);

it('selects by id, each once and in the order of the list; all without an id', () => {
  expect(select('c', 'a', 'c')).toEqual(['a', 'c']);
  expect(select()).toEqual(['a', 'b', 'c']);
});

it('refuses an id that is not there, and names those that are', () => {
  expect(() => select('a', 'd')).toThrow(
    expect.objectContaining({ code: 'unknown-experiment', path: ['ids', 1], expected: 'one of a, b, c' }),
  );
});
