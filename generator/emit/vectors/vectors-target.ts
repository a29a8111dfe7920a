import type { Schema } from '../../../runtime/arrow/schema.ts';
import type { Layout } from '../../layout/layouts.ts';
import { Layouts } from '../../layout/layouts.ts';
import { wireRecords } from '../../layout/wire-record.ts';
import type { Target } from '../targets.ts';
import { recordValues } from './record-values.ts';
import { SampleValues, vectorCases } from './sample-values.ts';

/** Golden vectors: for every layout records as bytes and as JSON, in the format of docs/vectors.md. A file holds what belongs to a type or a method. */
export const vectorsTarget: Target = {
  name: 'vectors',
  reads: 'wire',
  emit(model) {
    const layouts = new Layouts(model);
    const schemas = new Map<Layout, Schema>();
    const files = new Map<string, string[]>();
    for (const record of wireRecords(model)) {
      const name = record.name.split('.', 1)[0] as string;
      const lines = files.get(name) ?? [];
      for (const layout of layouts.of(record)) lines.push(...layoutVectors(layouts, layout, schemas));
      if (lines.length > 0) files.set(name, lines);
    }
    return [...files].map(([name, lines]) => ({ path: `${name}.jsonl`, text: lines.join('\n') }));
  },
};

/** A line for every case that differs from those before it. */
function layoutVectors(layouts: Layouts, layout: Layout, schemas: Map<Layout, Schema>): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const vectorCase of vectorCases) {
    const samples = new SampleValues(layouts, vectorCase, schemas);
    const batch = samples.batch(layout);
    const values = JSON.stringify(recordValues(layouts, layout, batch, (bytes) => samples.open(bytes)));
    if (seen.has(values)) continue;
    seen.add(values);
    const head = JSON.stringify({ record: layout.record.name, kind: layout.record.kind, versions: layout.versions, case: vectorCase });
    lines.push(`${head.slice(0, -1)},"values":${values},"ipc":"${base64(batch.toIpc())}"}`);
  }
  return lines;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
