/** Words that no declaration of a module can have as its name. */
export const typescriptKeywords: ReadonlySet<string> = new Set(
  (
    'any arguments as async await bigint boolean break case catch class const continue debugger declare default delete do else enum eval ' +
    'export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never ' +
    'new null number object of package private protected public readonly return satisfies set static string super switch symbol this throw true ' +
    'try type typeof undefined unique unknown using var void while with yield'
  ).split(' '),
);

/** Globals that generated code uses: a declaration of the same name would hide them. */
export const typescriptGlobals: ReadonlySet<string> = new Set(
  'Array AsyncIterable BigInt Buffer Error Infinity Map NaN Object Omit Partial Pick Promise Readonly ReadonlyMap Record Uint8Array'.split(' '),
);
