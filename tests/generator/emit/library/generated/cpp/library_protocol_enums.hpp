#pragma once

#include "library_arrow_support.hpp"

#include <string>
#include <string_view>

namespace library {

/// What a book is about.
enum class Genre {
  /// A long story that never happened.
  NOVEL,
  /// A short text about one thought.
  ESSAY,
  /// Maps. Since 2.0.0.
  ATLAS,
};

/// The member as it travels.
inline std::string_view ToString(Genre value) {
  switch (value) {
  case Genre::NOVEL:
    return "NOVEL";
  case Genre::ESSAY:
    return "ESSAY";
  case Genre::ATLAS:
    return "ATLAS";
  }
  ThrowError("Genre has no member number " + std::to_string(static_cast<int>(value)));
}

/// Finds the member of a text. Throws if there is none.
inline void FromString(std::string_view text, Genre &value) {
  if (text == "NOVEL") {
    value = Genre::NOVEL;
    return;
  }
  if (text == "novel") {
    value = Genre::NOVEL;
    return;
  }
  if (text == "ESSAY") {
    value = Genre::ESSAY;
    return;
  }
  if (text == "ATLAS") {
    value = Genre::ATLAS;
    return;
  }
  ThrowError("`" + std::string(text) + "` is no member of Genre");
}

inline void AppendValue(arrow::ArrayBuilder &builder, Genre value) {
  AppendValue(builder, ToString(value));
}

inline void ReadValue(const arrow::Array &array, int64_t row, Genre &value) {
  std::string text;
  ReadValue(array, row, text);
  FromString(text, value);
}

/// Order of a listing.
enum class Sorting {
  /// Alphabetical.
  by_title,
  /// Latest edition first.
  newest,
};

/// The member as it travels.
inline std::string_view ToString(Sorting value) {
  switch (value) {
  case Sorting::by_title:
    return "by_title";
  case Sorting::newest:
    return "newest";
  }
  ThrowError("Sorting has no member number " + std::to_string(static_cast<int>(value)));
}

/// Finds the member of a text. Throws if there is none.
inline void FromString(std::string_view text, Sorting &value) {
  if (text == "by_title") {
    value = Sorting::by_title;
    return;
  }
  if (text == "newest") {
    value = Sorting::newest;
    return;
  }
  ThrowError("`" + std::string(text) + "` is no member of Sorting");
}

inline void AppendValue(arrow::ArrayBuilder &builder, Sorting value) {
  AppendValue(builder, ToString(value));
}

inline void ReadValue(const arrow::Array &array, int64_t row, Sorting &value) {
  std::string text;
  ReadValue(array, row, text);
  FromString(text, value);
}

} // namespace library
