import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors, type TensorToEncode } from '@svf-alignment/core/safetensors';
import { describe, expect, it } from 'vitest';
import { checkMatrixFile, type MatrixCheckOptions } from '../../src/reproduce/checkMatrixFile.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

/** A tight frame of four features in two dimensions, one per column. */
const frame = [
  [1, 0, -1, 0],
  [0, 1, 0, -1],
];
/** Ω = q₀k₁ᵀ for that frame, as weights of dimension one. */
const query = [[1], [0]];
const key = [[0], [1]];
const plain = { tensors: {}, transposed: [], ids: [] } satisfies MatrixCheckOptions;

function tensor(rows: readonly (readonly number[])[]): TensorToEncode {
  return { shape: [rows.length, rows[0]?.length ?? 0], data: Float64Array.from(rows.flat()) };
}

function transpose(rows: readonly (readonly number[])[]): number[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

function file(tensors: Readonly<Record<string, TensorToEncode>>, metadata?: Record<string, string>): string {
  const path = join(temporaryFolder(), 'own.safetensors');
  writeFileSync(path, encodeSafetensors(tensors, metadata));
  return path;
}

const square = tensor([
  [0, 3],
  [0, 0],
]);
const aligned = { W: tensor(frame), W_Q: tensor(query), W_K: tensor(key) };

describe('checkMatrixFile', () => {
  it('finds tensors by the names of their roles, and an aligned head aligned', async () => {
    const check = await checkMatrixFile(file(aligned), { ...plain, pair: [0, 1] });
    expect(check.tensors).toEqual([
      { role: 'W', name: 'W', transposed: false, shape: [2, 4] },
      { role: 'W_Q', name: 'W_Q', transposed: false, shape: [2, 1] },
      { role: 'W_K', name: 'W_K', transposed: false, shape: [2, 1] },
    ]);
    expect(check).toMatchObject({ passed: true, pair: { query: 0, key: 1 } });
    expect(check.theorem1?.holds).toBe(true);
    expect(check.corollary1?.holds).toBe(true);
    expect(check.theorem2).toMatchObject({ holds: true, epsilon: 0, sine: 0, head: { misfit: 0 } });
  });

  it('sees that another pair is not what the head attends from and to', async () => {
    const check = await checkMatrixFile(file(aligned), { ...plain, ids: ['theorem1'], pair: [1, 0] });
    expect(check.theorem1?.holds).toBe(false);
    expect(check).not.toHaveProperty('theorem2');
    expect(check).not.toHaveProperty('corollary1');
  });

  it('takes names that are given, one set of features for each side, Ω, and transposes', async () => {
    const path = file({
      'decoder.q': tensor(transpose(frame)),
      K: tensor(frame),
      W: tensor([[7]]),
      product: tensor([
        [0, 3],
        [0, 0],
      ]),
      W_Q: tensor([[7]]),
      W_K: tensor([[7]]),
    });
    const check = await checkMatrixFile(path, {
      ...plain,
      tensors: { Q: 'decoder.q', Omega: 'product' },
      transposed: ['Q'],
      pair: [0, 1],
    });
    expect(check.tensors.map(({ role, name, transposed }) => [role, name, transposed])).toEqual([
      ['Q', 'decoder.q', true],
      ['K', 'K', false],
      ['Omega', 'product', false],
    ]);
    expect(check.theorem1?.holds).toBe(true);
  });

  it('takes A, B and the first target pair of a toy model, and the first columns of any other file', async () => {
    const toy = { W: tensor(frame), A: tensor(query), B: tensor(key), b: tensor([[0]]) };
    const config = JSON.stringify({ targets: [{ query: 0, key: 1, target: 9 }] });
    expect(await checkMatrixFile(file(toy, { config }), plain)).toMatchObject({
      pair: { query: 0, key: 1 },
      tensors: [{ name: 'W' }, { role: 'W_Q', name: 'A' }, { role: 'W_K', name: 'B' }],
    });
    for (const other of ['{', 'null', '[]', '{"targets":[null]}', '{"targets":[{"query":"0","key":1}]}']) {
      const check = await checkMatrixFile(file(toy, { config: other }), plain);
      expect(check.pair).toEqual({ query: 0, key: 0 });
    }
  });

  it('without a head tells what can be told', async () => {
    const check = await checkMatrixFile(file({ W: aligned.W }), plain);
    expect(check.theorem1).toMatchObject({ measurements: null, holds: null });
    expect(check.theorem2).toMatchObject({ head: null, holds: true });
  });
});

describe('refuses', () => {
  const cases: readonly (readonly [
    string,
    Record<string, TensorToEncode>,
    Partial<MatrixCheckOptions>,
    string,
  ])[] = [
    ['a name that is not there', aligned, { tensors: { W: 'embed' } }, 'unknown-tensor'],
    ['no features', { W_Q: aligned.W_Q, W_K: aligned.W_K }, {}, 'missing-tensor'],
    ['half a head', { W: aligned.W }, { tensors: { W_Q: 'W' } }, 'incomplete-head'],
    ['a head twice', { ...aligned, S: square }, { tensors: { W_Q: 'W_Q', Omega: 'S' } }, 'ambiguous-head'],
    ['an Ω that is not square', aligned, { tensors: { Omega: 'W' } }, 'shape-mismatch'],
    ['a vector', { ...aligned, W: { shape: [4], data: new Float64Array(4) } }, {}, 'tensor-shape'],
    ['an empty matrix', { ...aligned, W: { shape: [2, 0], data: new Float64Array(0) } }, {}, 'tensor-shape'],
    [
      'a batch of matrices',
      { ...aligned, W: { shape: [2, 2, 1], data: new Float64Array(4) } },
      {},
      'tensor-shape',
    ],
    ['NaN', { ...aligned, W: tensor([[1, 2, Number.NaN]]) }, {}, 'non-finite-entry'],
    ['matrices that do not fit', { ...aligned, W_K: tensor([[1], [0], [0]]) }, {}, 'shape-mismatch'],
    ['a pair beyond the features', aligned, { pair: [0, 4] }, 'index-out-of-range'],
    ['a feature that is zero', { ...aligned, W: tensor([[0], [0]]) }, {}, 'zero-feature'],
    ['a head that is zero', { ...aligned, W_Q: tensor([[0], [0]]) }, {}, 'zero-head'],
    ['to transpose what is not used', aligned, { transposed: ['Omega'] }, 'missing-tensor'],
    ['a statement without a check', aligned, { ids: ['theorem2', 'lemma1'] }, 'unknown-statement'],
  ];

  it.each(cases)('%s', async (_, tensors, options, code) => {
    await expect(checkMatrixFile(file(tensors), { ...plain, ...options })).rejects.toMatchObject({
      name: 'SvfError',
      code,
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it('names the tensors that there are', async () => {
    await expect(checkMatrixFile(file(aligned), { ...plain, tensors: { Q: 'x' } })).rejects.toMatchObject({
      remedy: 'It holds W, W_K, W_Q.',
    });
  });

  it('a path that is no file, and files that are not what they should be', async () => {
    const folder = temporaryFolder();
    const whole = encodeSafetensors(aligned);
    const written = (bytes: Uint8Array) => {
      const path = join(folder, 'bad.safetensors');
      writeFileSync(path, bytes);
      return path;
    };
    const huge = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 123);
    const code = (path: string) =>
      checkMatrixFile(path, plain).catch((error: { code: string }) => error.code);
    expect(await code(join(folder, 'none.safetensors'))).toBe('matrix-file');
    expect(await code(folder)).toBe('matrix-file');
    expect(await code(written(whole.subarray(0, 5)))).toBe('safetensors-truncated');
    expect(await code(written(whole.subarray(0, 40)))).toBe('safetensors-header-beyond-file');
    expect(await code(written(whole.subarray(0, whole.length - 8)))).toMatch(/^safetensors-/);
    expect(await code(written(huge))).toBe('safetensors-header-too-long');
    expect(await code(written(new TextEncoder().encode('not a model at all')))).toMatch(/^safetensors-/);
  });
});
