#pragma once

#include "library_request_builders.hpp"
#include "library_result_readers.hpp"

namespace library {

/// Every layout of the protocol library, by the name of its record and the last version that has it. `rewrite` reads a record
/// batch into values and writes them again: parameters with their request builder, answers through their result reader.
inline const std::vector<RecordLayout> &LibraryRecordLayouts() {
  static const std::vector<RecordLayout> layouts = {
      { "Edition", "1.1.0", &EditionV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = EditionV1_1_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Edition", "2.0.0", &EditionSchema, [](const arrow::RecordBatch &batch) {
         const auto value = Edition::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Book", "1.0.0", &BookV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookV1_0_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Book", "1.1.0", &BookV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookV1_1_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Book", "2.0.0", &BookSchema, [](const arrow::RecordBatch &batch) {
         const auto value = Book::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Author", "1.1.0", &AuthorV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = AuthorV1_1_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Author", "2.0.0", &AuthorSchema, [](const arrow::RecordBatch &batch) {
         const auto value = Author::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Member", "1.0.0", &MemberV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberV1_0_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Member", "1.1.0", &MemberV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberV1_1_0::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Member", "2.0.0", &MemberSchema, [](const arrow::RecordBatch &batch) {
         const auto value = Member::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "Shelves", "2.0.0", &ShelvesSchema, [](const arrow::RecordBatch &batch) {
         const auto value = Shelves::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "book_get", "1.0.0", &BookGetParamsV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookGetParamsV1_0_0::FromRecordBatch(batch);
         return BuildBookGetParamsV1_0_0(value.title, value.shelf_name, value.limit);
       }},
      { "book_get", "1.1.0", &BookGetParamsV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookGetParamsV1_1_0::FromRecordBatch(batch);
         return BuildBookGetParamsV1_1_0(value.title, value.shelf_name, value.limit, ToString(value.genre));
       }},
      { "book_get", "2.0.0", &BookGetParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = BookGetParams::FromRecordBatch(batch);
         return BuildBookGetParams(value.title, value.shelf, value.limit, ToString(value.genre));
       }},
      { "book_get.result", "1.0.0", &BookGetResultEnvelopeV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         BookGetResultEnvelopeV1_0_0 answer;
         if (const auto value = ReadBookGetResultV1_0_0(batch)) {
           answer.result = EncodeRecord(*value->ToRecordBatch());
         }
         return answer.ToRecordBatch();
       }},
      { "book_get.result", "1.1.0", &BookGetResultEnvelopeV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         BookGetResultEnvelopeV1_1_0 answer;
         if (const auto value = ReadBookGetResultV1_1_0(batch)) {
           answer.result = EncodeRecord(*value->ToRecordBatch());
         }
         return answer.ToRecordBatch();
       }},
      { "book_get.result", "2.0.0", &BookGetResultEnvelopeSchema, [](const arrow::RecordBatch &batch) {
         BookGetResultEnvelope answer;
         if (const auto value = ReadBookGetResult(batch)) {
           answer.result = EncodeRecord(*value->ToRecordBatch());
         }
         return answer.ToRecordBatch();
       }},
      { "book_add", "1.0.0", &BookAddParamsV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookAddParamsV1_0_0::FromRecordBatch(batch);
         return BuildBookAddParamsV1_0_0(value.request);
       }},
      { "book_add", "1.1.0", &BookAddParamsV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BookAddParamsV1_1_0::FromRecordBatch(batch);
         return BuildBookAddParamsV1_1_0(value.request);
       }},
      { "book_add", "2.0.0", &BookAddParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = BookAddParams::FromRecordBatch(batch);
         return BuildBookAddParams(value.request);
       }},
      { "book_count", "2.0.0", &BookCountParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = BookCountParams::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "book_count.result", "2.0.0", &BookCountResultEnvelopeSchema, [](const arrow::RecordBatch &batch) {
         const auto value = BookCountResultEnvelope::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "member_join", "1.0.0", &MemberJoinParamsV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberJoinParamsV1_0_0::FromRecordBatch(batch);
         return BuildMemberJoinParamsV1_0_0(value.request);
       }},
      { "member_join", "1.1.0", &MemberJoinParamsV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberJoinParamsV1_1_0::FromRecordBatch(batch);
         return BuildMemberJoinParamsV1_1_0(value.request);
       }},
      { "member_join", "2.0.0", &MemberJoinParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberJoinParams::FromRecordBatch(batch);
         return BuildMemberJoinParams(value.request);
       }},
      { "member_join.result", "1.0.0", &MemberJoinResultEnvelopeV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         MemberJoinResultEnvelopeV1_0_0 answer;
         answer.result = EncodeRecord(*ReadMemberJoinResultV1_0_0(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "member_join.result", "1.1.0", &MemberJoinResultEnvelopeV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         MemberJoinResultEnvelopeV1_1_0 answer;
         answer.result = EncodeRecord(*ReadMemberJoinResultV1_1_0(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "member_join.result", "2.0.0", &MemberJoinResultEnvelopeSchema, [](const arrow::RecordBatch &batch) {
         MemberJoinResultEnvelope answer;
         answer.result = EncodeRecord(*ReadMemberJoinResult(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "member_forget", "2.0.0", &MemberForgetParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberForgetParams::FromRecordBatch(batch);
         return BuildMemberForgetParams(value.card);
       }},
      { "member_find", "1.1.0", &MemberFindParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = MemberFindParams::FromRecordBatch(batch);
         return BuildMemberFindParams(value.card);
       }},
      { "member_find.result", "1.0.0", &MemberFindResultEnvelopeV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         MemberFindResultEnvelopeV1_0_0 answer;
         answer.result = EncodeRecord(*ReadMemberFindResultV1_0_0(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "member_find.result", "1.1.0", &MemberFindResultEnvelopeSchema, [](const arrow::RecordBatch &batch) {
         MemberFindResultEnvelope answer;
         answer.result = EncodeRecord(*ReadMemberFindResult(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "author_of_the_day", "2.0.0", &AuthorOfTheDayParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = AuthorOfTheDayParams::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "author_of_the_day.result", "1.1.0", &AuthorOfTheDayResultEnvelopeV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         AuthorOfTheDayResultEnvelopeV1_1_0 answer;
         answer.result = EncodeRecord(*ReadAuthorOfTheDayResultV1_1_0(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "author_of_the_day.result", "2.0.0", &AuthorOfTheDayResultEnvelopeSchema, [](const arrow::RecordBatch &batch) {
         AuthorOfTheDayResultEnvelope answer;
         answer.result = EncodeRecord(*ReadAuthorOfTheDayResult(batch).ToRecordBatch());
         return answer.ToRecordBatch();
       }},
      { "close", "2.0.0", &CloseParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = CloseParams::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "list_titles", "2.0.0", &ListTitlesParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = ListTitlesParams::FromRecordBatch(batch);
         return BuildListTitlesParams(value.prefix);
       }},
      { "list_titles.output", "2.0.0", &ListTitlesOutputSchema, [](const arrow::RecordBatch &batch) {
         const auto value = ListTitlesOutput::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "dump", "2.0.0", &DumpParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = DumpParams::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "appraise", "2.0.0", &AppraiseParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = AppraiseParams::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "appraise.input", "2.0.0", &AppraiseInputSchema, [](const arrow::RecordBatch &batch) {
         const auto value = AppraiseInput::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "appraise.output", "2.0.0", &AppraiseOutputSchema, [](const arrow::RecordBatch &batch) {
         const auto value = AppraiseOutput::FromRecordBatch(batch);
         return value.ToRecordBatch();
       }},
      { "browse", "1.0.0", &BrowseParamsV1_0_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BrowseParamsV1_0_0::FromRecordBatch(batch);
         return BuildBrowseParamsV1_0_0(value.request);
       }},
      { "browse", "1.1.0", &BrowseParamsV1_1_0Schema, [](const arrow::RecordBatch &batch) {
         const auto value = BrowseParamsV1_1_0::FromRecordBatch(batch);
         return BuildBrowseParamsV1_1_0(value.request);
       }},
      { "browse", "2.0.0", &BrowseParamsSchema, [](const arrow::RecordBatch &batch) {
         const auto value = BrowseParams::FromRecordBatch(batch);
         return BuildBrowseParams(value.request);
       }},
  };
  return layouts;
}

} // namespace library
