#pragma once

#include <string>
#include <string_view>

#include <arrow/api.h>

/// Reads an IPC stream of one record with the generated code of a layout and writes it again. Throws for a layout that is not known, for a
/// schema that differs from the one of the layout in names, order, types or nullability, and for values that cannot be read.
using RoundTrip = std::string (*)(std::string_view record, std::string_view version, const std::string &stream);

std::string RoundTripVgi(std::string_view record, std::string_view version, const std::string &stream);
std::string RoundTripVgiSecret(std::string_view record, std::string_view version, const std::string &stream);
std::string RoundTripConformance(std::string_view record, std::string_view version, const std::string &stream);

/// The first field in which a schema differs from the one that it should be.
inline std::string SchemaDifference(const arrow::Schema &found, const arrow::Schema &wanted) {
  for (int i = 0; i < found.num_fields() && i < wanted.num_fields(); i++) {
    if (!found.field(i)->Equals(*wanted.field(i), false)) {
      return "column " + std::to_string(i) + " is `" + found.field(i)->ToString() + "`, but `" + wanted.field(i)->ToString() + "` in the header";
    }
  }
  return std::to_string(found.num_fields()) + " columns, but " + std::to_string(wanted.num_fields()) + " in the header";
}

/// How both translation units use what is generated; the functions come from the namespace of the protocol.
#define ROUND_TRIP(NAMESPACE, LAYOUTS)                                                                                               \
  for (const auto &layout : NAMESPACE::LAYOUTS()) {                                                                                  \
    if (layout.record != record || layout.version != version) {                                                                     \
      continue;                                                                                                                      \
    }                                                                                                                                \
    const auto batch = NAMESPACE::DecodeRecord({stream.begin(), stream.end()});                                                      \
    if (!batch->schema()->Equals(*layout.schema(), false)) {                                                                        \
      NAMESPACE::ThrowError(SchemaDifference(*batch->schema(), *layout.schema()));                                                   \
    }                                                                                                                                \
    const auto bytes = NAMESPACE::EncodeRecord(*layout.rewrite(*batch));                                                             \
    return {bytes.begin(), bytes.end()};                                                                                             \
  }                                                                                                                                  \
  NAMESPACE::ThrowError("no layout " + std::string(record) + " of " + std::string(version))
