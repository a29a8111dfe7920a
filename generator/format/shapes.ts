/** How one mapping or list of a definition is laid out. */
export interface Shape {
  /** Order of the keys; keys that are not listed come behind in the order they have. Left out = the order means something and is kept. */
  readonly order?: readonly string[];
  /** Shapes of the values under single keys. */
  readonly keys?: Readonly<Record<string, Shape>>;
  /** Shape of every other value or item. */
  readonly each?: Shape;
  /** An empty line stands between entries. */
  readonly separated?: boolean;
  /** Written as `{...}` or `[...]` on one line if it fits. */
  readonly inline?: boolean;
}

/** Plain data, such as a default. */
export const dataShape: Shape = { inline: true };

const deprecated: Shape = { order: ['since', 'use', 'reason'], inline: true };
const lifetime = ['since', 'removed', 'deprecated', 'names'];
const common = { deprecated, names: dataShape };

const field: Shape = {
  order: ['type', ...lifetime, 'default', 'carries_null', 'opaque', 'secret', 'was', 'doc'],
  keys: { ...common, was: { inline: true, each: { order: ['before', 'name', 'type', 'convert'], inline: true } } },
  inline: true,
};
const fields: Shape = { each: field };

const protocol: Shape = {
  order: ['name', 'wire_name', 'service', 'routing_key_since', 'request_contract', 'doc', 'versions'],
  keys: { versions: { each: { order: ['snapshot', 'status', 'doc'], inline: true } } },
};
const record: Shape = { order: ['doc', ...lifetime, 'adapt', 'fields'], keys: { ...common, fields } };
const enumeration: Shape = {
  order: ['doc', ...lifetime, 'encoding', 'members'],
  keys: { ...common, members: { each: { order: ['value', ...lifetime, 'doc'], keys: common, inline: true } } },
};
const method: Shape = {
  order: ['doc', ...lifetime, 'kind', 'request', 'params', 'header', 'input', 'output', 'result', 'operation'],
  keys: {
    ...common,
    params: fields,
    input: fields,
    output: fields,
    result: { order: ['type', 'doc'], inline: true },
    operation: { order: ['object', 'action', 'required', 'default'], inline: true },
  },
};
const metadataGroup: Shape = {
  order: ['doc', 'keys'],
  keys: { keys: { each: { order: ['key', 'on', ...lifetime, 'doc'], keys: common, inline: true } } },
};
const constant: Shape = { order: ['type', 'value', ...lifetime, 'doc'], keys: common, inline: true };
const batch: Shape = {
  order: ['doc', ...lifetime, 'rows', 'open', 'columns'],
  keys: { ...common, columns: { each: { order: ['type', 'since', 'removed', 'doc'], inline: true } } },
};

/** One file of a definition; the orders are those of docs/language.md. */
export const fileShape: Shape = {
  order: ['protocol', 'include', 'types', 'enums', 'methods', 'metadata', 'constants', 'batches'],
  separated: true,
  keys: {
    protocol,
    include: {},
    types: { each: record, separated: true },
    enums: { each: enumeration, separated: true },
    methods: { each: method, separated: true },
    metadata: { each: metadataGroup, separated: true },
    constants: { each: constant },
    batches: { each: batch, separated: true },
  },
};
