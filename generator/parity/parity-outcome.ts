import { sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../load/source.ts';
import type { ExplainedDifference, Explanations } from './explanations.ts';
import type { ComparedProtocol, Difference, ParityReport } from './oracle.ts';

type Of<T> = T & { readonly oracle: string };

/** What all oracles that were asked have found. */
export class ParityOutcome {
  readonly #explanations: Explanations;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #sources: SourceFile[] = [];
  readonly #compared: Of<ComparedProtocol>[] = [];
  readonly #unexplained: Of<Difference>[] = [];
  readonly #explained: Of<ExplainedDifference>[] = [];
  readonly #remarks: string[] = [];
  #data: Readonly<Record<string, unknown>> = {};

  constructor(explanations: Explanations) {
    this.#explanations = explanations;
  }

  /** What was found beside the reports: by the compiler, or that there is nothing to compare. */
  addFindings(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[] = []): void {
    this.#diagnostics.push(...diagnostics);
    this.#sources.push(...sources);
  }

  add(oracle: string, report: ParityReport): void {
    const { explained, unexplained, diagnostics } = this.#explanations.judge(oracle, report);
    const ofOracle = <T>(parts: readonly T[]): readonly Of<T>[] => parts.map((part) => ({ ...part, oracle }));
    this.addFindings(diagnostics, report.sources);
    this.#explained.push(...ofOracle(explained));
    this.#unexplained.push(...ofOracle(unexplained));
    this.#compared.push(...ofOracle(report.compared));
    this.#remarks.push(...(report.remarks ?? []));
    this.#data = { ...this.#data, ...report.data };
  }

  get diagnostics(): readonly Diagnostic[] {
    return sortDiagnostics(this.#diagnostics);
  }

  get sources(): readonly SourceFile[] {
    return this.#sources;
  }

  /** Members of the JSON beside the diagnostics. */
  get data(): Readonly<Record<string, unknown>> {
    return { compared: this.#compared, differences: this.#unexplained.map(forPrograms), explained: this.#explained.map(forPrograms), ...this.#data };
  }

  /** What to tell a person. `explainedBy` is the file of explanations, if there is one. */
  lines(explainedBy = ''): readonly string[] {
    const count = this.#explained.length;
    const explained = count === 0 ? [] : [`${count} more ${count === 1 ? 'difference is' : 'differences are'} explained in ${explainedBy}`];
    return [...this.#compared.map(comparedLine), ...this.#remarks, ...explained];
  }
}

/** A difference without its places, which the diagnostics have: what an explanation of it has to say. */
const forPrograms = ({ diagnostic: { slug, message }, ...difference }: Difference): object => ({ ...difference, finding: slug, message });

function comparedLine({ oracle, protocol, versions, counts }: Of<ComparedProtocol>): string {
  const parts = Object.entries(counts).map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, '') : what}`);
  return `${oracle}: ${protocol} ${versions.join(', ')}: compared ${parts.join(', ')}`;
}
