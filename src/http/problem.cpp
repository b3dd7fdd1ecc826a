// Problem details (problem.h).
#include "http/problem.h"
#include "base/json_writer.h"
#include "http/status.h"

namespace confer::http {

std::string problem_json(int status, const Error& error) {
  JsonWriter w;
  w.begin_object().field("type", "about:blank").field("title", reason_of(status)).field("status", status).field("detail", error.message);
  w.field("code", name_of(error.code)).key("problems").begin_array();
  for (const auto& problem : error.problems) w.begin_object().field("field", problem.field).field("message", problem.message).end_object();
  return w.end_array().end_object().take();
}

}  // namespace confer::http
