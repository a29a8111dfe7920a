import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A definition that is right in itself cannot be expressed in a target. Carries what to show the user. */
export class EmitError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'));
    this.name = 'EmitError';
    this.diagnostics = diagnostics;
  }
}
