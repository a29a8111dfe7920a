/**
 * Adds up what the test runners reported and prints `N passed, N failed, N skipped`, the last line of a CI run.
 *
 * Fails if a test failed, none passed, or (with CI=true) something was skipped that `tests/allowed-skips.txt` does not name.
 * Runners report one line each: `@@ <suite>: {"passed": 1, "failed": 0, "skipped": ["name", ...]}`.
 */
import { readFileSync } from 'node:fs';

const [logFile] = process.argv.slice(2);
const reports = readFileSync(logFile, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('@@ '))
  .map((line) => {
    const separator = line.indexOf(': ');
    return { suite: line.slice(3, separator), ...JSON.parse(line.slice(separator + 2)) };
  });

const allowed = new Set(
  readFileSync(new URL('../tests/allowed-skips.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(' # ')[0].trim()),
);

let passed = 0;
let failed = 0;
let skipped = 0;
for (const report of reports) {
  passed += report.passed;
  failed += report.failed;
  skipped += report.skipped.length;
  for (const name of report.skipped) {
    if (process.env.CI === 'true' && !allowed.has(name)) {
      failed += 1;
      console.log(`skipped without leave: ${name} (name it with a reason in tests/allowed-skips.txt, or make it run)`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
