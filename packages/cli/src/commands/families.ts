import { type Command, Option } from 'commander';
import type { FamiliesOptions } from '../actions/families.ts';
import { addOutputOptions, addSeedOption } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { integer } from '../options/integer.ts';
import { addModelOptions } from '../options/modelOptions.ts';

/** 15,000 circuits, whose distances take 0.9 GB. */
const MOST_PER_TEMPLATE = 500;

export function addFamilies(program: Command): void {
  const command = program
    .command('families')
    .description(
      'circuits of many prompts in families: which go through the same heads, and what their prompts share',
    );
  addModelOptions(command)
    .addOption(
      new Option(
        '--per-template <count>',
        'prompts of each of the 15 indirect-object templates that the model can say, in each order of names (default: 20)',
      ).argParser(integer({ least: 1, most: MOST_PER_TEMPLATE })),
    )
    .addOption(
      new Option('--prompts <file>', 'prompts of your own instead, one on each line').conflicts(
        'perTemplate',
      ),
    )
    .addOption(
      new Option('--set <kind>', 'what a circuit is a set of: edges with singular vectors, edges, or heads')
        .choices(['triples', 'edges', 'heads'])
        .default('triples'),
    )
    .option(
      '--clusters <count>',
      'families that the dendrogram is cut into (default: as many as it takes for two of them to hold a tenth of the circuits each)',
      integer({ least: 1 }),
    )
    .option('--out <folder>', 'where circuits and families go', 'families')
    .option('--no-bos', "do not put the tokenizer's BOS before a prompt")
    .option('--workers <count>', 'prompts at a time (default: one for each core)', integer({ least: 1 }));
  addForwardOptions(addSeedOption(command));
  addOutputOptions(command, [
    'svf families --model ioi-gpt2 --per-template 10',
    'svf families --model ioi-neox --per-template 100 --set edges --clusters 15',
    'svf families --model gpt2 --per-template 100 --json',
    'svf families --model gpt2 --prompts prompts.jsonl',
  ]);
  command.addHelpText(
    'after',
    `
The families, their agreement with order and template (adjusted Rand index, beside the same with labels shuffled) and
their representatives are written to --out: families.json, the circuit of each representative as a page, and as page and
JSON the averaged circuit of each family: what a fifth of its circuits have, on the representative's prompt. Where the
dendrogram agrees best with either, of cuts into 2 to 30 families, is told too. The same command goes on where it stopped.

Prompts of a file are traced for their answers, where its lines say them ({ "text": …, "answer": …, "wrong": … }), others for
the most probable token; with "order" (ABBA or BABA) and "template" (a number) they say what families are compared with.`,
  );
  command.action(async (options: FamiliesOptions) => {
    const { families } = await import('../actions/families.ts');
    await families(options);
  });
}
