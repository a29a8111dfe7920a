// Reads lines `<protocol> <record> <version> <stream in hex>` and answers each with `ok <stream in hex>` or `error <message>`.
#include "round-trip.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace {

RoundTrip RoundTripOf(const std::string &protocol) {
  if (protocol == "vgi") {
    return RoundTripVgi;
  }
  if (protocol == "vgi-secret") {
    return RoundTripVgiSecret;
  }
  if (protocol == "conformance") {
    return RoundTripConformance;
  }
  throw std::runtime_error("no protocol " + protocol);
}

constexpr std::string_view digits = "0123456789abcdef";

std::string FromHex(const std::string &hex) {
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(digits.find(hex[i]) * 16 + digits.find(hex[i + 1])));
  }
  return bytes;
}

std::string ToHex(const std::string &bytes) {
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.push_back(digits[byte >> 4]);
    hex.push_back(digits[byte & 15]);
  }
  return hex;
}

} // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string protocol, record, version, hex;
    words >> protocol >> record >> version >> hex;
    try {
      // Finished before the answer begins: it may end in an error instead.
      const std::string answer = ToHex(RoundTripOf(protocol)(record, version, FromHex(hex)));
      std::cout << "ok " << answer << '\n';
    } catch (const std::exception &error) {
      std::string message = error.what();
      std::replace(message.begin(), message.end(), '\n', ' ');
      std::cout << "error " << message << '\n';
    }
  }
}
