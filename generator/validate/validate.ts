import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../load/source-node.ts';
import { explainErrors } from './explain-errors.ts';

/** What a compiled validator says about one violation: ajv's error object with `verbose`. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: SchemaObject;
  readonly data: unknown;
}

/** The parts of a JSON Schema that messages are made from. */
export interface SchemaObject {
  /** What is expected, as a noun phrase. */
  readonly title?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A validator compiled from a JSON Schema. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** Checks the shape of a document. Gives the pointers of what is wrong. */
export function validateShape(document: SourceNode, validate: Validate, diagnostics: DiagnosticCollector): readonly string[] {
  if (validate(document.value)) return [];
  const errors = validate.errors ?? [];
  explainErrors(document, errors, diagnostics);
  return errors.map((error) => error.instancePath);
}
