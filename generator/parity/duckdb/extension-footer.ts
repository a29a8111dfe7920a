import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the footer of an extension file says. */
export interface ExtensionFooter {
  /** As DuckDB names it: `linux_amd64`. */
  readonly platform: string;
  /** DuckDB version that the extension was built for, without `v`: `1.5.5`. For extensions on the stable C API the version of that. */
  readonly duckdbVersion: string;
  /** The extension's own version, often a commit. */
  readonly extensionVersion: string;
  /** `CPP`: loads into exactly that DuckDB version. `C_STRUCT` and others: into later ones too. */
  readonly abi: string;
}

/**
 * The last 512 bytes of an extension file: eight texts of 32 bytes, padded with zeros, then a signature of 256 bytes. From the last text
 * to the first: format, platform, DuckDB version, extension version, ABI, three unused (DuckDB, `ParsedExtensionMetaData` in
 * src/include/duckdb/main/extension.hpp and scripts/append_metadata.cmake).
 */
const FOOTER_BYTES = 512;
const FIELD_BYTES = 32;
/** The only format there is. */
const FORMAT = '4';

/** Reads the footer; `undefined` if the file has none. Throws what the file system throws. */
export function readExtensionFooter(path: string): ExtensionFooter | undefined {
  const footer = lastBytes(path);
  const [, , , abi = '', extensionVersion = '', duckdbVersion = '', platform = '', format = ''] = Array.from({ length: 8 }, (_, index) => textAt(footer, index * FIELD_BYTES));
  if (format !== FORMAT) return undefined;
  return { platform, duckdbVersion: duckdbVersion.replace(/^v/, ''), extensionVersion, abi };
}

function lastBytes(path: string): Buffer {
  const bytes = Buffer.alloc(FOOTER_BYTES);
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size >= FOOTER_BYTES) readSync(file, bytes, 0, FOOTER_BYTES, size - FOOTER_BYTES);
    return bytes;
  } finally {
    closeSync(file);
  }
}

const textAt = (bytes: Buffer, start: number): string => bytes.toString('latin1', start, start + FIELD_BYTES).replace(/\0.*$/s, '');

/** This machine, in DuckDB's words. */
export function ownPlatform(): string {
  const system = { darwin: 'osx', win32: 'windows' }[process.platform as string] ?? process.platform;
  const machine = { x64: 'amd64' }[process.arch as string] ?? process.arch;
  return `${system}_${machine}`;
}
