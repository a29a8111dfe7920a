import { splitWords } from '../../names/words.ts';

/** Settings of the target `cpp`, as the configuration gives them. */
export interface CppSettings {
  /** Namespace of all declarations, such as `acme::rpc`; left out = the name of the protocol. */
  readonly namespace?: string;
  /** What file names start with; left out = the name of the protocol in snake_case and an underscore. */
  readonly filePrefix?: string;
  /** What names of constants and metadata keys start with; left out = the file prefix in capitals. */
  readonly constantPrefix?: string;
  /** Class that is thrown, made from a `std::string`; left out = `std::runtime_error`. */
  readonly exception?: string;
  /** Header that declares the class, as it is included: `<stdexcept>` or `"acme/error.hpp"`. */
  readonly exceptionHeader?: string;
}

export type CppOptions = Required<CppSettings>;

export function cppOptions(protocol: string, settings: CppSettings = {}): CppOptions {
  const stem = splitWords(protocol).join('_');
  const filePrefix = settings.filePrefix ?? `${stem}_`;
  return {
    namespace: settings.namespace ?? stem,
    filePrefix,
    constantPrefix: settings.constantPrefix ?? filePrefix.toUpperCase(),
    exception: settings.exception ?? 'std::runtime_error',
    exceptionHeader: settings.exceptionHeader ?? '<stdexcept>',
  };
}
