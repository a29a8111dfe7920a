import { createDiagnostic, DiagnosticCollector, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileSystem } from '../load/file-system.ts';
import { readSource } from '../load/load-sources.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import type { SourceFile, SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';
import type { Version } from '../model/model.ts';
import validateExplanations from '../validate/compiled/explanations.js';
import { validateShape } from '../validate/validate.ts';
import type { Difference, ParityReport } from './oracle.ts';

/** One subject of an explanation. */
interface Explanation {
  readonly oracle: string;
  readonly protocol: string;
  readonly versions?: readonly Version[];
  readonly finding: string;
  readonly subject: string;
  readonly reason: string;
  /** Not every peer of these versions has the difference. */
  readonly varies: boolean;
  readonly range: SourceRange;
}

export interface ExplainedDifference extends Difference {
  readonly reason: string;
}

export interface Judged {
  readonly explained: readonly ExplainedDifference[];
  readonly unexplained: readonly Difference[];
  /** The differences that nothing explains, and the explanations that explain nothing. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Differences that are known, each with a reason. */
export class Explanations {
  readonly #explanations: readonly Explanation[];

  constructor(explanations: readonly Explanation[] = []) {
    this.#explanations = explanations;
  }

  /** Takes what is explained out of a report. */
  judge(oracle: string, { differences, compared }: ParityReport): Judged {
    const relevant = this.#explanations.flatMap((explanation) => {
      const inVersions = compared.filter(({ protocol }) => protocol === explanation.protocol).flatMap(({ versions }) => versions.filter((version) => explanation.versions?.includes(version) ?? true));
      return explanation.oracle === oracle && inVersions.length > 0 ? [{ explanation, inVersions, explains: matcher(explanation), used: false }] : [];
    });
    const explained: ExplainedDifference[] = [];
    const unexplained: Difference[] = [];
    for (const difference of differences) {
      const known = relevant.filter(({ explains }) => explains(difference));
      for (const entry of known) entry.used = true;
      if (known[0] === undefined) unexplained.push(difference);
      else explained.push({ ...difference, reason: known[0].explanation.reason });
    }
    const diagnostics = unexplained.map(({ diagnostic }) => diagnostic);
    for (const { explanation, inVersions, used } of relevant) {
      const { protocol, finding, subject, varies, range } = explanation;
      if (!used && !varies) diagnostics.push(createDiagnostic('unused-explanation', range, { protocol, versions: inVersions.join(', '), finding, subject }));
    }
    return { explained, unexplained, diagnostics };
  }
}

function matcher({ protocol, versions, finding, subject }: Explanation): (difference: Difference) => boolean {
  const pattern = new RegExp(`^${subject.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*')}$`, 'u');
  return (difference) => difference.protocol === protocol && difference.diagnostic.slug === finding && (versions?.includes(difference.version) ?? true) && pattern.test(difference.subject);
}

export interface LoadedExplanations {
  /** Present if nothing is wrong with the file. */
  readonly explanations?: Explanations;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** Reads a file of explanations; generator/parity/explanations.schema.json describes the format. */
export function loadExplanations(fileSystem: FileSystem, file: string): LoadedExplanations {
  const diagnostics = new DiagnosticCollector();
  const source = readSource(fileSystem, file, wholeFile(file), diagnostics);
  const root = source === undefined ? undefined : parseYaml(file, source.text, diagnostics);
  const valid = root !== undefined && validateShape(root, validateExplanations, diagnostics).length === 0;
  const sources = source === undefined ? [] : [source];
  return { ...(valid && { explanations: new Explanations([...root.entries()].flatMap(([oracle, list]) => readList(oracle, list))) }), diagnostics: diagnostics.sorted(), sources };
}

function readList(oracle: string, list: SourceNode): readonly Explanation[] {
  return [...list.entries()].flatMap(([, entry]) => {
    const versions = entry.get('versions')?.value as readonly Version[] | undefined;
    const shared = { oracle, protocol: entry.text('protocol') as string, finding: entry.text('finding') as string, reason: entry.text('reason') as string, varies: entry.get('varies')?.value === true, ...(versions && { versions }) };
    return [...(entry.get('of')?.entries() ?? [])].map(([, subject]): Explanation => ({ ...shared, subject: String(subject.value), range: subject.range }));
  });
}
