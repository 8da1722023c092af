import { Command } from 'commander';
import { addCheckpoints } from './commands/checkpoints.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFamilies } from './commands/families.ts';
import { addHeads } from './commands/heads.ts';
import { addInterpret } from './commands/interpret.ts';
import { addIntervene } from './commands/intervene.ts';
import { addIsotropy } from './commands/isotropy.ts';
import { addModel } from './commands/model.ts';
import { addReproduce } from './commands/reproduce.ts';
import { addSad } from './commands/sad.ts';
import { addSinks } from './commands/sinks.ts';
import { addToySweep } from './commands/toySweep.ts';
import { addToyTrain } from './commands/toyTrain.ts';
import { addTrace } from './commands/trace.ts';
import { addVerify } from './commands/verify.ts';
import { colours } from './output/colours.ts';
import { version } from './provenance.ts';

/** The commands of `svf`. What a command needs is imported when it runs, so that help is there at once. */
export function createProgram(): Command {
  const program = new Command('svf')
    .description('Singular vectors of attention heads align with features: shown, proved and used.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText(
      'after',
      `
Examples:
  $ svf reproduce                     the paper's figures and claims, and a report page
  $ svf verify                        the theorems on random cases
  $ svf toy train --preset default    one toy model
  $ svf sad --model ioi-gpt2 --prompt "Then, Mary and John went to the park. Mary gave a ring to"
                                      attention of a language model cut into singular terms
  $ svf doctor                        what works on this machine

Exit status: 0 done, 1 something did not finish or a theorem was violated, 2 bad input, 130 interrupted.`,
    );
  addReproduce(program);
  const toy = program
    .command('toy')
    .description('train toy models of one attention head')
    .addHelpText(
      'after',
      '\nExamples:\n  $ svf toy train --preset single-pair\n  $ svf toy sweep keys=2,4,8',
    );
  addToyTrain(toy);
  addToySweep(toy);
  addVerify(program);
  addHeads(program);
  addSad(program);
  addCheckpoints(program);
  addIsotropy(program);
  addTrace(program);
  addIntervene(program);
  addFamilies(program);
  addSinks(program);
  addInterpret(program);
  addModel(program);
  addDoctor(program);
  for (const command of withSubcommands(program)) strict(command);
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Errors become exceptions, and name what was probably meant. */
function strict(command: Command): void {
  const { red } = colours(process.stderr);
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ sortOptions: false, showGlobalOptions: false })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, red('error:'))) })
    .showHelpAfterError(`See \`${path(command)} --help\`.`);
}

function path(command: Command): string {
  return command.parent === null ? command.name() : `${path(command.parent)} ${command.name()}`;
}
