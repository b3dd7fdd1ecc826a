// Values that must not reach a log: neither type has an operator<< or a fmt formatter, so logging one does not compile.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include "base/result.h"

namespace confer {

/// A password, token or key. `reveal()` is the only way out, easy to search for.
template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }

 private:
  T value_{};
};

/// An e-mail address, syntactically checked. Equality is on the folded form (lower-case domain and local part).
class Email {
 public:
  Email() = default;
  /// Errors: invalid – not of the form local@domain, over 254 bytes, or with control characters.
  static Result<Email> parse(std::string_view text);
  /// As the person typed it, trimmed: for sending.
  const std::string& address() const { return address_; }
  /// For look-up and uniqueness.
  const std::string& folded() const { return folded_; }
  bool empty() const { return address_.empty(); }
  bool operator==(const Email& other) const { return folded_ == other.folded_; }

 private:
  std::string address_, folded_;
};

}  // namespace confer
