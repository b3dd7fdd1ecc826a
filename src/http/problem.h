// An error as a program reads it: problem details (RFC 9457).
#pragma once
#include <string>
#include <string_view>
#include "base/result.h"

namespace confer::http {

inline constexpr std::string_view problem_type = "application/problem+json";
/// {"type": "about:blank", "title": the status's phrase, "status", "detail": the sentence, "code": one of the eight, "problems": [{"field", "message"}]}.
/// What the log alone may know (`detail`, `where`) is left out.
std::string problem_json(int status, const Error& error);

}  // namespace confer::http
