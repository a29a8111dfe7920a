import { closeSync, constants, fstatSync, openSync } from 'node:fs';

const STDOUT = 1;
const STDERR = 2;

/**
 * Takes stdout away from everybody else: gives a descriptor for it that nobody knows, and lets what is written to stdout by any means go to stderr, be
 * it by `console.log`, a native library or a child process. Elsewhere than on pipes of Linux only what JavaScript writes is turned away,
 * and the descriptor is that of stdout.
 */
export function ownStdout(): number {
  turnJavaScript();
  if (process.platform !== 'linux' || !fstatSync(STDOUT).isFIFO()) return STDOUT;
  const own = withReader(STDOUT, () => openSync(pathOf(STDOUT), constants.O_WRONLY));
  const stderr = fstatSync(STDERR);
  const putInPlace = (): void => {
    closeSync(STDOUT);
    // The lowest number that is free, which is that of stdout now.
    openSync(stderr.isSocket() ? '/dev/null' : pathOf(STDERR), constants.O_WRONLY | constants.O_APPEND);
  };
  if (stderr.isFIFO()) withReader(STDERR, putInPlace);
  else putInPlace();
  return own;
}

const pathOf = (fd: number): string => `/proc/self/fd/${fd}`;

/** Opening a pipe for writing waits for a reader; here it has one meanwhile. */
function withReader<T>(fd: number, open: () => T): T {
  const both = openSync(pathOf(fd), constants.O_RDWR);
  try {
    return open();
  } finally {
    closeSync(both);
  }
}

function turnJavaScript(): void {
  const toStderr = console.error.bind(console);
  console.log = toStderr;
  console.info = toStderr;
  console.debug = toStderr;
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => process.stderr });
}
