import { type Command, Option } from 'commander';
import type { InterveneOptions } from '../actions/intervene.ts';
import { addOutputOptions, addSeedOption } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { integer } from '../options/integer.ts';
import { addOfflineOption } from '../options/modelOptions.ts';

export function addIntervene(program: Command): void {
  const command = program
    .command('intervene')
    .description(
      "remove or add what a circuit's edges carry, and see what becomes of attention and of the answer",
    )
    .requiredOption('--circuit <file>', 'a circuit that `svf trace --save` or --json has written')
    .option('--model <model>', 'the model, if it is not found under the name that stands in the circuit')
    .addOption(
      new Option(
        '--edge <index>',
        'this edge only, by its place in the file, from 0; may be given several times',
      ).argParser((text: string, earlier: readonly number[] = []) => [
        ...earlier,
        integer({ least: 0 })(text),
      ]),
    )
    .addOption(
      new Option('--mode <name>', '`local`: for the head that reads it; `global`: for all that read it')
        .choices(['local', 'global'])
        .default('local'),
    )
    .option('--boost', 'add the signal instead of taking it away')
    .option(
      '--random <count>',
      'controls beside each edge, with singular vectors drawn at random',
      integer({ least: 0, most: 1000 }),
      0,
    )
    .option('--answer <token>', "the answer (default: the circuit's)")
    .option('--wrong <token>', 'token whose logit is taken off');
  addSeedOption(addOfflineOption(command));
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf intervene --circuit mary.json',
    'svf intervene --circuit mary.json --edge 3 --mode global --random 5 --answer John --wrong Mary',
  ]);
  command.addHelpText('after', '\nmary.json is what the first example of `svf trace --help` writes.');
  command.action(async (options: InterveneOptions) => {
    const { intervene } = await import('../actions/intervene.ts');
    await intervene(options);
  });
}
