import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { keyValueHead } from '../../src/architecture/keyValueHead.ts';

test.prop([fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 })])(
  'neighbours share, each key as often',
  (keyValueHeads, group) => {
    const heads = keyValueHeads * group;
    const found = Array.from({ length: heads }, (_, head) => keyValueHead({ heads, keyValueHeads }, head));
    expect(found).toEqual(Array.from({ length: keyValueHeads }, (_, key) => Array(group).fill(key)).flat());
  },
);
