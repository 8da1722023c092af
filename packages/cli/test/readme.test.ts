import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const packages = readdirSync(new URL('packages/', root)).map((name) => `packages/${name}/README.md`);
const pages = ['README.md', ...packages].filter(
  (page) => existsSync(new URL(page, root)) && examples(page).length > 0,
);

/** Inside this package, so that an example finds the packages that it imports. */
const folder = new URL('../reports/readme/', import.meta.url);

function examples(page: string): string[] {
  const text = readFileSync(new URL(page, root), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
}

describe.each(pages)('%s', (page) => {
  it.each(examples(page))('has an example that runs and prints finite numbers: %#', (code) => {
    mkdirSync(folder, { recursive: true });
    const file = new URL(`${page.replaceAll('/', '-')}-${examples(page).indexOf(code)}.mjs`, folder);
    writeFileSync(file, code);
    const output = execFileSync(process.execPath, [fileURLToPath(file)], { encoding: 'utf8' });
    expect(output).toMatch(/\d/);
    expect(output).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('finds an example of each package that can be imported', () => {
  expect(examples('README.md').length).toBeGreaterThanOrEqual(3);
});
