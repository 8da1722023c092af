// Packs the package in the current directory and checks the tarball as a consumer would see it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'svf-pack-'));
const checks = [
  ['publint', ['--strict']],
  ['attw', ['--profile', 'esm-only']],
];

let failed = 0;
try {
  execFileSync('pnpm', ['pack', '--pack-destination', directory], { stdio: 'pipe' });
  const tarball = join(directory, readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '');
  for (const [tool, options] of checks) {
    try {
      execFileSync('pnpm', ['exec', tool, tarball, ...options], { stdio: 'inherit' });
    } catch {
      failed += 1;
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

mkdirSync('reports', { recursive: true });
writeFileSync(
  'reports/package.json',
  JSON.stringify({ numPassedTests: checks.length - failed, numFailedTests: failed }),
);
process.exitCode = failed === 0 ? 0 : 1;
