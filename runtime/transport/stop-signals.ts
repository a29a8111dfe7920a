/** Runs once for the first SIGTERM or SIGINT. A second one of the same kind ends the process as ever. */
export function onStopSignal(stop: () => void): void {
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
