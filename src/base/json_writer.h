// Appends JSON to a string without building a tree: for hot output (schedules, API, islands).
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace confer {

/// Commas and escaping are its work; balance is the caller's (`ASSERT`ed at `take()`). Text must be UTF-8; '<' is written as \u003c, so that the output may
/// stand in HTML.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth);
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  JsonWriter& value(T number) {
    return integer(static_cast<std::int64_t>(number));
  }
  JsonWriter& value(double number);
  JsonWriter& null();
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);
  template <class T>
  JsonWriter& field(std::string_view name, const T& v) {
    return key(name).value(v);
  }
  /// The text written so far is moved out.
  std::string take();
  std::size_t size() const { return out_.size(); }

 private:
  JsonWriter& integer(std::int64_t number);
  void before_value();
  std::string out_;
  std::string stack_;  ///< one character an open container: '{' '[', upper bit set once it has a member
  bool after_key_ = false;
};

/// `text` as a JSON string with its quotes.
std::string json_quoted(std::string_view text);

}  // namespace confer
