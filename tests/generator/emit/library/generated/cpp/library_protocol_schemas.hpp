#pragma once

#include <arrow/api.h>

#include <memory>

namespace library {

/// Schema of `Edition` in 1.0.0 to 1.1.0.
inline const std::shared_ptr<arrow::Schema> &EditionV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("year", arrow::int32(), false),
      arrow::field("printed_on", arrow::date32(), false),
  });
  return schema;
}

/// Schema of `Edition` in 2.0.0. One printing, inside its book.
inline const std::shared_ptr<arrow::Schema> &EditionSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("year", arrow::int32(), false),
      arrow::field("printed_on", arrow::date32(), true),
  });
  return schema;
}

/// Schema of `Book` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &BookV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf_name", arrow::utf8(), false),
      arrow::field("genre", arrow::dictionary(arrow::int16(), arrow::utf8()), true),
      arrow::field("author", arrow::binary(), false),
      arrow::field("copies_owned", arrow::int64(), false),
      arrow::field("cover", arrow::binary(), false),
      arrow::field("sorting", arrow::utf8(), false),
  });
  return schema;
}

/// Schema of `Book` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &BookV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf_name", arrow::utf8(), false),
      arrow::field("genre", arrow::dictionary(arrow::int16(), arrow::utf8()), true),
      arrow::field("editions", arrow::list(arrow::field("item", arrow::struct_({arrow::field("year", arrow::int32(), false), arrow::field("printed_on", arrow::date32(), false)}), true)), false),
      arrow::field("author", arrow::binary(), false),
      arrow::field("copies_owned", arrow::int64(), false),
      arrow::field("cover", arrow::binary(), false),
      arrow::field("sorting", arrow::utf8(), false),
  });
  return schema;
}

/// Schema of `Book` in 2.0.0. One title that the library has.
inline const std::shared_ptr<arrow::Schema> &BookSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf", arrow::list(arrow::field("item", arrow::utf8(), true)), false),
      arrow::field("genre", arrow::dictionary(arrow::int16(), arrow::utf8()), true),
      arrow::field("editions", arrow::list(arrow::field("item", arrow::struct_({arrow::field("year", arrow::int32(), false), arrow::field("printed_on", arrow::date32(), true)}), true)), false),
      arrow::field("author", arrow::binary(), false),
      arrow::field("stock", arrow::map(arrow::utf8(), arrow::field("value", arrow::int64(), true)), false),
      arrow::field("cover", arrow::binary(), true),
      arrow::field("sorting", arrow::utf8(), false),
  });
  return schema;
}

/// Schema of `Author` in 1.0.0 to 1.1.0.
inline const std::shared_ptr<arrow::Schema> &AuthorV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("name", arrow::utf8(), false),
      arrow::field("born", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), false),
  });
  return schema;
}

/// Schema of `Author` in 2.0.0. A person who writes.
inline const std::shared_ptr<arrow::Schema> &AuthorSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("name", arrow::utf8(), false),
      arrow::field("born", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), false),
      arrow::field("pen_names", arrow::list(arrow::field("item", arrow::utf8(), true)), false),
  });
  return schema;
}

/// Schema of `Member` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &MemberV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("card", arrow::binary(), false),
      arrow::field("pin", arrow::utf8(), false),
      arrow::field("favourite", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `Member` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &MemberV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("card", arrow::binary(), false),
      arrow::field("pin", arrow::utf8(), false),
      arrow::field("favourite", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `Member` in 2.0.0. Somebody who may borrow.
inline const std::shared_ptr<arrow::Schema> &MemberSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("card", arrow::binary(), false),
      arrow::field("pin", arrow::utf8(), false),
      arrow::field("favourite", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `Shelves` in 1.0.0 to 2.0.0. Nothing is said of shelves yet.
inline const std::shared_ptr<arrow::Schema> &ShelvesSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `book_get` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &BookGetParamsV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf_name", arrow::utf8(), true),
      arrow::field("limit", arrow::int32(), false),
  });
  return schema;
}

/// Schema of `book_get` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &BookGetParamsV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf_name", arrow::utf8(), true),
      arrow::field("limit", arrow::int32(), false),
      arrow::field("genre", arrow::dictionary(arrow::int16(), arrow::utf8()), false),
  });
  return schema;
}

/// Schema of `book_get` in 2.0.0. Parameters of `book_get`: Finds a book by its title.
inline const std::shared_ptr<arrow::Schema> &BookGetParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), false),
      arrow::field("shelf", arrow::list(arrow::field("item", arrow::utf8(), true)), true),
      arrow::field("limit", arrow::int32(), false),
      arrow::field("genre", arrow::dictionary(arrow::int16(), arrow::utf8()), false),
  });
  return schema;
}

/// Schema of `book_get.result` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &BookGetResultEnvelopeV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `book_get.result` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &BookGetResultEnvelopeV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `book_get.result` in 2.0.0. The one-column record in which `book_get` answers.
inline const std::shared_ptr<arrow::Schema> &BookGetResultEnvelopeSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), true),
  });
  return schema;
}

/// Schema of `book_add` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &BookAddParamsV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `book_add` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &BookAddParamsV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `book_add` in 2.0.0. Parameters of `book_add`: Puts a book on its shelf.
inline const std::shared_ptr<arrow::Schema> &BookAddParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `book_count` in 1.0.0 to 2.0.0. Parameters of `book_count`: Tells how many titles there are, lent ones
/// included.
inline const std::shared_ptr<arrow::Schema> &BookCountParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `book_count.result` in 1.0.0 to 2.0.0. The one-column record in which `book_count` answers.
inline const std::shared_ptr<arrow::Schema> &BookCountResultEnvelopeSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::int64(), false),
  });
  return schema;
}

