#pragma once

#include "library_arrow_support.hpp"
#include "library_protocol_enums.hpp"
#include "library_protocol_schemas.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace library {

/// `Edition` as it was in 1.0.0 to 1.1.0.
struct EditionV1_1_0 {
  /// int32.
  int32_t year{};
  /// date32.
  std::optional<int32_t> printed_on{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static EditionV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline void AppendValue(arrow::ArrayBuilder &builder, const EditionV1_1_0 &value) {
  auto &children = AppendStruct(builder, 2);
  AppendValue(*children.child(0), value.year);
  AppendValue(*children.child(1), value.printed_on);
}

inline void ReadValue(const arrow::Array &array, int64_t row, EditionV1_1_0 &value) {
  const auto &children = StructAt(array, row);
  ReadChild(children, row, "year", value.year);
  ReadChild(children, row, "printed_on", value.printed_on);
}

inline std::shared_ptr<arrow::RecordBatch> EditionV1_1_0::ToRecordBatch() const {
  RecordWriter writer(EditionV1_1_0Schema());
  writer.Add(year);
  writer.Add(printed_on);
  return writer.Finish();
}

inline EditionV1_1_0 EditionV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  EditionV1_1_0 value;
  RecordReader reader(batch, "Edition");
  reader.Get("year", value.year);
  reader.Get("printed_on", value.printed_on);
  return value;
}

/// One printing, inside its book. Layout of 2.0.0.
struct Edition {
  /// Year of publication. Column type: int32.
  int32_t year{};
  /// Day it left the press, in days since 1970. Null if unknown. Column type: date32?.
  std::optional<int32_t> printed_on{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static Edition FromRecordBatch(const arrow::RecordBatch &batch);
};

inline void AppendValue(arrow::ArrayBuilder &builder, const Edition &value) {
  auto &children = AppendStruct(builder, 2);
  AppendValue(*children.child(0), value.year);
  AppendValue(*children.child(1), value.printed_on);
}

inline void ReadValue(const arrow::Array &array, int64_t row, Edition &value) {
  const auto &children = StructAt(array, row);
  ReadChild(children, row, "year", value.year);
  ReadChild(children, row, "printed_on", value.printed_on);
}

inline std::shared_ptr<arrow::RecordBatch> Edition::ToRecordBatch() const {
  RecordWriter writer(EditionSchema());
  writer.Add(year);
  writer.Add(printed_on);
  return writer.Finish();
}

inline Edition Edition::FromRecordBatch(const arrow::RecordBatch &batch) {
  Edition value;
  RecordReader reader(batch, "Edition");
  reader.Get("year", value.year);
  reader.Get("printed_on", value.printed_on);
  return value;
}

/// `Book` as it was in 1.0.0.
struct BookV1_0_0 {
  /// utf8.
  std::string title{};
  /// utf8.
  std::string shelf_name{};
  /// Genre?.
  std::optional<Genre> genre{};
  /// ipc<Author>.
  std::vector<uint8_t> author{};
  /// int64.
  int64_t copies_owned{};
  /// binary.
  std::optional<std::vector<uint8_t>> cover{};
  /// Sorting.
  Sorting sorting{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookV1_0_0::ToRecordBatch() const {
  RecordWriter writer(BookV1_0_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(genre);
  writer.Add(author);
  writer.Add(copies_owned);
  writer.Add(cover);
  writer.Add(sorting);
  return writer.Finish();
}

inline BookV1_0_0 BookV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookV1_0_0 value;
  RecordReader reader(batch, "Book");
  reader.Get("title", value.title);
  reader.Get("shelf_name", value.shelf_name);
  reader.Get("genre", value.genre);
  reader.Get("author", value.author);
  reader.Get("copies_owned", value.copies_owned);
  reader.Get("cover", value.cover);
  reader.Get("sorting", value.sorting);
  return value;
}

/// `Book` as it was in 1.1.0.
struct BookV1_1_0 {
  /// utf8.
  std::string title{};
  /// utf8.
  std::string shelf_name{};
  /// Genre?.
  std::optional<Genre> genre{};
  /// list<Edition>.
  std::vector<EditionV1_1_0> editions{};
  /// ipc<Author>.
  std::vector<uint8_t> author{};
  /// int64.
  int64_t copies_owned{};
  /// binary.
  std::optional<std::vector<uint8_t>> cover{};
  /// Sorting.
  Sorting sorting{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookV1_1_0::ToRecordBatch() const {
  RecordWriter writer(BookV1_1_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(genre);
  writer.Add(editions);
  writer.Add(author);
  writer.Add(copies_owned);
  writer.Add(cover);
  writer.Add(sorting);
  return writer.Finish();
}

inline BookV1_1_0 BookV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookV1_1_0 value;
  RecordReader reader(batch, "Book");
  reader.Get("title", value.title);
  reader.Get("shelf_name", value.shelf_name);
  reader.Get("genre", value.genre);
  reader.Get("editions", value.editions);
  reader.Get("author", value.author);
  reader.Get("copies_owned", value.copies_owned);
  reader.Get("cover", value.cover);
  reader.Get("sorting", value.sorting);
  return value;
}

/// One title that the library has. Layout of 2.0.0.
struct Book {
  /// As printed on the cover. Column type: utf8.
  std::string title{};
  /// Where it stands, building first. Column type: list<utf8>.
  std::vector<std::string> shelf{};
  /// Null if nobody dares to say. Column type: Genre?.
  std::optional<Genre> genre{};
  /// Oldest first. Since 1.1.0. Column type: list<Edition>.
  std::vector<Edition> editions{};
  /// Who wrote most of it. Column type: ipc<Author>.
  std::vector<uint8_t> author{};
  /// Copies by condition. Since 2.0.0. Column type: map<utf8, int64>.
  std::vector<std::pair<std::string, int64_t>> stock{};
  /// Picture of the cover. Null if there is none. Column type: binary?.
  std::optional<std::vector<uint8_t>> cover{};
  /// How its editions are listed. Column type: Sorting.
  Sorting sorting{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static Book FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> Book::ToRecordBatch() const {
  RecordWriter writer(BookSchema());
  writer.Add(title);
  writer.Add(shelf);
  writer.Add(genre);
  writer.Add(editions);
  writer.Add(author);
  writer.Add(stock);
  writer.Add(cover);
  writer.Add(sorting);
  return writer.Finish();
}

inline Book Book::FromRecordBatch(const arrow::RecordBatch &batch) {
  Book value;
  RecordReader reader(batch, "Book");
  reader.Get("title", value.title);
  reader.Get("shelf", value.shelf);
  reader.Get("genre", value.genre);
  reader.Get("editions", value.editions);
  reader.Get("author", value.author);
  reader.Get("stock", value.stock);
  reader.Get("cover", value.cover);
  reader.Get("sorting", value.sorting);
  return value;
}

/// `Author` as it was in 1.0.0 to 1.1.0.
struct AuthorV1_1_0 {
  /// utf8.
  std::string name{};
  /// timestamp<us, UTC>.
  std::optional<int64_t> born{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AuthorV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AuthorV1_1_0::ToRecordBatch() const {
  RecordWriter writer(AuthorV1_1_0Schema());
  writer.Add(name);
  writer.Add(born);
  return writer.Finish();
}

inline AuthorV1_1_0 AuthorV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  AuthorV1_1_0 value;
  RecordReader reader(batch, "Author");
  reader.Get("name", value.name);
  reader.Get("born", value.born);
  return value;
}

/// A person who writes. Layout of 2.0.0.
struct Author {
  /// Family name last. Column type: utf8.
  std::string name{};
  /// Instant of birth in microseconds. Column type: timestamp<us, UTC>.
  std::optional<int64_t> born{};
  /// A null stands for a name that must not be told. Since 2.0.0. Column type: list<utf8?>.
  std::vector<std::optional<std::string>> pen_names{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static Author FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> Author::ToRecordBatch() const {
  RecordWriter writer(AuthorSchema());
  writer.Add(name);
  writer.Add(born);
  writer.Add(pen_names);
  return writer.Finish();
}

inline Author Author::FromRecordBatch(const arrow::RecordBatch &batch) {
  Author value;
  RecordReader reader(batch, "Author");
  reader.Get("name", value.name);
  reader.Get("born", value.born);
  reader.Get("pen_names", value.pen_names);
  return value;
}

/// `Member` as it was in 1.0.0.
struct MemberV1_0_0 {
  /// binary.
  std::vector<uint8_t> card{};
  /// utf8.
  std::string pin{};
  /// ipc<Book>?.
  std::optional<std::vector<uint8_t>> favourite{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberV1_0_0::ToRecordBatch() const {
  RecordWriter writer(MemberV1_0_0Schema());
  writer.Add(card);
  writer.Add(pin);
  writer.Add(favourite);
  return writer.Finish();
}

inline MemberV1_0_0 MemberV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberV1_0_0 value;
  RecordReader reader(batch, "Member");
  reader.Get("card", value.card);
  reader.Get("pin", value.pin);
  reader.Get("favourite", value.favourite);
  return value;
}

/// `Member` as it was in 1.1.0.
struct MemberV1_1_0 {
  /// binary.
  std::vector<uint8_t> card{};
  /// utf8.
  std::string pin{};
  /// ipc<Book>?.
  std::optional<std::vector<uint8_t>> favourite{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberV1_1_0::ToRecordBatch() const {
  RecordWriter writer(MemberV1_1_0Schema());
  writer.Add(card);
  writer.Add(pin);
  writer.Add(favourite);
  return writer.Finish();
}

inline MemberV1_1_0 MemberV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberV1_1_0 value;
  RecordReader reader(batch, "Member");
  reader.Get("card", value.card);
  reader.Get("pin", value.pin);
  reader.Get("favourite", value.favourite);
  return value;
}

/// Somebody who may borrow. Layout of 2.0.0.
struct Member {
  /// Made by the library when they join. Column type: binary.
  std::vector<uint8_t> card{};
  /// Four digits. Column type: utf8.
  std::string pin{};
  /// Null for those who cannot choose. Column type: ipc<Book>?.
  std::optional<std::vector<uint8_t>> favourite{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static Member FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> Member::ToRecordBatch() const {
  RecordWriter writer(MemberSchema());
  writer.Add(card);
  writer.Add(pin);
  writer.Add(favourite);
  return writer.Finish();
}

inline Member Member::FromRecordBatch(const arrow::RecordBatch &batch) {
  Member value;
  RecordReader reader(batch, "Member");
  reader.Get("card", value.card);
  reader.Get("pin", value.pin);
  reader.Get("favourite", value.favourite);
  return value;
}

/// Nothing is said of shelves yet. Layout of 1.0.0 to 2.0.0.
struct Shelves {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static Shelves FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> Shelves::ToRecordBatch() const {
  RecordWriter writer(ShelvesSchema());
  return writer.Finish();
}

inline Shelves Shelves::FromRecordBatch(const arrow::RecordBatch &batch) {
  Shelves value;
  RecordReader reader(batch, "Shelves");
  return value;
}

/// `book_get` as it was in 1.0.0.
struct BookGetParamsV1_0_0 {
  /// utf8.
  std::string title{};
  /// utf8?.
  std::optional<std::string> shelf_name{};
  /// int32.
  int32_t limit{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetParamsV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetParamsV1_0_0::ToRecordBatch() const {
  RecordWriter writer(BookGetParamsV1_0_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(limit);
  return writer.Finish();
}

inline BookGetParamsV1_0_0 BookGetParamsV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetParamsV1_0_0 value;
  RecordReader reader(batch, "book_get");
  reader.Get("title", value.title);
  reader.Get("shelf_name", value.shelf_name);
  reader.Get("limit", value.limit);
  return value;
}

/// `book_get` as it was in 1.1.0.
struct BookGetParamsV1_1_0 {
  /// utf8.
  std::string title{};
  /// utf8?.
  std::optional<std::string> shelf_name{};
  /// int32.
  int32_t limit{};
  /// Genre.
  Genre genre{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetParamsV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetParamsV1_1_0::ToRecordBatch() const {
  RecordWriter writer(BookGetParamsV1_1_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(limit);
  writer.Add(genre);
  return writer.Finish();
}

inline BookGetParamsV1_1_0 BookGetParamsV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetParamsV1_1_0 value;
  RecordReader reader(batch, "book_get");
  reader.Get("title", value.title);
  reader.Get("shelf_name", value.shelf_name);
  reader.Get("limit", value.limit);
  reader.Get("genre", value.genre);
  return value;
}

/// Parameters of `book_get`: Finds a book by its title. Layout of 2.0.0.
struct BookGetParams {
  /// Compared without regard to case. Column type: utf8.
  std::string title{};
  /// Looks on this shelf only. Null means everywhere. Column type: list<utf8>?.
  std::optional<std::vector<std::string>> shelf{};
  /// Most books that are answered. Column type: int32.
  int32_t limit{};
  /// Looks for this kind only. Since 1.1.0. Column type: Genre.
  Genre genre{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetParams::ToRecordBatch() const {
  RecordWriter writer(BookGetParamsSchema());
  writer.Add(title);
  writer.Add(shelf);
  writer.Add(limit);
  writer.Add(genre);
  return writer.Finish();
}

inline BookGetParams BookGetParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetParams value;
  RecordReader reader(batch, "book_get");
  reader.Get("title", value.title);
  reader.Get("shelf", value.shelf);
  reader.Get("limit", value.limit);
  reader.Get("genre", value.genre);
  return value;
}

/// `book_get.result` as it was in 1.0.0.
struct BookGetResultEnvelopeV1_0_0 {
  /// ipc<Book>?.
  std::optional<std::vector<uint8_t>> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetResultEnvelopeV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetResultEnvelopeV1_0_0::ToRecordBatch() const {
  RecordWriter writer(BookGetResultEnvelopeV1_0_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline BookGetResultEnvelopeV1_0_0 BookGetResultEnvelopeV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetResultEnvelopeV1_0_0 value;
  RecordReader reader(batch, "book_get.result");
  reader.Get("result", value.result);
  return value;
}

/// `book_get.result` as it was in 1.1.0.
struct BookGetResultEnvelopeV1_1_0 {
  /// ipc<Book>?.
  std::optional<std::vector<uint8_t>> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetResultEnvelopeV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetResultEnvelopeV1_1_0::ToRecordBatch() const {
  RecordWriter writer(BookGetResultEnvelopeV1_1_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline BookGetResultEnvelopeV1_1_0 BookGetResultEnvelopeV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetResultEnvelopeV1_1_0 value;
  RecordReader reader(batch, "book_get.result");
  reader.Get("result", value.result);
  return value;
}

/// The one-column record in which `book_get` answers. Layout of 2.0.0.
struct BookGetResultEnvelope {
  /// The first that fits. Null if none does. Column type: ipc<Book>?.
  std::optional<std::vector<uint8_t>> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookGetResultEnvelope FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookGetResultEnvelope::ToRecordBatch() const {
  RecordWriter writer(BookGetResultEnvelopeSchema());
  writer.Add(result);
  return writer.Finish();
}

inline BookGetResultEnvelope BookGetResultEnvelope::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookGetResultEnvelope value;
  RecordReader reader(batch, "book_get.result");
  reader.Get("result", value.result);
  return value;
}

/// `book_add` as it was in 1.0.0.
struct BookAddParamsV1_0_0 {
  /// ipc<Book>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookAddParamsV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookAddParamsV1_0_0::ToRecordBatch() const {
  RecordWriter writer(BookAddParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline BookAddParamsV1_0_0 BookAddParamsV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookAddParamsV1_0_0 value;
  RecordReader reader(batch, "book_add");
  reader.Get("request", value.request);
  return value;
}

/// `book_add` as it was in 1.1.0.
struct BookAddParamsV1_1_0 {
  /// ipc<Book>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookAddParamsV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookAddParamsV1_1_0::ToRecordBatch() const {
  RecordWriter writer(BookAddParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline BookAddParamsV1_1_0 BookAddParamsV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookAddParamsV1_1_0 value;
  RecordReader reader(batch, "book_add");
  reader.Get("request", value.request);
  return value;
}

/// Parameters of `book_add`: Puts a book on its shelf. Layout of 2.0.0.
struct BookAddParams {
  /// The parameters of `book_add`. Column type: ipc<Book>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookAddParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookAddParams::ToRecordBatch() const {
  RecordWriter writer(BookAddParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

inline BookAddParams BookAddParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookAddParams value;
  RecordReader reader(batch, "book_add");
  reader.Get("request", value.request);
  return value;
}

/// Parameters of `book_count`: Tells how many titles there are, lent ones included. Layout of 1.0.0 to 2.0.0.
struct BookCountParams {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookCountParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookCountParams::ToRecordBatch() const {
  RecordWriter writer(BookCountParamsSchema());
  return writer.Finish();
}

inline BookCountParams BookCountParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookCountParams value;
  RecordReader reader(batch, "book_count");
  return value;
}

/// The one-column record in which `book_count` answers. Layout of 1.0.0 to 2.0.0.
struct BookCountResultEnvelope {
  /// Tells how many titles there are, lent ones included. Column type: int64.
  int64_t result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BookCountResultEnvelope FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BookCountResultEnvelope::ToRecordBatch() const {
  RecordWriter writer(BookCountResultEnvelopeSchema());
  writer.Add(result);
  return writer.Finish();
}

inline BookCountResultEnvelope BookCountResultEnvelope::FromRecordBatch(const arrow::RecordBatch &batch) {
  BookCountResultEnvelope value;
  RecordReader reader(batch, "book_count.result");
  reader.Get("result", value.result);
  return value;
}

/// `member_join` as it was in 1.0.0.
struct MemberJoinParamsV1_0_0 {
  /// ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinParamsV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinParamsV1_0_0::ToRecordBatch() const {
  RecordWriter writer(MemberJoinParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline MemberJoinParamsV1_0_0 MemberJoinParamsV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinParamsV1_0_0 value;
  RecordReader reader(batch, "member_join");
  reader.Get("request", value.request);
  return value;
}

/// `member_join` as it was in 1.1.0.
struct MemberJoinParamsV1_1_0 {
  /// ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinParamsV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinParamsV1_1_0::ToRecordBatch() const {
  RecordWriter writer(MemberJoinParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline MemberJoinParamsV1_1_0 MemberJoinParamsV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinParamsV1_1_0 value;
  RecordReader reader(batch, "member_join");
  reader.Get("request", value.request);
  return value;
}

/// Parameters of `member_join`: Gives somebody a card. Layout of 2.0.0.
struct MemberJoinParams {
  /// The parameters of `member_join`. Column type: ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinParams::ToRecordBatch() const {
  RecordWriter writer(MemberJoinParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

inline MemberJoinParams MemberJoinParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinParams value;
  RecordReader reader(batch, "member_join");
  reader.Get("request", value.request);
  return value;
}

/// `member_join.result` as it was in 1.0.0.
struct MemberJoinResultEnvelopeV1_0_0 {
  /// ipc<Member>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinResultEnvelopeV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinResultEnvelopeV1_0_0::ToRecordBatch() const {
  RecordWriter writer(MemberJoinResultEnvelopeV1_0_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline MemberJoinResultEnvelopeV1_0_0 MemberJoinResultEnvelopeV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinResultEnvelopeV1_0_0 value;
  RecordReader reader(batch, "member_join.result");
  reader.Get("result", value.result);
  return value;
}

/// `member_join.result` as it was in 1.1.0.
struct MemberJoinResultEnvelopeV1_1_0 {
  /// ipc<Member>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinResultEnvelopeV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinResultEnvelopeV1_1_0::ToRecordBatch() const {
  RecordWriter writer(MemberJoinResultEnvelopeV1_1_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline MemberJoinResultEnvelopeV1_1_0 MemberJoinResultEnvelopeV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinResultEnvelopeV1_1_0 value;
  RecordReader reader(batch, "member_join.result");
  reader.Get("result", value.result);
  return value;
}

/// The one-column record in which `member_join` answers. Layout of 2.0.0.
struct MemberJoinResultEnvelope {
  /// The member with a new card. Column type: ipc<Member>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberJoinResultEnvelope FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberJoinResultEnvelope::ToRecordBatch() const {
  RecordWriter writer(MemberJoinResultEnvelopeSchema());
  writer.Add(result);
  return writer.Finish();
}

inline MemberJoinResultEnvelope MemberJoinResultEnvelope::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberJoinResultEnvelope value;
  RecordReader reader(batch, "member_join.result");
  reader.Get("result", value.result);
  return value;
}

/// Parameters of `member_forget`: Loses a card. Layout of 1.1.0 to 2.0.0.
struct MemberForgetParams {
  /// The card as it was given out. Since 1.1.0. Column type: binary.
  std::vector<uint8_t> card{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberForgetParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberForgetParams::ToRecordBatch() const {
  RecordWriter writer(MemberForgetParamsSchema());
  writer.Add(card);
  return writer.Finish();
}

inline MemberForgetParams MemberForgetParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberForgetParams value;
  RecordReader reader(batch, "member_forget");
  reader.Get("card", value.card);
  return value;
}

/// Parameters of `member_find`: Looks a member up. Layout of 1.0.0 to 1.1.0.
struct MemberFindParams {
  /// The card as it was given out. Column type: binary.
  std::vector<uint8_t> card{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberFindParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberFindParams::ToRecordBatch() const {
  RecordWriter writer(MemberFindParamsSchema());
  writer.Add(card);
  return writer.Finish();
}

inline MemberFindParams MemberFindParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberFindParams value;
  RecordReader reader(batch, "member_find");
  reader.Get("card", value.card);
  return value;
}

/// `member_find.result` as it was in 1.0.0.
struct MemberFindResultEnvelopeV1_0_0 {
  /// ipc<Member>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberFindResultEnvelopeV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberFindResultEnvelopeV1_0_0::ToRecordBatch() const {
  RecordWriter writer(MemberFindResultEnvelopeV1_0_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline MemberFindResultEnvelopeV1_0_0 MemberFindResultEnvelopeV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberFindResultEnvelopeV1_0_0 value;
  RecordReader reader(batch, "member_find.result");
  reader.Get("result", value.result);
  return value;
}

/// The one-column record in which `member_find` answers. Layout of 1.1.0.
struct MemberFindResultEnvelope {
  /// Looks a member up. Only before 2.0.0. Column type: ipc<Member>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static MemberFindResultEnvelope FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> MemberFindResultEnvelope::ToRecordBatch() const {
  RecordWriter writer(MemberFindResultEnvelopeSchema());
  writer.Add(result);
  return writer.Finish();
}

inline MemberFindResultEnvelope MemberFindResultEnvelope::FromRecordBatch(const arrow::RecordBatch &batch) {
  MemberFindResultEnvelope value;
  RecordReader reader(batch, "member_find.result");
  reader.Get("result", value.result);
  return value;
}

/// Parameters of `author_of_the_day`: Picks somebody. Layout of 1.0.0 to 2.0.0.
struct AuthorOfTheDayParams {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AuthorOfTheDayParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AuthorOfTheDayParams::ToRecordBatch() const {
  RecordWriter writer(AuthorOfTheDayParamsSchema());
  return writer.Finish();
}

inline AuthorOfTheDayParams AuthorOfTheDayParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  AuthorOfTheDayParams value;
  RecordReader reader(batch, "author_of_the_day");
  return value;
}

/// `author_of_the_day.result` as it was in 1.0.0 to 1.1.0.
struct AuthorOfTheDayResultEnvelopeV1_1_0 {
  /// ipc<Author>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AuthorOfTheDayResultEnvelopeV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AuthorOfTheDayResultEnvelopeV1_1_0::ToRecordBatch() const {
  RecordWriter writer(AuthorOfTheDayResultEnvelopeV1_1_0Schema());
  writer.Add(result);
  return writer.Finish();
}

inline AuthorOfTheDayResultEnvelopeV1_1_0 AuthorOfTheDayResultEnvelopeV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  AuthorOfTheDayResultEnvelopeV1_1_0 value;
  RecordReader reader(batch, "author_of_the_day.result");
  reader.Get("result", value.result);
  return value;
}

/// The one-column record in which `author_of_the_day` answers. Layout of 2.0.0.
struct AuthorOfTheDayResultEnvelope {
  /// Picks somebody. Column type: ipc<Author>.
  std::vector<uint8_t> result{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AuthorOfTheDayResultEnvelope FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AuthorOfTheDayResultEnvelope::ToRecordBatch() const {
  RecordWriter writer(AuthorOfTheDayResultEnvelopeSchema());
  writer.Add(result);
  return writer.Finish();
}

inline AuthorOfTheDayResultEnvelope AuthorOfTheDayResultEnvelope::FromRecordBatch(const arrow::RecordBatch &batch) {
  AuthorOfTheDayResultEnvelope value;
  RecordReader reader(batch, "author_of_the_day.result");
  reader.Get("result", value.result);
  return value;
}

/// Parameters of `close`: Ends the day. The word is taken in clients. Layout of 1.0.0 to 2.0.0.
struct CloseParams {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static CloseParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> CloseParams::ToRecordBatch() const {
  RecordWriter writer(CloseParamsSchema());
  return writer.Finish();
}

inline CloseParams CloseParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  CloseParams value;
  RecordReader reader(batch, "close");
  return value;
}

/// Parameters of `list_titles`: Tells every title. Layout of 1.0.0 to 2.0.0.
struct ListTitlesParams {
  /// What titles begin with. Column type: utf8.
  std::string prefix{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static ListTitlesParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> ListTitlesParams::ToRecordBatch() const {
  RecordWriter writer(ListTitlesParamsSchema());
  writer.Add(prefix);
  return writer.Finish();
}

inline ListTitlesParams ListTitlesParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  ListTitlesParams value;
  RecordReader reader(batch, "list_titles");
  reader.Get("prefix", value.prefix);
  return value;
}

/// Output columns of `list_titles`. Layout of 1.0.0 to 2.0.0.
struct ListTitlesOutput {
  /// Never null. Column type: utf8?.
  std::optional<std::string> title{};
  /// Never null. Column type: int64?.
  std::optional<int64_t> copy_count{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static ListTitlesOutput FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> ListTitlesOutput::ToRecordBatch() const {
  RecordWriter writer(ListTitlesOutputSchema());
  writer.Add(title);
  writer.Add(copy_count);
  return writer.Finish();
}

inline ListTitlesOutput ListTitlesOutput::FromRecordBatch(const arrow::RecordBatch &batch) {
  ListTitlesOutput value;
  RecordReader reader(batch, "list_titles.output");
  reader.Get("title", value.title);
  reader.Get("copy_count", value.copy_count);
  return value;
}

/// Parameters of `dump`: Tells everything, in columns of its own choice. Layout of 1.0.0 to 2.0.0.
struct DumpParams {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static DumpParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> DumpParams::ToRecordBatch() const {
  RecordWriter writer(DumpParamsSchema());
  return writer.Finish();
}

inline DumpParams DumpParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  DumpParams value;
  RecordReader reader(batch, "dump");
  return value;
}

/// Parameters of `appraise`: Says what titles are worth. Layout of 1.0.0 to 2.0.0.
struct AppraiseParams {
  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AppraiseParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AppraiseParams::ToRecordBatch() const {
  RecordWriter writer(AppraiseParamsSchema());
  return writer.Finish();
}

inline AppraiseParams AppraiseParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  AppraiseParams value;
  RecordReader reader(batch, "appraise");
  return value;
}

/// Input columns of `appraise`. Layout of 1.0.0 to 2.0.0.
struct AppraiseInput {
  /// A title of the library. Column type: utf8?.
  std::optional<std::string> title{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AppraiseInput FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AppraiseInput::ToRecordBatch() const {
  RecordWriter writer(AppraiseInputSchema());
  writer.Add(title);
  return writer.Finish();
}

inline AppraiseInput AppraiseInput::FromRecordBatch(const arrow::RecordBatch &batch) {
  AppraiseInput value;
  RecordReader reader(batch, "appraise.input");
  reader.Get("title", value.title);
  return value;
}

/// Output columns of `appraise`. Layout of 1.0.0 to 2.0.0.
struct AppraiseOutput {
  /// Null for what nobody would buy. Column type: decimal128<10, 2>?.
  std::optional<arrow::Decimal128> worth{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static AppraiseOutput FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> AppraiseOutput::ToRecordBatch() const {
  RecordWriter writer(AppraiseOutputSchema());
  writer.Add(worth);
  return writer.Finish();
}

inline AppraiseOutput AppraiseOutput::FromRecordBatch(const arrow::RecordBatch &batch) {
  AppraiseOutput value;
  RecordReader reader(batch, "appraise.output");
  reader.Get("worth", value.worth);
  return value;
}

/// `browse` as it was in 1.0.0.
struct BrowseParamsV1_0_0 {
  /// ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BrowseParamsV1_0_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BrowseParamsV1_0_0::ToRecordBatch() const {
  RecordWriter writer(BrowseParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline BrowseParamsV1_0_0 BrowseParamsV1_0_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BrowseParamsV1_0_0 value;
  RecordReader reader(batch, "browse");
  reader.Get("request", value.request);
  return value;
}

/// `browse` as it was in 1.1.0.
struct BrowseParamsV1_1_0 {
  /// ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BrowseParamsV1_1_0 FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BrowseParamsV1_1_0::ToRecordBatch() const {
  RecordWriter writer(BrowseParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

inline BrowseParamsV1_1_0 BrowseParamsV1_1_0::FromRecordBatch(const arrow::RecordBatch &batch) {
  BrowseParamsV1_1_0 value;
  RecordReader reader(batch, "browse");
  reader.Get("request", value.request);
  return value;
}

/// Parameters of `browse`: Lets the reader and the library choose as they go. Layout of 2.0.0.
struct BrowseParams {
  /// The parameters of `browse`. Column type: ipc<Member>.
  std::vector<uint8_t> request{};

  /// A record batch of one row.
  std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const;

  /// Reads a record batch of one row, its columns by name. Throws for one that is missing or holds something else.
  static BrowseParams FromRecordBatch(const arrow::RecordBatch &batch);
};

inline std::shared_ptr<arrow::RecordBatch> BrowseParams::ToRecordBatch() const {
  RecordWriter writer(BrowseParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

inline BrowseParams BrowseParams::FromRecordBatch(const arrow::RecordBatch &batch) {
  BrowseParams value;
  RecordReader reader(batch, "browse");
  reader.Get("request", value.request);
  return value;
}

} // namespace library
