import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const sources = fileURLToPath(new URL('../../../src/', import.meta.url));

/** Everything that a source file imports, types included, directly or through files of this package. */
function importsOf(entry: string, seen = new Set<string>()): Set<string> {
  const text = readFileSync(entry, 'utf8');
  for (const [, , name] of text.matchAll(/(from|import)\s*\(?\s*'([^']+)'/g)) {
    const path = name.startsWith('.') ? resolve(dirname(entry), name) : name;
    if (seen.has(path)) continue;
    seen.add(path);
    if (name.startsWith('.') && path.endsWith('.ts')) importsOf(path, seen);
  }
  return seen;
}

test('the main entry reaches nothing of tfjs, not even its types', () => {
  const reached = [...importsOf(resolve(sources, 'index.ts'))];
  expect(reached).toContain(resolve(sources, 'model/toyParameters.ts'));
  expect(reached.filter((path) => /tensorflow|tfjs|webgpu/.test(path))).toEqual([]);
});

test('tfjs is only ever imported as types or at run time, so that its entry loads without it', () => {
  const entry = resolve(sources, 'engines/tfjs/index.ts');
  const files = [...importsOf(entry)].filter((path) => path.includes('/engines/tfjs/'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    for (const [statement] of readFileSync(file, 'utf8').matchAll(
      /^(import|export) .* from '(@tensorflow|webgpu).*$/gm,
    )) {
      expect(statement, file).toMatch(/^(import|export) type /);
    }
  }
});
