// Errors as values: one Error, eight codes, and the macros that pass them on.
#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace confer {

/// What went wrong, in the words a caller can act on. `http/` turns each into a status; nothing else does.
enum class ErrorCode : std::uint8_t { invalid, unauthenticated, forbidden, not_found, conflict, gone, unavailable, internal };

/// One thing wrong with one field of a form or file. All of them are reported at once.
struct FieldProblem {
  std::string field;    ///< the form field's name, or the place in a file: "conference.days[2].rooms"
  std::string message;  ///< what is wrong and what to do, for the person
  bool operator==(const FieldProblem&) const = default;
};

/// `message` is for the person; `detail` is for the log and never leaves the server.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string detail = {};
  std::string where = {};  ///< what was being done: "while importing camp2019"
  std::vector<FieldProblem> problems = {};
  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string message, std::string detail = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(detail), {}, {}});
}
inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

/// The error with `doing` put in front of where it happened.
Error wrap(Error error, std::string_view doing);

/// "invalid", "not_found", …: the stable name of a code, for logs and the API.
std::string_view name_of(ErrorCode code);

}  // namespace confer

#define CONFER_CONCAT_(a, b) a##b
#define CONFER_CONCAT(a, b) CONFER_CONCAT_(a, b)

/// Returns the error of an expression (a Result of anything) to the caller; else goes on.
#define TRY(...)                                                                                             \
  do {                                                                                                       \
    if (auto try_result = (__VA_ARGS__); !try_result) return std::unexpected(std::move(try_result).error()); \
  } while (false)

/// `TRY_ASSIGN(Tx tx, db.begin_write());` declares (or assigns) the value, or returns the error.
#define TRY_ASSIGN(target, ...) TRY_ASSIGN_(CONFER_CONCAT(try_result_, __LINE__), target, __VA_ARGS__)
#define TRY_ASSIGN_(name, target, ...)                        \
  auto name = (__VA_ARGS__);                                  \
  if (!name) return std::unexpected(std::move(name).error()); \
  target = *std::move(name)

/// For what only a programmer can get wrong, never for input. Always on.
#define ASSERT(condition)                                                         \
  do {                                                                            \
    if (!(condition)) ::confer::assertion_failed(#condition, __FILE__, __LINE__); \
  } while (false)

namespace confer {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}
