import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { corollary1, findStatement, theorem1 } from '../src/index.ts';

test.prop([corollary1.arbitrary], { seed: 7 })(
  'a statement is used with @fast-check/vitest as the README shows',
  (instance) => corollary1.evaluate(instance).holds,
);

test('the package exports what the README names', () => {
  expect(findStatement('theorem1')).toBe(theorem1);
});
