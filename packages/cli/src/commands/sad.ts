import { type Command, Option } from 'commander';
import type { SadOptions } from '../actions/sad.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { heads } from '../options/head.ts';
import { integer } from '../options/integer.ts';
import { addModelOptions } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';

export function addSad(program: Command): void {
  const command = program
    .command('sad')
    .description('sparse attention decomposition: relative attention cut into singular terms');
  addPromptOptions(addModelOptions(command), { single: true })
    .option('--head <L.H>', 'this head only; may be given several times', heads)
    .option(
      '--destination <position>',
      'this destination token only, from 0, BOS counted',
      integer({ least: 1 }),
    )
    .option('--source <position>', 'this source token only, from 0, BOS counted', integer({ least: 0 }))
    .option('--firing', 'only pairs with attention of at least min(1, 2.5 / (d + 1))')
    .option('--terms', 'every term, in the order of singular values')
    .addOption(
      new Option('--control <kind>', 'the same with singular vectors turned at random').choices([
        'rotated',
        'same-omega',
      ]),
    )
    .option('--control-seeds <count>', 'random rotations of a control', integer({ least: 1, most: 1000 }), 5);
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf sad --model gpt2 --prompt "When Mary and John went to the store, John gave a drink to"',
    'svf sad --model ioi-neox --prompt "Then, Mary and John went to the store. John gave a book to" --firing',
    'svf sad --model ioi-gpt2 --prompt "Then, Mary and John went to the park. Mary gave a ring to" --head 3.0 --terms --json',
    'svf sad --model ioi-gpt2 --generate ioi --count 64 --control rotated',
  ]);
  command.action(async (options: SadOptions) => {
    const { decompose } = await import('../actions/sad.ts');
    await decompose(options);
  });
}
