import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseToyConfig, presets } from '@svf-alignment/toy';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { configHelp } from '../src/options/configHelp.ts';
import { presetHelp } from '../src/options/presetHelp.ts';
import { createProgram } from '../src/program.ts';
import { svf } from './svf.ts';

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** What stands after `svf` in the examples of a command's help. */
function examplesOf(command: Command): string[] {
  const written: string[] = [];
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp();
  const help = written.join('');
  // Of the columns of the overview only the first is the command.
  return [...help.matchAll(/^ {2}\$ (?:\w+=\S+ )?svf (.+?)(?: {2}.*)?$/gm)].map(
    ([, example = '']) => example,
  );
}

/** Markdown that a user reads. */
function pages(): string[] {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'README.md'));
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', ...packages, ...docs]
    .map((name) => join(root, name))
    .filter((name) => existsSync(name))
    .map((name) => readFileSync(name, 'utf8'));
}

/** What stands after `svf` in the shell commands of a page, all but calls for help. */
function commandsOf(page: string): string[] {
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .flatMap((line) => /^(?:npm run svf -- |svf )(.+?)(?: +#.*)?$/.exec(line)?.[1] ?? [])
    .filter((line) => !line.includes('--help'));
}

/** That the command line takes an example, without anything being run. */
async function demandUnderstood(example: string): Promise<void> {
  const program = createProgram();
  const run: string[] = [];
  for (const command of allCommands(program)) {
    if (command.commands.length === 0) command.action(() => void run.push(command.name()));
    command.configureOutput({ writeErr: () => {} });
  }
  await program.parseAsync(words(example), { from: 'user' }).catch((error: unknown) => {
    throw new Error(`svf ${example}`, { cause: error });
  });
  expect(run, example).toHaveLength(1);
}

function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('svf --help', () => {
  it.each([
    ['', 'svf toy train'],
    ['toy', 'svf toy sweep'],
    ['toy train', 'svf toy train --preset'],
    ['toy sweep', 'svf toy sweep keys='],
    ['reproduce', 'svf reproduce --list'],
    ['verify', 'svf verify --matrix'],
    ['doctor', 'svf doctor --json'],
    ['heads', 'svf heads --model gpt2'],
    ['sad', 'svf sad --model gpt2 --prompt'],
    ['checkpoints', 'svf checkpoints --model ioi-neox'],
    ['isotropy', 'svf isotropy --sae'],
    ['trace', 'svf trace --model ioi-gpt2 --prompt'],
    ['intervene', 'svf intervene --circuit mary.json'],
    ['families', 'svf families --model ioi-gpt2'],
    ['sinks', 'svf sinks --model ioi-neox'],
    ['interpret', 'svf interpret --model ioi-gpt2'],
    ['model', 'svf model list'],
    ['model list', 'svf model list --json'],
    ['model pull', 'svf model pull gpt2'],
    ['model check', 'svf model check ioi-neox'],
  ])('svf %s --help shows an example', async (command, example) => {
    const { status, stdout, stderr } = await svf([...command.split(' ').filter(Boolean), '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain(`$ ${example}`);
  });

  it('shows examples that say what the command understands', async () => {
    const examples = allCommands(createProgram()).flatMap(examplesOf);
    expect(examples.length).toBeGreaterThan(40);
    for (const example of examples) await demandUnderstood(example);
  });

  it('understands what the READMEs and the documentation tell to type', async () => {
    const examples = pages().flatMap(commandsOf);
    expect(examples.length).toBeGreaterThan(20);
    for (const example of examples) await demandUnderstood(example);
  });

  it('prints the version', async () => {
    expect(await svf(['--version'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  it('says every key of the configuration with its default', async () => {
    const { stdout } = await svf(['toy', 'train', '--help']);
    const defaults = parseToyConfig({});
    expect(Object.keys(configHelp)).toEqual(Object.keys(defaults));
    for (const [key, [standard]] of Object.entries(configHelp)) {
      const value: unknown = Reflect.get(defaults, key);
      if (key !== 'targets') expect(standard, key).toBe(String(value));
      expect(stdout).toMatch(new RegExp(`^ +${key} +${standard} `, 'm'));
    }
  });

  it('lists the presets', () => {
    expect(Object.keys(presetHelp)).toEqual(Object.keys(presets));
  });

  it('without a command shows what there is, and counts as bad input', async () => {
    const { status, stdout, stderr } = await svf([]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Commands:');
  });
});
