/** Where the definition differs from tests/reference/vgi-protocol.json on purpose, each with its reason. */

/** Layouts that nobody has seen: the definition takes that of another version. */
export const unseenLayouts: Readonly<Record<string, { readonly like: Readonly<Record<string, string>>; readonly reason: string }>> = {
  ForeignKeyInfo: {
    like: { '1.1.0': '1.2.0', '1.3.0': '1.2.0' },
    reason: 'before 2.0.0 the record is declared nowhere and read by name; only what 1.0.0 and 1.2.0 take was observed, and it is the same',
  },
};

/** Enums of the definition that the facts give as plain text or in prose only. */
export const enumsBesideFacts: Readonly<Record<string, string>> = {
  WriteResultMode: 'values of TableInfo.write_result_modes and WriteOptions.result_mode, which the facts describe in prose',
  WriteConflictAction: 'values of WriteOptions.on_conflict, which the facts describe in prose',
};

/** Enums whose members are not identifiers in the facts: the definition has these as values. */
export const enumsByValue: Readonly<Record<string, string>> = {
  StorageNamespace: 'the facts list the texts, such as _vgi/tio_state; a member name has no slash',
};

/** Metadata keys of the definition that are no entries of their own in the facts. */
export const keysBesideFacts: Readonly<Record<string, string>> = {
  secret_type: 'in the facts part of the payload shape Secrets',
  scope: 'in the facts part of the payload shape Secrets',
  secret_name: 'in the facts part of the payload shape Secrets',
};
