import type { Command } from 'commander';
import type { ToySweepOptions } from '../actions/toySweep.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { integer } from '../options/integer.ts';
import { addToyOptions } from '../options/toyOptions.ts';

export function addToySweep(toy: Command): void {
  const command = toy
    .command('sweep')
    .description('train a toy model for every combination of settings; a sweep that is stopped can go on')
    .argument('<key=values...>', 'keys of the configuration, each with the values that it takes');
  addToyOptions(command)
    .option(
      '--seeds <count>',
      'trainings of each combination, with seeds seed, seed + 1, …',
      integer({ least: 1, most: 10_000 }),
      1,
    )
    .option('--workers <count>', 'trainings at a time (default: one for each core)', integer({ least: 1 }))
    .option('--out <folder>', 'where rows.json and, under store/, finished trainings are kept', 'sweep');
  addOutputOptions(command, [
    'svf toy sweep featureProbability=0.038,0.141,0.52 --preset paper',
    'svf toy sweep keys=2,4,8 headDimension=4,10 --seeds 3 --steps 5000 --csv',
  ]);
  command.action(async (grid: readonly string[], options: ToySweepOptions) => {
    const { sweepToy } = await import('../actions/toySweep.ts');
    await sweepToy(grid, options);
  });
}
