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
    .option('--together', 'all these edges at once, in one run, instead of one by one')
    .option('--boost', 'add the signal instead of taking it away')
    .option(
      '--random <count>',
      'controls beside each edge, or with --together beside them all, with singular vectors drawn at random',
      integer({ least: 0, most: 1000 }),
      0,
    )
    .option('--answer <token>', "the answer (default: the circuit's)")
    .option('--wrong <token>', 'token whose logit is taken off');
  addSeedOption(addOfflineOption(command));
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf intervene --circuit mary.json',
    'svf intervene --circuit mary.json --together --random 5',
    'svf intervene --circuit mary.json --edge 3 --mode global --random 5 --answer John --wrong Mary',
  ]);
  command.addHelpText(
    'after',
    `
mary.json is what the first example of \`svf trace --help\` writes.

Attention drop here is what the attention of the reading head loses when one edge's signal alone is removed, or with
--together all signals at once. The weight of an edge in the circuit is another: what it loses when the edge's terms are
removed after all terms removed before them. Where one signal makes up for another, each alone does little. Norm ratio
and cosine compare what the signal is taken from, after and before: the head's input (local) or the output in the
residual stream (global). Edges that use more than half of a head's singular vectors have no random control. With
--together, --json has the runs under "together", and "rows" is empty.`,
  );
  command.action(async (options: InterveneOptions) => {
    const { intervene } = await import('../actions/intervene.ts');
    await intervene(options);
  });
}
