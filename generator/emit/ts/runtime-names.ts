/**
 * Names that generated modules import from the runtime, and names whose value codec would be called like one of the runtime's
 * (`List`: `listValue`): declarations of a protocol must not hide them.
 */
export const runtimeNames: ReadonlySet<string> = new Set(
  (
    'Batch Binary Bool DayTime Dictionary Duration Enum EnumText FixedBinary FixedList Ipc LargeBatch LargeBinary LargeList LargeUtf8 List ' +
    'MonthDayNano Struct Timestamp Utf8 YearMonth Date32 Date64 Decimal128 Decimal256 Float16 Float32 Float64 Int16 Int32 Int64 Int8 Time32 Time64 ' +
    'Uint16 Uint32 Uint64 Uint8 CallContext CallOptions ClientConnection ClientExchange ClientProducer ClientStream ColumnValues ColumnValuesOf ExchangeStream Interval ' +
    'MaybePromise ProducerStream ProtocolDescriptor RecordBatch RecordCodec RpcClient RpcClientOptions Schema ServerStream ValueCodec WithHeader'
  ).split(' '),
);

/** Members that every generated client has, and names that JavaScript gives a meaning of its own. */
export const reservedMethodNames: ReadonlySet<string> = new Set('constructor call close openExchange openProducer openStream then version'.split(' '));
