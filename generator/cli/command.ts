/** Exit statuses of the program. */
export const exitCodes = {
  clean: 0,
  /** Errors in the definition, lint findings, or files that are not as they should be. */
  findings: 1,
  /** Wrong arguments or configuration. */
  usage: 2,
  /** A bug of vgi-gen. */
  internal: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command may touch of the process. */
export interface Terminal {
  readonly cwd: string;
  /** Data: what another program reads. */
  out(text: string): void;
  /** Talk: what a person reads. */
  err(text: string): void;
  readStdin(): Promise<Uint8Array>;
  /** Whether talk goes to a terminal that shows colours. */
  readonly colour: boolean;
  /** Aborted when the user wants `--watch` to end. */
  readonly interrupted: AbortSignal;
}

/** Values of the options, by camelCase name. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in commander's notation. */
  readonly arguments?: string;
  /**
   * Options beside the common ones: flags in commander's notation and what they do. Each may be set in the configuration too, under the
   * name of the command and its own name in snake_case.
   */
  readonly options: readonly (readonly [flags: string, description: string])[];
  /** Uses the compiler, so it takes the common options. */
  readonly compiles: boolean;
  /** `options` has what the command line says or else the configuration. */
  run(terminal: Terminal, options: Options, positional: readonly string[]): Promise<ExitCode>;
}
