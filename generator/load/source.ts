/** A place in a source file. Lines and columns count from 1; `end` is exclusive. */
export interface SourceRange {
  /** Path as the user would type it: relative to the project folder, forward slashes. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The text of one file as it was read, for code frames and fixes. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}
