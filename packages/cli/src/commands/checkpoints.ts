import { type Command, Option } from 'commander';
import type { CheckpointsOptions } from '../actions/checkpoints.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { integer } from '../options/integer.ts';
import { addOfflineOption } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';

export function addCheckpoints(program: Command): void {
  const command = program
    .command('checkpoints')
    .description('sparsity and reconstruction count of attention through the training of a language model')
    .addOption(new Option('--model <model>', 'a bundled model, or an ID of the hub').conflicts('dir'))
    .option(
      '--revisions <list>',
      'e.g. step0,step512,step1000..step143000:1000 (default: all of a bundled model)',
    )
    .option('--dir <folder>', 'folder with a checkpoint in each subfolder, instead of --model');
  addPromptOptions(addOfflineOption(command), { single: false, count: 16, needed: false })
    .option('--pairs <file>', 'JSON list of [layer, head, destination, source]: these pairs of every prompt')
    .option(
      '--control-seeds <count>',
      'random rotations of the controls',
      integer({ least: 1, most: 1000 }),
      5,
    )
    .option('--out <folder>', 'keep finished revisions there: a run that is stopped can go on')
    .option('--workers <count>', 'revisions at a time (default: one for each core)', integer({ least: 1 }));
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf checkpoints --model ioi-neox --generate ioi --count 16',
    'svf checkpoints --model EleutherAI/pythia-160m --revisions step0,step1000..step143000:1000 --generate ioi --out pythia',
    'svf checkpoints --dir my-run/checkpoints --prompts prompts.txt --csv',
  ]);
  command.addHelpText(
    'after',
    `
Columns: sparsity a (lower is sparser) in the basis of singular vectors, with singular vectors turned at random
(Rotated), and in another basis of the same head (SameOmega); reconstruction count n. Means over all pairs of tokens, and
with the suffix Firings over pairs with attention of at least min(1, 2.5 / (d + 1)).`,
  );
  command.action(async (options: CheckpointsOptions) => {
    const { followTraining } = await import('../actions/checkpoints.ts');
    await followTraining(options);
  });
}
