import { SvfError } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import { deserializeError, serializeError } from '../../src/lab/serializedError.ts';

const there = (thrown: unknown) =>
  deserializeError(JSON.parse(JSON.stringify(structuredClone(serializeError(thrown)))));

describe('serializeError', () => {
  it('brings an SvfError over with all that it carries', () => {
    const error = new SvfError('Too long.', {
      code: 'too-long',
      path: ['targets', 2, 'key'],
      expected: 'at most 3',
      received: '4',
      remedy: 'Shorten it.',
      cause: new RangeError('4 > 3'),
    });
    const back = there(error);
    expect(back).toBeInstanceOf(SvfError);
    expect({ ...back }).toEqual({ ...error });
    expect(back.message).toBe(error.message);
    expect(back.stack).toBe(error.stack);
    expect(back.cause).toMatchObject({ name: 'RangeError', message: '4 > 3' });
  });

  it('leaves out what an SvfError does not have', () => {
    expect({ ...there(new SvfError('No.', { code: 'no' })) }).toEqual({
      name: 'SvfError',
      code: 'no',
      path: [],
      expected: undefined,
      received: undefined,
      remedy: undefined,
    });
  });

  it('keeps name, message, stack and code of any other error', () => {
    const error = Object.assign(new TypeError('odd'), { code: 'ERR_ODD' });
    const back = there(error);
    expect(back).not.toBeInstanceOf(SvfError);
    expect(back).toMatchObject({ name: 'TypeError', message: 'odd', code: 'ERR_ODD', stack: error.stack });
  });

  it.each(['text', 7, null, undefined])('makes an error of a thrown %s', (thrown) => {
    expect(there(thrown).message).toBe(String(thrown));
  });

  it('ends where causes go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    let depth = 0;
    for (let at: unknown = there(error); at instanceof Error; at = at.cause) depth += 1;
    expect(depth).toBe(9);
  });
});
