import { type Command, Option } from 'commander';
import type { SinksOptions } from '../actions/sinks.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { fraction } from '../options/fraction.ts';
import { integer } from '../options/integer.ts';
import { addModelOptions } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';

export function addSinks(program: Command): void {
  const command = program
    .command('sinks')
    .description(
      'attention sinks: the signals that make heads attend to the first token, shared across layers',
    );
  addPromptOptions(addModelOptions(command), { single: false })
    .option(
      '--most <count>',
      'most firings that are traced: of more, a random sample',
      integer({ least: 1 }),
      2000,
    )
    .option(
      '--cosine <cosine>',
      'least mean cosine at which two clusters of signals are one',
      fraction({ positive: true }),
      0.5,
    )
    .option(
      '--ablate <count>',
      'clusters of each side, the largest, whose control signals are taken away',
      integer({ least: 1 }),
      3,
    )
    .addOption(
      new Option(
        '--mode <mode>',
        '`local`: from what the heads of a cluster read; `global`: from the residual stream below them',
      )
        .choices(['local', 'global'])
        .default('local'),
    )
    .option(
      '--directions <count>',
      'random directions beside each control signal',
      integer({ least: 1, most: 1000 }),
      5,
    );
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf sinks --model ioi-neox --generate ioi --count 64',
    'svf sinks --model ioi-gpt2 --generate ioi --mode global --json',
    'svf sinks --model gpt2 --prompts prompts.txt --most 1000 --csv',
  ]);
  command.action(async (options: SinksOptions) => {
    const { sinks } = await import('../actions/sinks.ts');
    await sinks(options);
  });
}
