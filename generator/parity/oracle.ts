import type { ProtocolConfig } from '../config/load-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../load/source.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Version } from '../model/model.ts';

/** A protocol of the configuration, compiled without errors. */
export interface ParityProtocol {
  readonly config: ProtocolConfig;
  readonly build: ModelBuild;
  /** The command line names its definition: a peer that does not have it is a mistake, not one of other protocols. */
  readonly named: boolean;
}

/** A protocol of the configuration that the command line leaves out. */
export interface OtherProtocol {
  readonly name: string;
  readonly config: ProtocolConfig;
}

export interface ParityQuestion {
  readonly protocols: readonly ParityProtocol[];
  /** Protocols of the configuration that are not compared: what a peer has of them is none of our business. */
  readonly others: readonly OtherProtocol[];
  /** What the option of the oracle says: a folder, a location, a file. */
  readonly peer: string;
  /** The version to compare with; left out = the peer says it. */
  readonly version?: Version;
  /** Folder of the DuckDB package that runs an extension, if it is not to be searched. */
  readonly enginePackage?: string;
  /** Folder in which to keep what a peer sent. */
  readonly recording?: string;
  /** Folder of the configuration; ranges count from it. */
  readonly folder: string;
  /** Folder that the command was started in. */
  readonly cwd: string;
  /** Aborted when the user wants the command to end. Reading it changes what an interruption does, so only who starts something reads it. */
  readonly interrupted: () => AbortSignal;
}

/** One difference between a model and a peer. */
export interface Difference {
  readonly protocol: string;
  /** The version in which the two differ. */
  readonly version: Version;
  /** What differs, as a file of explanations names it: `TableInfoSchema.columns`, `catalog_attach`. */
  readonly subject: string;
  readonly diagnostic: Diagnostic;
}

/** What was compared of one protocol, whether it differs or not. */
export interface ComparedProtocol {
  readonly protocol: string;
  readonly versions: readonly Version[];
  /** How many of what, in the plural: `{ schemas: 116 }`. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface ParityReport {
  readonly differences: readonly Difference[];
  /** Texts of the files that differences point into, apart from the definitions. */
  readonly sources: readonly SourceFile[];
  readonly compared: readonly ComparedProtocol[];
  /** Further lines for a person, such as what a peer never did. */
  readonly remarks?: readonly string[];
  /** The same for programs: members of the JSON. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Compares the model with another implementation of the protocol. */
export interface Oracle {
  /** Gives a diagnostic instead of a report if there is nothing to compare: the peer cannot be read, or is of a version that is not served. */
  compare(question: ParityQuestion): Promise<ParityReport | Diagnostic>;
}
