import { describedByMethod } from '../../../runtime/rpc/describe-client.ts';
import { describeWorker, type ProtocolDescription, type WorkerDescription } from '../../../runtime/rpc/describe-worker.ts';
import { RpcError } from '../../../runtime/rpc/errors.ts';
import { describedHash } from '../../../runtime/rpc/protocol-hash.ts';
import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Layouts } from '../../layout/layouts.ts';
import type { Protocol } from '../../model/model.ts';
import type { ComparedProtocol, Difference, Oracle, ParityProtocol, ParityQuestion } from '../oracle.ts';
import { VersionFindings } from '../version-findings.ts';
import { compareDescription, declaredMethods } from './compare-description.ts';
import { connectWorker } from './connect-worker.ts';

const place = wholeFile('vgi-gen parity');
/** What a worker has for one answer, in milliseconds; its start is part of the first. */
const CALL_TIME = 60_000;

/** Asks a live worker to describe itself and compares that with the definitions, method by method. */
export const workerOracle: Oracle = {
  async compare(question) {
    const unusable = (reason: string): Diagnostic => createDiagnostic('unusable-peer', place, { peer: question.peer, reason });
    let descriptions: readonly WorkerDescription[];
    try {
      descriptions = await describe(question);
    } catch (error) {
      return unusable(error instanceof Error ? error.message : String(error));
    }
    const differences: Difference[] = [];
    const compared: ComparedProtocol[] = [];
    for (const { build, named } of question.protocols) {
      const { protocol } = build.model;
      const found = descriptions.flatMap((description) => description.protocols.filter(({ name }) => name === protocol.wireName || name === protocol.service).map((described) => ({ by: description.by, described })));
      const version = found[0] && spokenVersion(found[0].described, protocol, question);
      if (found.length === 0 && named) return unusable(`it does not serve \`${protocol.wireName}\`; it serves ${serves(descriptions)}`);
      if (version === undefined) continue;
      if (!protocol.versions.some((each) => each.version === version && each.served)) return unusable(`it speaks ${protocol.name} ${version}, which the definition does not serve`);
      const report = await compareProtocol(build, version, found);
      differences.push(...report.differences);
      compared.push(report.compared);
    }
    if (compared.length === 0) return unusable(`it serves none of the definitions; it serves ${serves(descriptions)}`);
    return { differences, sources: [], compared, remarks: remarks(descriptions), data: { worker: { serverVersion: descriptions[0]?.serverVersion ?? '', describedBy: descriptions.map(({ by }) => by) } } };
  },
};

/** What the worker says of itself, in both forms if it knows both. */
async function describe({ peer, cwd, interrupted }: ParityQuestion): Promise<readonly WorkerDescription[]> {
  const options = { timeout: CALL_TIME, signal: interrupted() };
  const { connection, close } = await connectWorker(peer, cwd);
  try {
    const first = await describeWorker(connection, options);
    if (first.by === 'describe') return [first];
    try {
      return [first, await describedByMethod(connection, options)];
    } catch (error) {
      // Releases that have reflection may do without the older form.
      if (error instanceof RpcError && error.type !== 'TransportError') return [first];
      throw error;
    }
  } finally {
    await close();
  }
}

interface Described {
  readonly by: WorkerDescription['by'];
  readonly described: ProtocolDescription;
}

async function compareProtocol({ model }: ParityProtocol['build'], version: string, found: readonly Described[]): Promise<{ readonly differences: readonly Difference[]; readonly compared: ComparedProtocol }> {
  const { name, wireName, range } = model.protocol;
  const findings = new VersionFindings(name, version);
  const methods = declaredMethods(new Layouts(model), version);
  let schemas = 0;
  for (const { described } of found) schemas += compareDescription(methods, described, range, findings);
  const byReflection = found.find(({ by }) => by === 'reflection');
  if (byReflection !== undefined && findings.differences.length === 0) {
    const declared = await describedHash(wireName, methods);
    if (byReflection.described.hash !== declared) findings.report('worker-hash', name, range, { found: byReflection.described.hash, declared });
  }
  return { differences: findings.differences, compared: { protocol: name, versions: [version], counts: { methods: methods.length, schemas } } };
}

/** A protocol that is not versioned on the wire is one of the current version. */
const spokenVersion = ({ version }: ProtocolDescription, { current }: Protocol, question: ParityQuestion): string => question.version ?? (version === '' ? current : version);

const serves = (descriptions: readonly WorkerDescription[]): string => {
  const names = new Set(descriptions.flatMap(({ protocols }) => protocols.map(({ name }) => `\`${name}\``)));
  return names.size === 0 ? 'nothing' : [...names].join(', ');
};

const forms = { reflection: 'reflection', describe: '`__describe__`' } as const;

function remarks(descriptions: readonly WorkerDescription[]): string[] {
  const version = descriptions[0]?.serverVersion ?? '';
  return [`the worker${version === '' ? '' : ` (${version})`} described itself by ${descriptions.map(({ by }) => forms[by]).join(' and ')}`];
}
