/** Exit statuses of the program. */
export const exitCodes = {
  clean: 0,
  /** Errors in the definition, or generated files that are not up to date. */
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
}

/** Values of the options, by camelCase name. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in commander's notation. */
  readonly arguments?: string;
  /** Options beside the common ones: flags in commander's notation and what they do. */
  readonly options: readonly (readonly [flags: string, description: string])[];
  /** Uses the compiler, so it takes the common options. */
  readonly compiles: boolean;
  run(terminal: Terminal, options: Options, positional: readonly string[]): Promise<ExitCode>;
}
