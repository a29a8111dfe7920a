import type { Snapshot } from '../history/snapshot.ts';
import { servedVersions, snapshotOf } from '../history/snapshot-of.ts';
import type { Model, ProtocolVersion, Version } from '../model/model.ts';
import { compareVersions } from '../model/versions.ts';
import type { Change } from './change.ts';
import { findChanges } from './find-changes.ts';
import { firstSentences } from './first-sentences.ts';
import { effect } from './judge.ts';

/** The changes of a definition between two of its versions as Markdown: one section for each version after `from`, newest first. Both must be served. */
export function changelog(model: Model, from: Version, to: Version): string {
  const { protocol } = model;
  const served = servedVersions(model);
  const sections = protocol.versions
    .filter(({ version }) => compareVersions(version, from) > 0 && compareVersions(version, to) <= 0)
    .map((version) => {
      const previous = served.findLast((candidate) => compareVersions(candidate, version.version) < 0) ?? from;
      return version.served ? section(version, snapshotOf(model, previous), snapshotOf(model, version.version)) : unservedSection(version);
    });
  return [`# Changes of ${protocol.name} from ${from} to ${to}\n`, ...sections.reverse()].join('\n');
}

const unservedSection = ({ version, doc }: ProtocolVersion): string => `## ${version}\n\n${doc}\n\nNot served: what changed is part of the next version that is.\n`;

const kinds = ['Added', 'Changed', 'Removed'] as const;

function section({ version, doc }: ProtocolVersion, before: Snapshot, after: Snapshot): string {
  const changes = findChanges(before, after, '').toSorted((a, b) => (a.note.code < b.note.code ? -1 : a.note.code > b.note.code ? 1 : 0));
  const docs = firstSentences(after);
  const parts = kinds.flatMap((kind) => {
    const lines = gather(changes.filter((change) => kindOf(change) === kind)).map((line) => print(line, docs));
    return lines.length === 0 ? [] : [`### ${kind}\n`, `${lines.join('\n')}\n`];
  });
  return [`## ${version}\n`, `${doc}\n`, ...(parts.length === 0 ? ['Nothing changes on the wire.\n'] : parts)].join('\n');
}

const kindOf = ({ slug }: Change): (typeof kinds)[number] => (slug.endsWith('-added') ? 'Added' : slug.endsWith('-removed') ? 'Removed' : 'Changed');

/** What happens to one thing, or the same to things of the same name in several owners. */
interface Line {
  /** `field`, and the name in it; empty if the messages say it all. */
  readonly noun: string;
  readonly name: string;
  readonly owners: string[];
  /** What a message says after the name and the owner. */
  readonly statements: readonly string[];
  readonly change: Change;
}

const message = ({ note }: Change): string => note.message.replace(/\.$/, '');

/** Joins what is said of one thing, then things of which the same is said. */
function gather(changes: readonly Change[]): Line[] {
  const things = new Map<string, Line>();
  for (const change of changes) {
    const [, noun = '', name = '', owner = '', statement = ''] = /^(.*?) `([^`]*)` of `([^`]*)` ?(.*)$/.exec(message(change)) ?? [];
    const key = owner === '' ? message(change) : `${owner}.${name}`;
    const statements = owner === '' ? [message(change)] : [...(things.get(key)?.statements ?? []), statement];
    things.set(key, { noun: noun === 'parameter' ? 'field' : noun, name, owners: owner === '' ? [] : [owner], statements, change });
  }
  const lines = new Map<string, Line>();
  for (const thing of things.values()) {
    const key = [thing.noun, thing.name, ...thing.statements, effect(thing.change.breaks)].join('\n');
    const line = lines.get(key);
    if (line === undefined) lines.set(key, thing);
    else line.owners.push(...thing.owners);
  }
  return [...lines.values()];
}

function print({ noun, name, owners, statements, change }: Line, docs: ReadonlyMap<string, string>): string {
  const said = statements.join(' and ');
  const text = owners.length === 0 ? said : `${noun} \`${name}\` of ${list(owners.map((owner) => `\`${owner}\``))} ${said}`;
  const effects = change.breaks.length === 0 ? '' : ` (${effect(change.breaks)})`;
  const [, subject = ''] = /`([^`]*)`/.exec(text) ?? [];
  const doc = kindOf(change) === 'Added' ? docs.get(owners[0] === undefined ? subject : `${owners[0]}.${name}`) : undefined;
  return `- ${text.charAt(0).toUpperCase()}${text.slice(1)}${effects}.${doc === undefined ? '' : ` ${doc}`}`;
}

const list = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
