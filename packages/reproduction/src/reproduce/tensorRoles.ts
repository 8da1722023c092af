import { type Matrix, SvfError } from '@svf-alignment/core';
import { type MatrixFile, tensorList } from './readMatrices.ts';

/**
 * What a tensor of a file can be: features of both sides (columns, [D, N]), of the query or of the key side, the
 * weights of a head [D, H], or its Ω = W_Q W_Kᵀ [D, D].
 */
export const matrixRoles = ['W', 'Q', 'K', 'W_Q', 'W_K', 'Omega'] as const;
export type MatrixRole = (typeof matrixRoles)[number];

/** A tensor that was read for a role, with the shape that it is used in. */
export interface UsedTensor {
  readonly role: MatrixRole;
  readonly name: string;
  readonly transposed: boolean;
  readonly shape: readonly [number, number];
}

export interface RoleOptions {
  /** Names of tensors by role; a role that is left out has the tensor of its own name, if there is one. */
  readonly tensors: Readonly<Partial<Record<MatrixRole, string>>>;
  /** Roles whose tensors are stored the other way round. */
  readonly transposed: readonly MatrixRole[];
}

/** The matrices of `checkTheorem2`, and where each came from. */
export interface RoleMatrices {
  readonly used: readonly UsedTensor[];
  readonly queryFeatures: Matrix;
  readonly keyFeatures?: Matrix;
  readonly queryWeights?: Matrix;
  readonly keyWeights?: Matrix;
  readonly omega?: Matrix;
}

type Names = Partial<Record<MatrixRole, string>>;

/**
 * Reads the tensors that the roles mean. The toy model's A and B stand for W_Q and W_K. Of what is named outright and
 * what only has a role's name, the first goes before the second; of features of one side and of both, those of one
 * side; of weights and Ω, the weights.
 *
 * @throws SvfError `missing-tensor` without features, `shape-mismatch` where not all have D rows; those of
 *   `MatrixFile.matrix`
 */
export async function readRoles(file: MatrixFile, options: RoleOptions): Promise<RoleMatrices> {
  const features = featureNames(file, options.tensors);
  const head = headNames(file, options.tensors);
  const used: UsedTensor[] = [];
  const read = async (role: MatrixRole, name: string): Promise<Matrix> => {
    const stored = await file.matrix(name);
    const transposed = options.transposed.includes(role);
    const matrix = transposed ? stored.transpose() : stored;
    used.push({ role, name, transposed, shape: [matrix.rows, matrix.columns] });
    return matrix;
  };
  const unused = options.transposed.find((role) => ({ ...features, ...head })[role] === undefined);
  if (unused !== undefined) {
    throw new SvfError(`There is no ${unused} to transpose.`, {
      code: 'missing-tensor',
      path: ['transpose'],
      expected: `a role that is used: ${Object.keys({ ...features, ...head }).join(', ')}`,
      received: unused,
      remedy: `Leave it out, or say which tensor it is: --tensor ${unused}=NAME.`,
    });
  }
  const both = features.W === undefined ? undefined : await read('W', features.W);
  const query = features.Q === undefined ? both : await read('Q', features.Q);
  const key = features.K === undefined ? both : await read('K', features.K);
  const queryFeatures = query ?? key;
  if (queryFeatures === undefined) throw withoutFeatures(file);
  const matrices = {
    queryFeatures,
    ...(key && { keyFeatures: key }),
    ...(head.W_Q !== undefined && { queryWeights: await read('W_Q', head.W_Q) }),
    ...(head.W_K !== undefined && { keyWeights: await read('W_K', head.W_K) }),
    ...(head.Omega !== undefined && { omega: await read('Omega', head.Omega) }),
  };
  for (const tensor of used) requireDimension(tensor, queryFeatures.rows);
  return { used, ...matrices };
}

function requireDimension({ role, name, shape: [rows, columns] }: UsedTensor, dimension: number): void {
  if (rows === dimension && (role !== 'Omega' || columns === dimension)) return;
  throw new SvfError(
    `The tensor \`${name}\` (${role}) is [${rows}, ${columns}]; the features have ${dimension} dimensions.`,
    {
      code: 'shape-mismatch',
      path: [name],
      expected: role === 'Omega' ? `[${dimension}, ${dimension}]` : `${dimension} rows`,
      received: `[${rows}, ${columns}]`,
      remedy:
        'Features are columns, [D, N]; weights are [D, H] and Omega [D, D]. ' +
        'What is stored the other way round is turned with --transpose ROLE.',
    },
  );
}

function featureNames({ names }: MatrixFile, given: Names): Names {
  const { W, Q, K } = given;
  // Features of both sides that are named outright go before one side's that only has the role's name.
  const ofSide = (side: string | undefined, role: 'Q' | 'K') =>
    side ?? (W === undefined && names.includes(role) ? role : undefined);
  const [query, key] = [ofSide(Q, 'Q'), ofSide(K, 'K')];
  const both = query !== undefined && key !== undefined ? undefined : (W ?? found(names, 'W'));
  return present({ W: both, Q: query, K: key });
}

function headNames({ names }: MatrixFile, given: Names): Names {
  const { W_Q, W_K, Omega } = given;
  if (Omega !== undefined) return present({ W_Q, W_K, Omega });
  const weights = {
    W_Q: W_Q ?? found(names, 'W_Q') ?? found(names, 'A'),
    W_K: W_K ?? found(names, 'W_K') ?? found(names, 'B'),
  };
  const named = W_Q !== undefined || W_K !== undefined;
  if (named || (weights.W_Q !== undefined && weights.W_K !== undefined)) return present(weights);
  return present({ Omega: found(names, 'Omega') });
}

function found(names: readonly string[], name: string): string | undefined {
  return names.includes(name) ? name : undefined;
}

function present(names: Readonly<Record<string, string | undefined>>): Names {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
}

function withoutFeatures({ names }: MatrixFile): SvfError {
  return new SvfError('No tensor holds the features.', {
    code: 'missing-tensor',
    path: ['tensor'],
    expected: 'a tensor W, or Q and K, or --tensor W=NAME',
    received: names.join(', '),
    remedy: `Say which it is with --tensor W=NAME. ${tensorList(names)}`,
  });
}
