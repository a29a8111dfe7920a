import { createDiagnostic } from '../diagnostics/diagnostic.ts';
import type { MessageParams, Slug } from '../diagnostics/codes.ts';
import type { SourceRange } from '../load/source.ts';
import type { Version } from '../model/model.ts';
import type { Difference } from './oracle.ts';

/** Differences of one protocol version, each kept once however often it is found. */
export class VersionFindings {
  readonly protocol: string;
  readonly version: Version;
  readonly #found = new Map<string, Difference>();

  constructor(protocol: string, version: Version) {
    this.protocol = protocol;
    this.version = version;
  }

  report<S extends Slug>(slug: S, subject: string, range: SourceRange, params: MessageParams<S>): void {
    const key = `${slug} ${subject}`;
    if (this.#found.has(key)) return;
    this.#found.set(key, { protocol: this.protocol, version: this.version, subject, diagnostic: createDiagnostic(slug, range, params) });
  }

  get differences(): readonly Difference[] {
    return [...this.#found.values()];
  }
}
