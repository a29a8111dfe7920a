#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace library {

/// Days that a book may be kept.
inline constexpr int64_t LIBRARY_LOAN_DAYS = INT64_C(28);

/// Over the door.
inline constexpr std::string_view LIBRARY_MOTTO = "it's quiet";

/// Days without loans.
inline constexpr std::array<std::string_view, 2> LIBRARY_CLOSED_ON = {{std::string_view("monday"), std::string_view("new year's day")}};

/// Metadata keys, Loan: Keys on the batches of a listing.

/// Day on which the book must be back. On: every data batch.
inline constexpr std::string_view LIBRARY_LOAN_DUE_DATE_KEY = "library.due";

/// Cents for each day after that. Since 2.0.0. On: every data batch.
inline constexpr std::string_view LIBRARY_LOAN_FINE_KEY = "library.fine";

} // namespace library
