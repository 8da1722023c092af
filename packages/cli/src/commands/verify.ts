import { type Command, InvalidArgumentError, Option } from 'commander';
import { addOutputOptions, addSeedOption } from '../options/commonOptions.ts';
import { integer } from '../options/integer.ts';
import { type MatrixRole, matrixRoles } from '../options/matrixRole.ts';
import type { VerifyOptions } from '../options/verifyOptions.ts';

type Named = Readonly<Partial<Record<MatrixRole, string>>>;

export function addVerify(program: Command): void {
  const matrix = new Option(
    '--matrix <file>',
    'check theorem1, corollary1 and theorem2 on the tensors of a safetensors file',
  );
  const tensor = new Option('--tensor <role=name>', 'which tensor is what; may be given several times');
  const transpose = new Option(
    '--transpose <role>',
    'its tensor is stored the other way round; may be given several times',
  );
  const command = program
    .command('verify')
    .description('run the theorems on random cases, or check them on matrices of your own')
    .argument('[id...]', 'statements, as --list names them (default: all)')
    .option('--list', 'tell what there is, and run nothing')
    .option(
      '--runs <count>',
      "random cases of each statement (default: the statement's own)",
      integer({ least: 1, most: 10_000_000 }),
    )
    .option('--workers <count>', 'blocks at a time (default: one for each core)', integer({ least: 1 }))
    .option(
      '--out <folder>',
      'keep theorems.json and, under store/, finished blocks there: a run that is stopped can go on (default: with --runs verification, else nothing is kept)',
    )
    .addOption(matrix.conflicts(['runs', 'seed', 'workers', 'out']))
    .addOption(tensor.argParser(named).default({}, 'none'))
    .addOption(transpose.argParser(roles).default([], 'none'))
    .option('--pair <i,j>', 'columns of the query and the key feature, from 0', pair)
    .option(
      '--tolerance <number>',
      'what counts as zero in theorem1 and corollary1 (default: 1e-6)',
      tolerance,
    )
    .option('--strict', 'with --matrix: exit status 1 unless every hypothesis and conclusion holds');
  addSeedOption(command);
  addOutputOptions(command, [
    'svf verify',
    'svf verify theorem2 theorem2-sharp --runs 20000 --seed 7',
    'svf verify --matrix model.safetensors --pair 0,4',
    'svf verify theorem2 --matrix head.safetensors --tensor W=decoder --transpose W --tensor W_Q=q --tensor W_K=k',
  ]);
  command.addHelpText(
    'after',
    `
Roles of tensors, each by default the tensor of that name:
  W           features of both sides, one per column [D, N]
  Q, K        features of the query and of the key side, where they differ
  W_Q, W_K    weights of the head [D, H]; in a toy model A and B
  Omega       or their product W_Q W_Kᵀ [D, D]
Without a head only what needs none is checked. The pair is by default the first pair of interest of a toy model,
else 0,0.`,
  );
  command.action(async (ids: readonly string[], options: VerifyOptions) => {
    if (options.matrix !== undefined && !options.list) {
      const { checkMatrices } = await import('../actions/verifyMatrices.ts');
      return checkMatrices(options.matrix, ids, options);
    }
    const { listStatements, verifyTheorems } = await import('../actions/verify.ts');
    return options.list ? listStatements(ids, options) : verifyTheorems(ids, options);
  });
}

function named(text: string, earlier: Named): Named {
  const equals = text.indexOf('=');
  const name = text.slice(equals + 1);
  if (equals < 1 || name === '') throw new InvalidArgumentError('It must be ROLE=NAME, e.g. W_Q=query.');
  return { ...earlier, [role(text.slice(0, equals))]: name };
}

function roles(text: string, earlier: readonly MatrixRole[]): readonly MatrixRole[] {
  return [...earlier, role(text)];
}

function role(text: string): MatrixRole {
  const found = matrixRoles.find((known) => known === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`\`${text}\` is not a role; the roles are ${matrixRoles.join(', ')}.`);
}

function pair(text: string): readonly [number, number] {
  const [, query, key] = /^(\d{1,9}),(\d{1,9})$/.exec(text) ?? [];
  if (query !== undefined && key !== undefined) return [Number(query), Number(key)];
  throw new InvalidArgumentError('It must be two columns counted from 0, e.g. 0,4.');
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number of at least 0.');
}
