import type { Experiment } from '../../src/lab/experiment.ts';
import type { JsonObject } from '../../src/lab/result.ts';

/** An experiment of two quick tasks that counts its runs; every task fails while `broken`. */
export function countingExperiment(id: string, broken = false): Experiment & { runs: number } {
  const experiment = {
    runs: 0,
    id,
    title: `Experiment ${id}`,
    summary: 'Doubles a number.',
    figures: [`Fig. ${id}`],
    version: 1,
    needsNetwork: false,
    minutes: { quick: 1, paper: 2 },
    tasks: (_: unknown, seed: number) => [{ number: seed }, { number: seed + 1 }],
    run: async ({ number }: JsonObject) => {
      experiment.runs += 1;
      if (broken) throw new Error('It broke.');
      const double = 2 * Number(number);
      return { values: { double }, tensors: { both: { shape: [2], data: Float64Array.of(double, 1) } } };
    },
    claims: () => [
      {
        id: `${id}/double`,
        figure: `Fig. ${id}`,
        claim: 'It doubles.',
        paper: 2,
        measured: 2,
        tolerance: '= 2',
        verdict: 'reproduced' as const,
      },
    ],
    draw: () => [
      {
        id: `${id}-bars`,
        title: 'Bars',
        caption: 'One bar.',
        specification: {
          data: { values: [{ x: 'a', y: 1 }] },
          mark: 'bar',
          encoding: { x: { field: 'x', type: 'nominal' }, y: { field: 'y', type: 'quantitative' } },
        },
      },
    ],
  };
  return experiment;
}
