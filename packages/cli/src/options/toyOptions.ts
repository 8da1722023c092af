import { type Command, Option } from 'commander';
import { addSeedOption } from './commonOptions.ts';
import { configHelp } from './configHelp.ts';
import { integer } from './integer.ts';
import { presetHelp } from './presetHelp.ts';

/** Options that say which toy model is meant. */
export interface ToyOptions {
  readonly preset: keyof typeof presetHelp;
  readonly config?: string;
  readonly set: readonly string[];
  readonly steps?: number;
  readonly seed?: number;
}

/** Adds --preset, --config, --set, --steps, --seed, and the lists of presets and keys to the help. */
export function addToyOptions(command: Command): Command {
  const presets = new Option('--preset <name>', 'named configuration to start from').choices(
    Object.keys(presetHelp),
  );
  const set = new Option('--set <key=value>', 'change one key; may be given several times')
    .argParser((setting: string, earlier: readonly string[]) => [...earlier, setting])
    .default([], 'none');
  command
    .addOption(presets.default('default'))
    .option('--config <file>', 'JSON file with keys to lay over the preset')
    .addOption(set)
    .option('--steps <count>', 'steps of training', integer({ least: 0 }));
  addSeedOption(command);
  return command.addHelpText(
    'after',
    `
Presets:
${columns(Object.entries(presetHelp))}

Keys of a configuration, with the value of the preset \`default\` (for --set and --config):
${columns(Object.entries(configHelp).map(([key, texts]) => [key, ...texts]))}

Where several say something, the later of --preset, --config, --set, --steps and --seed holds.`,
  );
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
