#pragma once

#include <array>
#include <string_view>

namespace library {

/// The protocol version that these headers are the current form of, as it travels in the metadata of every request.
inline constexpr std::string_view LIBRARY_PROTOCOL_VERSION = "2.0.0";

/// Every version that these headers have the layouts of, oldest first.
inline constexpr std::array<std::string_view, 3> LIBRARY_SERVED_VERSIONS = { std::string_view("1.0.0"), std::string_view("1.1.0"), std::string_view("2.0.0") };

/// Value of the routing key that chooses the protocol.
inline constexpr std::string_view LIBRARY_PROTOCOL_WIRE_NAME = "library.v2";

/// Name of the service as it describes itself.
inline constexpr std::string_view LIBRARY_PROTOCOL_SERVICE = "LibraryService";

} // namespace library
