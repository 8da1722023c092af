import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Slots } from '../../src/lab/slots.ts';

const never = new AbortController().signal;

describe('Slots', () => {
  it.each([1, 3, 10])('lets %i in at once, in the order of the calls', async (count) => {
    const slots = new Slots(count);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        slots.use(never, async () => {
          order.push(n);
          inside += 1;
          most = Math.max(most, inside);
          await setImmediate();
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(count);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('frees a place whose user failed', async () => {
    const slots = new Slots(1);
    await expect(slots.use(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.use(never, async () => 'yes')).resolves.toBe('yes');
  });

  it('does not run who is in line after an abort', async () => {
    const slots = new Slots(1);
    const controller = new AbortController();
    let ran = 0;
    const first = slots.use(controller.signal, () => setImmediate());
    const second = slots.use(controller.signal, async () => {
      ran += 1;
    });
    controller.abort(new Error('enough'));
    await first;
    await expect(second).rejects.toThrow('enough');
    await expect(slots.use(never, async () => 'free')).resolves.toBe('free');
    expect(ran).toBe(0);
  });
});
