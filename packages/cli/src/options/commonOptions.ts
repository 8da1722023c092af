import { type Command, Option } from 'commander';
import { integer } from './integer.ts';

/** How the result of a command is to be printed. */
export interface OutputOptions {
  readonly json?: true;
  readonly csv?: true;
  readonly quiet?: true;
  readonly debug?: true;
}

/** Adds --json, --csv, --quiet and --debug, and the examples at the end of the help. */
export function addOutputOptions(command: Command, examples: readonly string[]): Command {
  return command
    .addOption(new Option('--json', 'print one JSON document').conflicts('csv'))
    .addOption(new Option('--csv', 'print one table as CSV'))
    .option('--quiet', 'no progress, no warnings')
    .option('--debug', 'print the stack of an error')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
}

/** Adds --seed. */
export function addSeedOption(command: Command): Command {
  return command.option('--seed <integer>', 'seed of every random draw (default: 0)', integer({}));
}
