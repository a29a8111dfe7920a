// What the other headers are made with. Every protocol that shares the namespace brings the same text along; the first one counts.
#ifndef LIBRARY_ARROW_SUPPORT_HPP
#define LIBRARY_ARROW_SUPPORT_HPP

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>
#include <arrow/ipc/writer.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <stdexcept>

namespace library {

[[noreturn]] inline void ThrowError(const std::string &message) {
  throw std::runtime_error(message);
}

inline void Require(const arrow::Status &status) {
  if (!status.ok()) {
    ThrowError(status.ToString());
  }
}

template <class T>
T Required(arrow::Result<T> result) {
  Require(result.status());
  return std::move(result).ValueUnsafe();
}

[[noreturn]] inline void ThrowType(const arrow::DataType &type, const char *value) {
  ThrowError("a column of type " + type.ToString() + " does not hold " + value);
}

// Values into builders. Which builder it is follows from the type of the column.

template <class Type>
void AppendNumber(arrow::ArrayBuilder &builder, typename Type::c_type value) {
  Require(static_cast<arrow::NumericBuilder<Type> &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, std::monostate) {
  Require(builder.AppendNull());
}

inline void AppendValue(arrow::ArrayBuilder &builder, bool value) {
  Require(static_cast<arrow::BooleanBuilder &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, int8_t value) {
  AppendNumber<arrow::Int8Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, int16_t value) {
  AppendNumber<arrow::Int16Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, int32_t value) {
  switch (builder.type()->id()) {
  case arrow::Type::INT32:
    return AppendNumber<arrow::Int32Type>(builder, value);
  case arrow::Type::DATE32:
    return AppendNumber<arrow::Date32Type>(builder, value);
  case arrow::Type::TIME32:
    return AppendNumber<arrow::Time32Type>(builder, value);
  case arrow::Type::INTERVAL_MONTHS:
    return AppendNumber<arrow::MonthIntervalType>(builder, value);
  default:
    ThrowType(*builder.type(), "32-bit integers");
  }
}

inline void AppendValue(arrow::ArrayBuilder &builder, int64_t value) {
  switch (builder.type()->id()) {
  case arrow::Type::INT64:
    return AppendNumber<arrow::Int64Type>(builder, value);
  case arrow::Type::DATE64:
    return AppendNumber<arrow::Date64Type>(builder, value);
  case arrow::Type::TIME64:
    return AppendNumber<arrow::Time64Type>(builder, value);
  case arrow::Type::TIMESTAMP:
    return AppendNumber<arrow::TimestampType>(builder, value);
  case arrow::Type::DURATION:
    return AppendNumber<arrow::DurationType>(builder, value);
  default:
    ThrowType(*builder.type(), "64-bit integers");
  }
}

inline void AppendValue(arrow::ArrayBuilder &builder, uint8_t value) {
  AppendNumber<arrow::UInt8Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, uint16_t value) {
  if (builder.type()->id() == arrow::Type::HALF_FLOAT) {
    return AppendNumber<arrow::HalfFloatType>(builder, value);
  }
  AppendNumber<arrow::UInt16Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, uint32_t value) {
  AppendNumber<arrow::UInt32Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, uint64_t value) {
  AppendNumber<arrow::UInt64Type>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, float value) {
  AppendNumber<arrow::FloatType>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, double value) {
  AppendNumber<arrow::DoubleType>(builder, value);
}

inline void AppendValue(arrow::ArrayBuilder &builder, const arrow::Decimal128 &value) {
  Require(static_cast<arrow::Decimal128Builder &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, const arrow::Decimal256 &value) {
  Require(static_cast<arrow::Decimal256Builder &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, const arrow::DayTimeIntervalType::DayMilliseconds &value) {
  Require(static_cast<arrow::DayTimeIntervalBuilder &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, const arrow::MonthDayNanoIntervalType::MonthDayNanos &value) {
  Require(static_cast<arrow::MonthDayNanoIntervalBuilder &>(builder).Append(value));
}

inline void AppendValue(arrow::ArrayBuilder &builder, std::string_view value) {
  switch (builder.type()->id()) {
  case arrow::Type::STRING:
    return Require(static_cast<arrow::StringBuilder &>(builder).Append(value));
  case arrow::Type::LARGE_STRING:
    return Require(static_cast<arrow::LargeStringBuilder &>(builder).Append(value));
  case arrow::Type::DICTIONARY: {
    arrow::StringBuilder texts;
    Require(texts.Append(value));
    const arrow::DictionaryScalar scalar({arrow::MakeScalar(int16_t(0)), Required(texts.Finish())}, arrow::dictionary(arrow::int16(), arrow::utf8()));
    return Require(builder.AppendScalar(scalar));
  }
  default:
    ThrowType(*builder.type(), "text");
  }
}

inline void AppendValue(arrow::ArrayBuilder &builder, const std::string &value) {
  AppendValue(builder, std::string_view(value));
}

/// Begins a list of `size` items; gives the builder of the items.
inline arrow::ArrayBuilder &AppendList(arrow::ArrayBuilder &builder, size_t size) {
  switch (builder.type()->id()) {
  case arrow::Type::LIST: {
    auto &list = static_cast<arrow::ListBuilder &>(builder);
    Require(list.Append());
    return *list.value_builder();
  }
  case arrow::Type::LARGE_LIST: {
    auto &list = static_cast<arrow::LargeListBuilder &>(builder);
    Require(list.Append());
    return *list.value_builder();
  }
  case arrow::Type::FIXED_SIZE_LIST: {
    auto &list = static_cast<arrow::FixedSizeListBuilder &>(builder);
    const auto wanted = static_cast<const arrow::FixedSizeListType &>(*builder.type()).list_size();
    if (size != static_cast<size_t>(wanted)) {
      ThrowError("a list of " + std::to_string(size) + " items where there are always " + std::to_string(wanted));
    }
    Require(list.Append());
    return *list.value_builder();
  }
  default:
    ThrowType(*builder.type(), "lists");
  }
}

inline void AppendValue(arrow::ArrayBuilder &builder, const std::vector<uint8_t> &value) {
  switch (builder.type()->id()) {
  case arrow::Type::BINARY:
    return Require(static_cast<arrow::BinaryBuilder &>(builder).Append(value.data(), static_cast<int32_t>(value.size())));
  case arrow::Type::LARGE_BINARY:
    return Require(static_cast<arrow::LargeBinaryBuilder &>(builder).Append(value.data(), static_cast<int64_t>(value.size())));
  case arrow::Type::FIXED_SIZE_BINARY: {
    auto &fixed = static_cast<arrow::FixedSizeBinaryBuilder &>(builder);
    if (value.size() != static_cast<size_t>(fixed.byte_width())) {
      ThrowError(std::to_string(value.size()) + " bytes where there are always " + std::to_string(fixed.byte_width()));
    }
    return Require(fixed.Append(value.data()));
  }
  default: {
    auto &items = AppendList(builder, value.size());
    for (const auto item : value) {
      AppendValue(items, item);
    }
  }
  }
}

// These are declared before they are defined, because they call each other.
template <class T>
void AppendValue(arrow::ArrayBuilder &builder, const std::optional<T> &value);
template <class T>
void AppendValue(arrow::ArrayBuilder &builder, const std::vector<T> &values);
template <class K, class V>
void AppendValue(arrow::ArrayBuilder &builder, const std::vector<std::pair<K, V>> &entries);

template <class T>
void AppendValue(arrow::ArrayBuilder &builder, const std::optional<T> &value) {
  if (value) {
    AppendValue(builder, *value);
  } else {
    Require(builder.AppendNull());
  }
}

template <class T>
void AppendValue(arrow::ArrayBuilder &builder, const std::vector<T> &values) {
  auto &items = AppendList(builder, values.size());
  for (const T &item : values) {
    AppendValue(items, item);
  }
}

template <class K, class V>
void AppendValue(arrow::ArrayBuilder &builder, const std::vector<std::pair<K, V>> &entries) {
  auto &map = static_cast<arrow::MapBuilder &>(builder);
  Require(map.Append());
  for (const auto &[key, value] : entries) {
    AppendValue(*map.key_builder(), key);
    AppendValue(*map.item_builder(), value);
  }
}

/// Begins a struct of `size` children.
inline arrow::StructBuilder &AppendStruct(arrow::ArrayBuilder &builder, int size) {
  if (builder.type()->id() != arrow::Type::STRUCT || builder.num_children() != size) {
    ThrowType(*builder.type(), "this struct");
  }
  auto &children = static_cast<arrow::StructBuilder &>(builder);
  Require(children.Append());
  return children;
}

// Values out of arrays. Whatever the array holds, it is checked before it is read.

inline void RequireValue(const arrow::Array &array, int64_t row, arrow::Type::type id, const char *value) {
  if (array.type_id() != id) {
    ThrowType(*array.type(), value);
  }
  if (array.IsNull(row)) {
    ThrowError("null where none is allowed");
  }
}

template <class T>
void ReadNumber(const arrow::Array &array, int64_t row, arrow::Type::type id, const char *name, T &value) {
  RequireValue(array, row, id, name);
  value = array.data()->GetValues<T>(1)[row];
}

inline void ReadValue(const arrow::Array &array, int64_t, std::monostate &) {
  if (array.type_id() != arrow::Type::NA) {
    ThrowType(*array.type(), "nulls");
  }
}

inline void ReadValue(const arrow::Array &array, int64_t row, bool &value) {
  RequireValue(array, row, arrow::Type::BOOL, "booleans");
  value = static_cast<const arrow::BooleanArray &>(array).Value(row);
}

inline void ReadValue(const arrow::Array &array, int64_t row, int8_t &value) {
  ReadNumber(array, row, arrow::Type::INT8, "8-bit integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, int16_t &value) {
  ReadNumber(array, row, arrow::Type::INT16, "16-bit integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, int32_t &value) {
  const auto id = array.type_id();
  const bool counted = id == arrow::Type::DATE32 || id == arrow::Type::TIME32 || id == arrow::Type::INTERVAL_MONTHS;
  ReadNumber(array, row, counted ? id : arrow::Type::INT32, "32-bit integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, int64_t &value) {
  const auto id = array.type_id();
  const bool counted = id == arrow::Type::DATE64 || id == arrow::Type::TIME64 || id == arrow::Type::TIMESTAMP || id == arrow::Type::DURATION;
  ReadNumber(array, row, counted ? id : arrow::Type::INT64, "64-bit integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, uint8_t &value) {
  ReadNumber(array, row, arrow::Type::UINT8, "8-bit unsigned integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, uint16_t &value) {
  const bool half = array.type_id() == arrow::Type::HALF_FLOAT;
  ReadNumber(array, row, half ? arrow::Type::HALF_FLOAT : arrow::Type::UINT16, "16-bit unsigned integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, uint32_t &value) {
  ReadNumber(array, row, arrow::Type::UINT32, "32-bit unsigned integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, uint64_t &value) {
  ReadNumber(array, row, arrow::Type::UINT64, "64-bit unsigned integers", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, float &value) {
  ReadNumber(array, row, arrow::Type::FLOAT, "32-bit floats", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, double &value) {
  ReadNumber(array, row, arrow::Type::DOUBLE, "64-bit floats", value);
}

inline void ReadValue(const arrow::Array &array, int64_t row, arrow::Decimal128 &value) {
  RequireValue(array, row, arrow::Type::DECIMAL128, "128-bit decimals");
  value = arrow::Decimal128(static_cast<const arrow::Decimal128Array &>(array).GetValue(row));
}

inline void ReadValue(const arrow::Array &array, int64_t row, arrow::Decimal256 &value) {
  RequireValue(array, row, arrow::Type::DECIMAL256, "256-bit decimals");
  value = arrow::Decimal256(static_cast<const arrow::Decimal256Array &>(array).GetValue(row));
}

inline void ReadValue(const arrow::Array &array, int64_t row, arrow::DayTimeIntervalType::DayMilliseconds &value) {
  RequireValue(array, row, arrow::Type::INTERVAL_DAY_TIME, "day-time intervals");
  value = static_cast<const arrow::DayTimeIntervalArray &>(array).GetValue(row);
}

inline void ReadValue(const arrow::Array &array, int64_t row, arrow::MonthDayNanoIntervalType::MonthDayNanos &value) {
  RequireValue(array, row, arrow::Type::INTERVAL_MONTH_DAY_NANO, "month-day-nano intervals");
  value = static_cast<const arrow::MonthDayNanoIntervalArray &>(array).GetValue(row);
}

inline void ReadValue(const arrow::Array &array, int64_t row, std::string &value) {
  switch (array.type_id()) {
  case arrow::Type::LARGE_STRING:
    RequireValue(array, row, arrow::Type::LARGE_STRING, "text");
    value = static_cast<const arrow::LargeStringArray &>(array).GetString(row);
    return;
  case arrow::Type::DICTIONARY: {
    RequireValue(array, row, arrow::Type::DICTIONARY, "text");
    const auto &encoded = static_cast<const arrow::DictionaryArray &>(array);
    const auto index = encoded.GetValueIndex(row);
    if (index < 0 || index >= encoded.dictionary()->length()) {
      ThrowError("an index outside of the dictionary");
    }
    return ReadValue(*encoded.dictionary(), index, value);
  }
  default:
    RequireValue(array, row, arrow::Type::STRING, "text");
    value = static_cast<const arrow::StringArray &>(array).GetString(row);
  }
}

/// The items of a list and where they are.
struct ListItems {
  std::shared_ptr<arrow::Array> items;
  int64_t begin;
  int64_t end;
};

template <class ListArray>
ListItems ItemsOf(const arrow::Array &array, int64_t row) {
  const auto &list = static_cast<const ListArray &>(array);
  const int64_t begin = list.value_offset(row);
  return {list.values(), begin, begin + list.value_length(row)};
}

inline ListItems ReadList(const arrow::Array &array, int64_t row) {
  switch (array.type_id()) {
  case arrow::Type::LARGE_LIST:
    RequireValue(array, row, arrow::Type::LARGE_LIST, "lists");
    return ItemsOf<arrow::LargeListArray>(array, row);
  case arrow::Type::FIXED_SIZE_LIST:
    RequireValue(array, row, arrow::Type::FIXED_SIZE_LIST, "lists");
    return ItemsOf<arrow::FixedSizeListArray>(array, row);
  default:
    RequireValue(array, row, arrow::Type::LIST, "lists");
    return ItemsOf<arrow::ListArray>(array, row);
  }
}

inline void ReadValue(const arrow::Array &array, int64_t row, std::vector<uint8_t> &value) {
  std::string_view bytes;
  switch (array.type_id()) {
  case arrow::Type::BINARY:
    RequireValue(array, row, arrow::Type::BINARY, "bytes");
    bytes = static_cast<const arrow::BinaryArray &>(array).GetView(row);
    break;
  case arrow::Type::LARGE_BINARY:
    RequireValue(array, row, arrow::Type::LARGE_BINARY, "bytes");
    bytes = static_cast<const arrow::LargeBinaryArray &>(array).GetView(row);
    break;
  case arrow::Type::FIXED_SIZE_BINARY:
    RequireValue(array, row, arrow::Type::FIXED_SIZE_BINARY, "bytes");
    bytes = static_cast<const arrow::FixedSizeBinaryArray &>(array).GetView(row);
    break;
  default: {
    const auto list = ReadList(array, row);
    value.resize(static_cast<size_t>(list.end - list.begin));
    for (auto i = list.begin; i < list.end; i++) {
      ReadValue(*list.items, i, value[static_cast<size_t>(i - list.begin)]);
    }
    return;
  }
  }
  value.assign(bytes.begin(), bytes.end());
}

template <class T>
void ReadValue(const arrow::Array &array, int64_t row, std::optional<T> &value);
template <class T>
void ReadValue(const arrow::Array &array, int64_t row, std::vector<T> &values);
template <class K, class V>
void ReadValue(const arrow::Array &array, int64_t row, std::vector<std::pair<K, V>> &entries);

template <class T>
void ReadValue(const arrow::Array &array, int64_t row, std::optional<T> &value) {
  if (array.IsNull(row)) {
    value.reset();
  } else {
    T present{};
    ReadValue(array, row, present);
    value = std::move(present);
  }
}

template <class T>
void ReadValue(const arrow::Array &array, int64_t row, std::vector<T> &values) {
  const auto list = ReadList(array, row);
  values.clear();
  values.reserve(static_cast<size_t>(list.end - list.begin));
  for (auto i = list.begin; i < list.end; i++) {
    T item{};
    ReadValue(*list.items, i, item);
    values.push_back(std::move(item));
  }
}

template <class K, class V>
void ReadValue(const arrow::Array &array, int64_t row, std::vector<std::pair<K, V>> &entries) {
  RequireValue(array, row, arrow::Type::MAP, "maps");
  const auto &map = static_cast<const arrow::MapArray &>(array);
  const auto begin = map.value_offset(row);
  const auto end = begin + map.value_length(row);
  entries.clear();
  entries.resize(static_cast<size_t>(end - begin));
  for (auto i = begin; i < end; i++) {
    auto &[key, value] = entries[static_cast<size_t>(i - begin)];
    ReadValue(*map.keys(), i, key);
    ReadValue(*map.items(), i, value);
  }
}

inline const arrow::StructArray &StructAt(const arrow::Array &array, int64_t row) {
  RequireValue(array, row, arrow::Type::STRUCT, "structs");
  return static_cast<const arrow::StructArray &>(array);
}

template <class T>
void ReadChild(const arrow::StructArray &array, int64_t row, const char *name, T &value) {
  const auto child = array.GetFieldByName(name);
  if (child == nullptr) {
    ThrowError("the struct " + array.type()->ToString() + " has no field `" + name + "`");
  }
  ReadValue(*child, row, value);
}

// Enums as text, the way callers have them.

template <class Enum>
Enum Member(std::string_view text) {
  Enum value{};
  FromString(text, value);
  return value;
}

template <class Enum>
std::optional<Enum> OptionalMember(const std::optional<std::string> &text) {
  return text ? std::optional<Enum>(Member<Enum>(*text)) : std::nullopt;
}

template <class Enum>
std::optional<std::string> OptionalText(const std::optional<Enum> &value) {
  return value ? std::optional<std::string>(ToString(*value)) : std::nullopt;
}

// Records

/// Writes one row, column after column in the order of the schema.
class RecordWriter {
public:
  explicit RecordWriter(std::shared_ptr<arrow::Schema> schema) : schema_(std::move(schema)) {
    columns_.reserve(static_cast<size_t>(schema_->num_fields()));
  }

  template <class T>
  void Add(const T &value) {
    const auto builder = Next();
    AppendValue(*builder, value);
    columns_.push_back(Required(builder->Finish()));
  }

  /// Throws if a column is missing.
  std::shared_ptr<arrow::RecordBatch> Finish() {
    if (columns_.size() != static_cast<size_t>(schema_->num_fields())) {
      ThrowError(std::to_string(columns_.size()) + " values for the columns of " + schema_->ToString());
    }
    return arrow::RecordBatch::Make(schema_, 1, std::move(columns_));
  }

private:
  std::unique_ptr<arrow::ArrayBuilder> Next() {
    const auto index = static_cast<int>(columns_.size());
    if (index >= schema_->num_fields()) {
      ThrowError("more values than columns of " + schema_->ToString());
    }
    std::unique_ptr<arrow::ArrayBuilder> builder;
    Require(arrow::MakeBuilderExactIndex(arrow::default_memory_pool(), schema_->field(index)->type(), &builder));
    return builder;
  }

  std::shared_ptr<arrow::Schema> schema_;
  arrow::ArrayVector columns_;
};

/// Reads the one row of a batch, columns by name.
class RecordReader {
public:
  /// Throws if the batch has no row or several.
  RecordReader(const arrow::RecordBatch &batch, const char *record) : batch_(batch), record_(record) {
    if (batch.num_rows() != 1) {
      ThrowError(record_ + ": one row expected, not " + std::to_string(batch.num_rows()));
    }
  }

  template <class T>
  void Get(const char *name, T &value) const {
    const auto column = batch_.GetColumnByName(name);
    if (column == nullptr) {
      ThrowError(record_ + ": there is no column `" + name + "`, or more than one, in " + batch_.schema()->ToString());
    }
    try {
      ReadValue(*column, 0, value);
    } catch (const std::runtime_error &error) {
      ThrowError(record_ + "." + name + ": " + error.what());
    }
  }

private:
  const arrow::RecordBatch &batch_;
  std::string record_;
};

/// A record batch as an IPC stream: the form in which records travel in columns of other records.
inline std::vector<uint8_t> EncodeRecord(const arrow::RecordBatch &batch) {
  const auto sink = Required(arrow::io::BufferOutputStream::Create());
  const auto writer = Required(arrow::ipc::MakeStreamWriter(sink, batch.schema()));
  Require(writer->WriteRecordBatch(batch));
  Require(writer->Close());
  const auto buffer = Required(sink->Finish());
  return std::vector<uint8_t>(buffer->data(), buffer->data() + buffer->size());
}

/// Reads an IPC stream of one record batch. The batch keeps a copy of the bytes that it needs.
inline std::shared_ptr<arrow::RecordBatch> DecodeRecord(const std::vector<uint8_t> &bytes) {
  const auto buffer = arrow::Buffer::FromString(std::string(bytes.begin(), bytes.end()));
  const auto reader = Required(arrow::ipc::RecordBatchStreamReader::Open(std::make_shared<arrow::io::BufferReader>(buffer)));
  auto batch = Required(reader->Next());
  if (batch == nullptr) {
    ThrowError("an IPC stream without a record batch");
  }
  // The bytes come from a peer: offsets and indices are checked before anything follows them.
  Require(batch->ValidateFull());
  return batch;
}

/// One layout of a record by name.
struct RecordLayout {
  std::string_view record;
  /// The last version that has the layout.
  std::string_view version;
  const std::shared_ptr<arrow::Schema> &(*schema)();
  std::shared_ptr<arrow::RecordBatch> (*rewrite)(const arrow::RecordBatch &batch);
};

} // namespace library

#endif
