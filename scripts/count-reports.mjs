// Adds up the JSON reports that tests and package checks leave in packages/*/reports. Run as a program, it prints
// the plain closing line of everything that was run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const packages = new URL('../packages/', import.meta.url);

export function packageDirectories() {
  return readdirSync(packages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => new URL(`${entry.name}/`, packages));
}

/** Counts over all packages; `names` are report files without extension. */
export function countReports(names) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const directory of packageDirectories()) {
    for (const name of names) {
      const file = new URL(`reports/${name}.json`, directory);
      if (!existsSync(file)) continue;
      const report = JSON.parse(readFileSync(file, 'utf8'));
      counts.passed += report.numPassedTests;
      // A file that fails before its first test counts as one failure.
      counts.failed += Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
      counts.skipped += report.numPendingTests ?? 0;
    }
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed, skipped } = countReports(['test', 'package', 'pages', 'nodes']);
  const unreported = Number(process.argv[2] ?? 0);
  const tail = skipped > 0 ? `, ${skipped} skipped` : '';
  process.stdout.write(`${passed} passed, ${failed + unreported} failed${tail}\n`);
}
