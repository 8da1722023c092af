import { SvfError } from '@svf-alignment/core';
import {
  type AlignmentCheck,
  checkCorollary1,
  checkTheorem1,
  checkTheorem2,
  type Theorem2Check,
} from '@svf-alignment/theory';
import { type MatrixFile, withMatrices } from './readMatrices.ts';
import { type RoleOptions, readRoles, type UsedTensor } from './tensorRoles.ts';

/** Statements that can be checked on own data. */
export const checkableStatements = ['theorem1', 'corollary1', 'theorem2'] as const;
export type CheckableStatement = (typeof checkableStatements)[number];

export interface MatrixCheckOptions extends RoleOptions {
  /** All of them where there is none. */
  readonly ids: readonly string[];
  /** Columns of q₁ and k₁; by default the first pair of interest of a toy model, else the first columns. */
  readonly pair?: readonly [query: number, key: number];
  /** Sines and σ₂/σ₁ up to here count as zero in `theorem1` and `corollary1`. */
  readonly tolerance?: number;
}

/** What the theorems say of a file's features and head. Plain JSON. */
export interface MatrixCheck {
  readonly file: string;
  readonly tensors: readonly UsedTensor[];
  readonly pair: { readonly query: number; readonly key: number };
  /** Nothing that a theorem claims of these data is violated. */
  readonly passed: boolean;
  /** Only those that were asked for. */
  readonly theorem1?: AlignmentCheck;
  readonly corollary1?: AlignmentCheck;
  readonly theorem2?: Theorem2Check;
}

/**
 * Theorem 1, Corollary 1 and Theorem 2 on the tensors of a safetensors file.
 *
 * @throws SvfError `unknown-statement`; those of `withMatrices` and `readRoles` for the file; those of `checkTheorem1`
 *   and `checkTheorem2` for matrices that do not fit together
 */
export async function checkMatrixFile(path: string, options: MatrixCheckOptions): Promise<MatrixCheck> {
  const unknown = options.ids.find((id) => !(checkableStatements as readonly string[]).includes(id));
  if (unknown !== undefined) {
    throw new SvfError(`\`${unknown}\` cannot be checked on own data.`, {
      code: 'unknown-statement',
      path: ['ids'],
      expected: checkableStatements.join(', '),
      received: unknown,
      remedy: `With a file of matrices the statements are ${checkableStatements.join(', ')}.`,
    });
  }
  const asked = (id: CheckableStatement) => options.ids.length === 0 || options.ids.includes(id);
  return withMatrices(path, async (file) => {
    const { used, ...matrices } = await readRoles(file, options);
    const [queryIndex, keyIndex] = options.pair ?? firstPair(file);
    const { tolerance } = options;
    const input = { ...matrices, queryIndex, keyIndex, ...(tolerance !== undefined && { tolerance }) };
    const theorem2 = asked('theorem2') ? checkTheorem2(input) : undefined;
    return {
      file: path,
      tensors: used,
      pair: { query: queryIndex, key: keyIndex },
      passed: theorem2?.holds !== false,
      ...(asked('theorem1') && { theorem1: checkTheorem1(input) }),
      ...(asked('corollary1') && { corollary1: checkCorollary1(input) }),
      ...(theorem2 && { theorem2 }),
    };
  });
}

/** A toy model says in its metadata which pairs its head was trained for. */
function firstPair({ metadata }: MatrixFile): readonly [number, number] {
  try {
    const config: { targets?: readonly { query?: unknown; key?: unknown }[] } = JSON.parse(
      metadata.config ?? '{}',
    );
    const { query, key } = config.targets?.[0] ?? {};
    return typeof query === 'number' && typeof key === 'number' ? [query, key] : [0, 0];
  } catch {
    // The metadata of someone else's file may hold anything under that name.
    return [0, 0];
  }
}
