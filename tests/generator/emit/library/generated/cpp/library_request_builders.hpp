#pragma once

#include "library_records.hpp"

namespace library {

/// Parameters of `book_get` in 1.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookGetParamsV1_0_0(
    const std::string &title,
    const std::optional<std::string> &shelf_name,
    int32_t limit) {
  RecordWriter writer(BookGetParamsV1_0_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(limit);
  return writer.Finish();
}

/// Parameters of `book_get` in 1.1.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookGetParamsV1_1_0(
    const std::string &title,
    const std::optional<std::string> &shelf_name,
    int32_t limit,
    std::string_view genre) {
  RecordWriter writer(BookGetParamsV1_1_0Schema());
  writer.Add(title);
  writer.Add(shelf_name);
  writer.Add(limit);
  writer.Add(Member<Genre>(genre));
  return writer.Finish();
}

/// Parameters of `book_get` in 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookGetParams(
    const std::string &title,
    const std::optional<std::vector<std::string>> &shelf,
    int32_t limit,
    std::string_view genre) {
  RecordWriter writer(BookGetParamsSchema());
  writer.Add(title);
  writer.Add(shelf);
  writer.Add(limit);
  writer.Add(Member<Genre>(genre));
  return writer.Finish();
}

/// Parameters of `book_add` in 1.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookAddParamsV1_0_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BookAddParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `book_add` in 1.1.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookAddParamsV1_1_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BookAddParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `book_add` in 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookAddParams(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BookAddParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `book_count` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBookCountParams() {
  RecordWriter writer(BookCountParamsSchema());
  return writer.Finish();
}

/// Parameters of `member_join` in 1.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildMemberJoinParamsV1_0_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(MemberJoinParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `member_join` in 1.1.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildMemberJoinParamsV1_1_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(MemberJoinParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `member_join` in 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildMemberJoinParams(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(MemberJoinParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `member_forget` in 1.1.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildMemberForgetParams(
    const std::vector<uint8_t> &card) {
  RecordWriter writer(MemberForgetParamsSchema());
  writer.Add(card);
  return writer.Finish();
}

/// Parameters of `member_find` in 1.0.0 to 1.1.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildMemberFindParams(
    const std::vector<uint8_t> &card) {
  RecordWriter writer(MemberFindParamsSchema());
  writer.Add(card);
  return writer.Finish();
}

/// Parameters of `author_of_the_day` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildAuthorOfTheDayParams() {
  RecordWriter writer(AuthorOfTheDayParamsSchema());
  return writer.Finish();
}

/// Parameters of `close` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildCloseParams() {
  RecordWriter writer(CloseParamsSchema());
  return writer.Finish();
}

/// Parameters of `list_titles` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildListTitlesParams(
    const std::string &prefix) {
  RecordWriter writer(ListTitlesParamsSchema());
  writer.Add(prefix);
  return writer.Finish();
}

/// Parameters of `dump` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildDumpParams() {
  RecordWriter writer(DumpParamsSchema());
  return writer.Finish();
}

/// Parameters of `appraise` in 1.0.0 to 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildAppraiseParams() {
  RecordWriter writer(AppraiseParamsSchema());
  return writer.Finish();
}

/// Parameters of `browse` in 1.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBrowseParamsV1_0_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BrowseParamsV1_0_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `browse` in 1.1.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBrowseParamsV1_1_0(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BrowseParamsV1_1_0Schema());
  writer.Add(request);
  return writer.Finish();
}

/// Parameters of `browse` in 2.0.0: a record batch of one row.
inline std::shared_ptr<arrow::RecordBatch> BuildBrowseParams(
    const std::vector<uint8_t> &request) {
  RecordWriter writer(BrowseParamsSchema());
  writer.Add(request);
  return writer.Finish();
}

} // namespace library
