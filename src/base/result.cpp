// Errors' names and wrapping, and what a failed assertion does.
#include "base/result.h"
#include <cstdlib>
#include "base/log.h"

namespace confer {

Error wrap(Error error, std::string_view doing) {
  if (error.where.empty())
    error.where = doing;
  else
    error.where.insert(0, std::string(doing) + ": ");
  return error;
}

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::gone:
      return "gone";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::internal:
      return "internal";
  }
  std::abort();
}

void assertion_failed(const char* condition, const char* file, int line) {
  log(LogTopic::start, LogLevel::error, "assertion failed", {{"condition", condition}, {"file", file}, {"line", line}});
  std::abort();
}

}  // namespace confer
