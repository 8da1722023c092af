import { type AbstractMatrix, Matrix, SvfError } from '@svf-alignment/core';

/** Features and, optionally, a head that attends from one of them to another. */
export interface Theorem2Input {
  /** [D, N_Q], one feature per column. */
  readonly queryFeatures: AbstractMatrix;
  /** [D, N_K]. Default the query features: one set that appears on both sides. */
  readonly keyFeatures?: AbstractMatrix;
  /** Column of q₁, from 0. */
  readonly queryIndex: number;
  /** Column of k₁. */
  readonly keyIndex: number;
  /** Ω = W_Q W_Kᵀ [D, D]; or else the weights. */
  readonly omega?: AbstractMatrix;
  /** W_Q [D, H]. */
  readonly queryWeights?: AbstractMatrix;
  /** W_K [D, H]. */
  readonly keyWeights?: AbstractMatrix;
}

/** A head as Ω, or as the weights whose product it is. */
export type HeadWeights =
  | { readonly omega: Matrix }
  | { readonly omega?: undefined; readonly query: Matrix; readonly key: Matrix };

export interface ValidTheorem2Input {
  readonly queryFeatures: Matrix;
  readonly keyFeatures: Matrix;
  readonly head: HeadWeights | null;
}

/** @throws SvfError as told at `checkTheorem2`. */
export function validTheorem2Input(input: Theorem2Input): ValidTheorem2Input {
  const names = ['queryFeatures', 'keyFeatures', 'omega', 'queryWeights', 'keyWeights'] as const;
  for (const name of names) requireFinite(input[name], name);
  const queryFeatures = Matrix.checkMatrix(input.queryFeatures);
  const dimension = queryFeatures.rows;
  requireFeature(queryFeatures, input.queryIndex, 'queryFeatures', 'queryIndex');
  const keyFeatures = Matrix.checkMatrix(input.keyFeatures ?? input.queryFeatures);
  requireRows(keyFeatures, dimension, 'keyFeatures');
  requireFeature(keyFeatures, input.keyIndex, 'keyFeatures', 'keyIndex');
  return { queryFeatures, keyFeatures, head: validHead(input, dimension) };
}

function validHead(
  { omega, queryWeights, keyWeights }: Theorem2Input,
  dimension: number,
): HeadWeights | null {
  if (omega !== undefined) {
    if (queryWeights !== undefined || keyWeights !== undefined) {
      throw new SvfError('The head is given twice, as Ω and as weights.', {
        code: 'ambiguous-head',
        path: ['omega'],
        expected: 'omega, or queryWeights and keyWeights',
        received: 'both',
        remedy: 'Leave one of them out.',
      });
    }
    requireRows(omega, dimension, 'omega');
    if (omega.columns !== dimension)
      throw mismatch('omega', `${dimension} columns`, `${omega.columns} columns`);
    return { omega: Matrix.checkMatrix(omega) };
  }
  if (queryWeights === undefined && keyWeights === undefined) return null;
  if (queryWeights === undefined || keyWeights === undefined) {
    const missing = queryWeights === undefined ? 'queryWeights' : 'keyWeights';
    throw new SvfError('A head needs both its weights.', {
      code: 'incomplete-head',
      path: [missing],
      expected: 'queryWeights and keyWeights',
      received: `no ${missing}`,
      remedy: `Pass ${missing}, or Ω as omega.`,
    });
  }
  requireRows(queryWeights, dimension, 'queryWeights');
  requireRows(keyWeights, dimension, 'keyWeights');
  if (queryWeights.columns !== keyWeights.columns) {
    throw mismatch(
      'keyWeights',
      `${queryWeights.columns} columns, as queryWeights`,
      `${keyWeights.columns} columns`,
    );
  }
  return { query: Matrix.checkMatrix(queryWeights), key: Matrix.checkMatrix(keyWeights) };
}

function requireFeature(features: Matrix, index: number, name: string, indexName: string): void {
  if (!Number.isInteger(index) || index < 0 || index >= features.columns) {
    throw new SvfError(`There is no feature ${index}.`, {
      code: 'index-out-of-range',
      path: [indexName],
      expected: `an integer from 0 to ${features.columns - 1}`,
      received: String(index),
      remedy: 'Features are columns, counted from 0; pass the transpose if yours are rows.',
    });
  }
  if (features.getColumn(index).every((value) => value === 0)) {
    throw new SvfError('The feature is zero: it has no direction.', {
      code: 'zero-feature',
      path: [name, index],
      expected: 'a vector of length 1',
      received: 'zeros',
      remedy: `Choose another ${indexName}.`,
    });
  }
}

function requireFinite(matrix: AbstractMatrix | undefined, name: string): void {
  if (matrix === undefined) return;
  for (let row = 0; row < matrix.rows; row += 1) {
    for (let column = 0; column < matrix.columns; column += 1) {
      const value = matrix.get(row, column);
      if (Number.isFinite(value)) continue;
      throw new SvfError(`${name} has an entry that is not finite.`, {
        code: 'non-finite-entry',
        path: [name, row, column],
        expected: 'a finite number',
        received: String(value),
        remedy: 'Check how the data were made or read.',
      });
    }
  }
}

function requireRows(matrix: AbstractMatrix, rows: number, name: string): void {
  if (matrix.rows !== rows) throw mismatch(name, `${rows} rows, as queryFeatures`, `${matrix.rows} rows`);
}

function mismatch(name: string, expected: string, received: string): SvfError {
  return new SvfError(`${name} has the wrong shape.`, {
    code: 'shape-mismatch',
    path: [name],
    expected,
    received,
    remedy: 'All of it lives in the same D dimensions: features are [D, N], weights [D, H], Ω is [D, D].',
  });
}
