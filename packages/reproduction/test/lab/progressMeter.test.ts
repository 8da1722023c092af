import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../src/lab/progressMeter.ts';

describe('ProgressMeter', () => {
  it('weighs tasks by their expected minutes', () => {
    const meter = new ProgressMeter(2, () => 0);
    const [long, short] = [meter.add(3), meter.add(1)];
    meter.begin(long, false);
    expect(meter.overall().fraction).toBe(0);
    meter.report(short, 1);
    expect(meter.overall().fraction).toBe(0.25);
    meter.report(long, 0.5);
    expect(meter.overall().fraction).toBe(0.625);
  });

  it('expects what the experiments expect before anything is measured', () => {
    const remaining = (workers: number) => {
      const meter = new ProgressMeter(workers, () => 0);
      meter.add(4);
      return meter.overall().secondsRemaining;
    };
    expect(remaining(2)).toBe(240);
    expect(remaining(1)).toBe(480);
    expect(remaining(8)).toBe(60);
  });

  it('turns to the measured pace', () => {
    let now = 5000;
    const meter = new ProgressMeter(2, () => now);
    const task = meter.add(10);
    meter.begin(task, false);
    now += 1000 * 60 * 10; // half of the work at half the expected pace
    meter.report(task, 0.5);
    const { secondsRemaining } = meter.overall();
    expect(secondsRemaining).toBeGreaterThan(550);
    expect(secondsRemaining).toBeLessThan(600);
  });

  it('does not take for its own pace what was done before this run', () => {
    let now = 0;
    const measure = (reused: boolean) => {
      now = 0;
      const meter = new ProgressMeter(1, () => now);
      const [first, second] = [meter.add(1), meter.add(1)];
      if (reused) meter.skip(first);
      meter.begin(second, true);
      meter.report(second, 0.5);
      now = 60_000;
      meter.report(second, 0.75);
      return meter.overall();
    };
    expect(measure(true).fraction).toBe(0.875);
    // a quarter of a minute's work took a minute: the last quarter takes about as long
    expect(measure(true).secondsRemaining).toBeGreaterThan(50);
    expect(measure(false).fraction).toBe(0.375);
  });

  it('never goes back, stays within 0 and 1, and ends at 1 with nothing to go', () => {
    const report = fc.record({
      task: fc.nat({ max: 3 }),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.array(report),
        (minutes, reports) => {
          let now = 0;
          const meter = new ProgressMeter(2, () => now);
          const tasks = minutes.map((length) => meter.add(length));
          let last = 0;
          for (const { task, fraction } of reports) {
            now += 100;
            meter.begin(tasks[task] ?? 0, false);
            meter.report(tasks[task] ?? 0, fraction);
            const overall = meter.overall();
            expect(overall.fraction).toBeGreaterThanOrEqual(last);
            expect(overall.fraction).toBeLessThanOrEqual(1);
            expect(overall.secondsRemaining).toBeGreaterThanOrEqual(0);
            last = overall.fraction;
          }
          for (const task of tasks) meter.report(task, 1);
          expect(meter.overall()).toEqual({ fraction: 1, secondsRemaining: 0 });
        },
      ),
    );
  });

  it('is done where there is nothing to do', () => {
    expect(new ProgressMeter(2, () => 0).overall()).toEqual({ fraction: 1, secondsRemaining: 0 });
  });
});
