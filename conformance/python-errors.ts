/** An error under the name that Python gives it; like any error that is no RpcError it travels with its stack. */
class PythonError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The error types of the service are those of Python, where the service comes from; they travel as `exception_type`. */
export const valueError = (message: string): Error => new PythonError('ValueError', message);
export const runtimeError = (message: string): Error => new PythonError('RuntimeError', message);
export const typeError = (message: string): Error => new PythonError('TypeError', message);