/// Schema of `member_join` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &MemberJoinParamsV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_join` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &MemberJoinParamsV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_join` in 2.0.0. Parameters of `member_join`: Gives somebody a card.
inline const std::shared_ptr<arrow::Schema> &MemberJoinParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_join.result` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultEnvelopeV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_join.result` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultEnvelopeV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_join.result` in 2.0.0. The one-column record in which `member_join` answers.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultEnvelopeSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_forget` in 1.1.0 to 2.0.0. Parameters of `member_forget`: Loses a card.
inline const std::shared_ptr<arrow::Schema> &MemberForgetParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("card", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_find` in 1.0.0 to 1.1.0. Parameters of `member_find`: Looks a member up.
inline const std::shared_ptr<arrow::Schema> &MemberFindParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("card", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_find.result` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &MemberFindResultEnvelopeV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `member_find.result` in 1.1.0. The one-column record in which `member_find` answers.
inline const std::shared_ptr<arrow::Schema> &MemberFindResultEnvelopeSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `author_of_the_day` in 1.0.0 to 2.0.0. Parameters of `author_of_the_day`: Picks somebody.
inline const std::shared_ptr<arrow::Schema> &AuthorOfTheDayParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `author_of_the_day.result` in 1.0.0 to 1.1.0.
inline const std::shared_ptr<arrow::Schema> &AuthorOfTheDayResultEnvelopeV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `author_of_the_day.result` in 2.0.0. The one-column record in which `author_of_the_day` answers.
inline const std::shared_ptr<arrow::Schema> &AuthorOfTheDayResultEnvelopeSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("result", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `close` in 1.0.0 to 2.0.0. Parameters of `close`: Ends the day. The word is taken in clients.
inline const std::shared_ptr<arrow::Schema> &CloseParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `list_titles` in 1.0.0 to 2.0.0. Parameters of `list_titles`: Tells every title.
inline const std::shared_ptr<arrow::Schema> &ListTitlesParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("prefix", arrow::utf8(), false),
  });
  return schema;
}

/// Schema of `list_titles.output` in 1.0.0 to 2.0.0. Output columns of `list_titles`.
inline const std::shared_ptr<arrow::Schema> &ListTitlesOutputSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), true),
      arrow::field("copy_count", arrow::int64(), true),
  });
  return schema;
}

/// Schema of `dump` in 1.0.0 to 2.0.0. Parameters of `dump`: Tells everything, in columns of its own choice.
inline const std::shared_ptr<arrow::Schema> &DumpParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `appraise` in 1.0.0 to 2.0.0. Parameters of `appraise`: Says what titles are worth.
inline const std::shared_ptr<arrow::Schema> &AppraiseParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
  });
  return schema;
}

/// Schema of `appraise.input` in 1.0.0 to 2.0.0. Input columns of `appraise`.
inline const std::shared_ptr<arrow::Schema> &AppraiseInputSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("title", arrow::utf8(), true),
  });
  return schema;
}

/// Schema of `appraise.output` in 1.0.0 to 2.0.0. Output columns of `appraise`.
inline const std::shared_ptr<arrow::Schema> &AppraiseOutputSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("worth", arrow::decimal128(10, 2), true),
  });
  return schema;
}

/// Schema of `browse` in 1.0.0.
inline const std::shared_ptr<arrow::Schema> &BrowseParamsV1_0_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `browse` in 1.1.0.
inline const std::shared_ptr<arrow::Schema> &BrowseParamsV1_1_0Schema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of `browse` in 2.0.0. Parameters of `browse`: Lets the reader and the library choose as they go.
inline const std::shared_ptr<arrow::Schema> &BrowseParamsSchema() {
  static const auto schema = arrow::schema(arrow::FieldVector{
      arrow::field("request", arrow::binary(), false),
  });
  return schema;
}

/// Schema of the record that `book_get` answers.
inline const std::shared_ptr<arrow::Schema> &BookGetResultV1_0_0Schema() {
  return BookV1_0_0Schema();
}

/// Schema of the record that `book_get` answers.
inline const std::shared_ptr<arrow::Schema> &BookGetResultV1_1_0Schema() {
  return BookV1_1_0Schema();
}

/// Schema of the record that `book_get` answers.
inline const std::shared_ptr<arrow::Schema> &BookGetResultSchema() {
  return BookSchema();
}

/// Schema of the record that `member_join` answers.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultV1_0_0Schema() {
  return MemberV1_0_0Schema();
}

/// Schema of the record that `member_join` answers.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultV1_1_0Schema() {
  return MemberV1_1_0Schema();
}

/// Schema of the record that `member_join` answers.
inline const std::shared_ptr<arrow::Schema> &MemberJoinResultSchema() {
  return MemberSchema();
}

/// Schema of the record that `member_find` answers.
inline const std::shared_ptr<arrow::Schema> &MemberFindResultV1_0_0Schema() {
  return MemberV1_0_0Schema();
}

/// Schema of the record that `member_find` answers.
inline const std::shared_ptr<arrow::Schema> &MemberFindResultSchema() {
  return MemberV1_1_0Schema();
}

/// Schema of the record that `author_of_the_day` answers.
inline const std::shared_ptr<arrow::Schema> &AuthorOfTheDayResultV1_1_0Schema() {
  return AuthorV1_1_0Schema();
}

/// Schema of the record that `author_of_the_day` answers.
inline const std::shared_ptr<arrow::Schema> &AuthorOfTheDayResultSchema() {
  return AuthorSchema();
}

} // namespace library
