#pragma once

#include "library_records.hpp"

namespace library {

/// What `book_get` answers in 1.0.0: The first that fits. Null if none does.
inline std::optional<BookV1_0_0> ReadBookGetResultV1_0_0(const arrow::RecordBatch &batch) {
  const auto answer = BookGetResultEnvelopeV1_0_0::FromRecordBatch(batch);
  if (!answer.result) {
    return std::nullopt;
  }
  return BookV1_0_0::FromRecordBatch(*DecodeRecord(*answer.result));
}

/// What `book_get` answers in 1.1.0: The first that fits. Null if none does.
inline std::optional<BookV1_1_0> ReadBookGetResultV1_1_0(const arrow::RecordBatch &batch) {
  const auto answer = BookGetResultEnvelopeV1_1_0::FromRecordBatch(batch);
  if (!answer.result) {
    return std::nullopt;
  }
  return BookV1_1_0::FromRecordBatch(*DecodeRecord(*answer.result));
}

/// What `book_get` answers in 2.0.0: The first that fits. Null if none does.
inline std::optional<Book> ReadBookGetResult(const arrow::RecordBatch &batch) {
  const auto answer = BookGetResultEnvelope::FromRecordBatch(batch);
  if (!answer.result) {
    return std::nullopt;
  }
  return Book::FromRecordBatch(*DecodeRecord(*answer.result));
}

/// What `book_count` answers in 1.0.0 to 2.0.0: Tells how many titles there are, lent ones included.
inline int64_t ReadBookCountResult(const arrow::RecordBatch &batch) {
  return BookCountResultEnvelope::FromRecordBatch(batch).result;
}

/// What `member_join` answers in 1.0.0: The member with a new card.
inline MemberV1_0_0 ReadMemberJoinResultV1_0_0(const arrow::RecordBatch &batch) {
  const auto answer = MemberJoinResultEnvelopeV1_0_0::FromRecordBatch(batch);
  return MemberV1_0_0::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `member_join` answers in 1.1.0: The member with a new card.
inline MemberV1_1_0 ReadMemberJoinResultV1_1_0(const arrow::RecordBatch &batch) {
  const auto answer = MemberJoinResultEnvelopeV1_1_0::FromRecordBatch(batch);
  return MemberV1_1_0::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `member_join` answers in 2.0.0: The member with a new card.
inline Member ReadMemberJoinResult(const arrow::RecordBatch &batch) {
  const auto answer = MemberJoinResultEnvelope::FromRecordBatch(batch);
  return Member::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `member_find` answers in 1.0.0: Looks a member up.
inline MemberV1_0_0 ReadMemberFindResultV1_0_0(const arrow::RecordBatch &batch) {
  const auto answer = MemberFindResultEnvelopeV1_0_0::FromRecordBatch(batch);
  return MemberV1_0_0::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `member_find` answers in 1.1.0: Looks a member up.
inline MemberV1_1_0 ReadMemberFindResult(const arrow::RecordBatch &batch) {
  const auto answer = MemberFindResultEnvelope::FromRecordBatch(batch);
  return MemberV1_1_0::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `author_of_the_day` answers in 1.0.0 to 1.1.0: Picks somebody.
inline AuthorV1_1_0 ReadAuthorOfTheDayResultV1_1_0(const arrow::RecordBatch &batch) {
  const auto answer = AuthorOfTheDayResultEnvelopeV1_1_0::FromRecordBatch(batch);
  return AuthorV1_1_0::FromRecordBatch(*DecodeRecord(answer.result));
}

/// What `author_of_the_day` answers in 2.0.0: Picks somebody.
inline Author ReadAuthorOfTheDayResult(const arrow::RecordBatch &batch) {
  const auto answer = AuthorOfTheDayResultEnvelope::FromRecordBatch(batch);
  return Author::FromRecordBatch(*DecodeRecord(answer.result));
}

} // namespace library
