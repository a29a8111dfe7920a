// Both protocols in one translation unit: they share a namespace, and sources of the extension include both.
#include "../../generated/vgi/cpp/vgi_protocol_constants.hpp"
#include "../../generated/vgi/cpp/vgi_protocol_version.hpp"
#include "../../generated/vgi/cpp/vgi_record_layouts.hpp"
#include "../../generated/vgi-secret/cpp/vgi_secret_protocol_constants.hpp"
#include "../../generated/vgi-secret/cpp/vgi_secret_protocol_version.hpp"
#include "../../generated/vgi-secret/cpp/vgi_secret_record_layouts.hpp"
#include "round-trip.hpp"

std::string RoundTripVgi(std::string_view record, std::string_view version, const std::string &stream) {
  ROUND_TRIP(duckdb::vgi::generated, VgiRecordLayouts);
}

std::string RoundTripVgiSecret(std::string_view record, std::string_view version, const std::string &stream) {
  ROUND_TRIP(duckdb::vgi::generated, VgiSecretRecordLayouts);
}
