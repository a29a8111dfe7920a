import { wholeFile, type DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import { parseAnyYaml } from './parse-any-yaml.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { SourceLocator, type SourceNode } from './source-node.ts';

/** Decodes UTF-8, without byte order mark; reports the first byte that is not. */
export function decodeText(file: string, bytes: Uint8Array, diagnostics: DiagnosticCollector): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const encoder = new TextEncoder();
    let offset = 0;
    for (const character of lossy) {
      const encoded = encoder.encode(character);
      if (!encoded.every((byte, index) => bytes[offset + index] === byte)) break;
      offset += encoded.length;
    }
    diagnostics.report('not-utf8', wholeFile(file), { offset });
    return undefined;
  }
}

/** Parses one YAML document (core schema, YAML 1.2); `undefined` if it has no usable content. Everything found goes to `diagnostics`. */
export function parseYaml(file: string, text: string, diagnostics: DiagnosticCollector): SourceNode | undefined {
  const locator = new SourceLocator(file, text);
  return readPlainYaml(locator) ?? parseAnyYaml(locator, diagnostics);
}
