#include "../../generated/conformance/cpp/conformance_protocol_constants.hpp"
#include "../../generated/conformance/cpp/conformance_protocol_version.hpp"
#include "../../generated/conformance/cpp/conformance_record_layouts.hpp"
#include "round-trip.hpp"

std::string RoundTripConformance(std::string_view record, std::string_view version, const std::string &stream) {
  ROUND_TRIP(conformance, ConformanceRecordLayouts);
}
