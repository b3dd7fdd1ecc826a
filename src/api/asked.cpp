// Reading a query and framing answers (asked.h).
#include "api/asked.h"
#include <algorithm>
#include <charconv>
#include <vector>
#include "base/text.h"

namespace confer::api {
namespace {

std::unexpected<Error> wrong(const std::string& parameter, std::string message) {
  return std::unexpected(Error{ErrorCode::invalid, message, {}, {}, {{parameter, message}}});
}

Result<void> read_one(Asked& asked, const std::string& name, const std::string& value) {
  if (name == "lang") {
    if (!is_language_tag(value)) return wrong(name, "“lang” is a language tag such as “en” or “pt-BR”.");
    asked.language = value;
  } else if (name == "limit") {
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), asked.limit);
    if (problem != std::errc() || end != value.data() + value.size() || asked.limit < 1 || asked.limit > most_items)
      return wrong(name, "“limit” is a number from 1 to " + std::to_string(most_items) + ".");
  } else if (name == "after") {
    asked.after = value;
  } else if (name == "draft") {
    if (value != "true" && value != "false") return wrong(name, "“draft” is “true” or “false”.");
    asked.draft = value == "true";
  } else if (name == "release") {
    asked.release = value;
  }
  return {};
}

}  // namespace

Result<Asked> Asked::read(const http::Request& request, std::initializer_list<std::string_view> known) {
  std::vector<std::string_view> names{"lang"};
  names.insert(names.end(), known.begin(), known.end());
  Asked asked;
  asked.limit = most_items;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.query.all()) {
    if (std::ranges::find(names, name) == names.end()) {
      std::vector<std::string> all(names.begin(), names.end());
      return wrong(name, "There is no parameter “" + name + "” here. There are: " + join(all, ", ") + ".");
    }
    if (std::ranges::find(seen, name) != seen.end()) return wrong(name, "“" + name + "” is given twice.");
    seen.push_back(name);
    TRY(read_one(asked, name, value));
  }
  if (asked.draft && !asked.release.empty()) return wrong("release", "Ask for the draft or for a release, not for both.");
  return asked;
}

std::string resource(std::initializer_list<std::string_view> segments) {
  std::string path = "/api/v1";
  for (const auto segment : segments) path.append("/").append(percent_encoded(segment));
  return path;
}

http::Response answer(const http::Request& request, std::string json) {
  return http::Response::json(std::move(json))
      .for_all_origins()
      .with_header("Access-Control-Expose-Headers", "ETag, Link, Retry-After")
      .with_header("Vary", "Authorization, Cookie")
      .with_cache(actor_of(request).signed_in() ? "private, no-cache" : "no-cache");
}

bool is_visible(const Actor& actor, const events::Event& event) {
  return (event.is_public && event.has(events::Feature::api)) || belongs_to(actor, events::scope_of(event));
}

Result<events::Event> require_event(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto event, events::require_event(tx, request.param("event")));
  if (!is_visible(actor_of(request), event)) return fail(ErrorCode::not_found, "There is no such event, or it does not offer its programme here.");
  return event;
}

Pages::Pages(const http::Request& request, const Asked& asked) : request_(request), asked_(asked) { out_.begin_object().key("items").begin_array(); }

void Pages::item(std::string_view key, const std::function<void(JsonWriter&)>& write) {
  if (more_ || (!asked_.after.empty() && key <= asked_.after)) return;
  if (count_ == asked_.limit) {
    more_ = true;
    return;
  }
  write(out_);
  last_ = key;
  ++count_;
}

http::Response Pages::finish() {
  out_.end_array().key("next");
  if (!more_) {
    out_.null().end_object();
    return answer(request_, out_.take());
  }
  std::string next;
  for (const auto segment : split(std::string_view(request_.path).substr(1), '/')) next.append("/").append(percent_encoded(segment));
  next += "?after=" + percent_encoded(last_);
  for (const auto& [name, value] : request_.query.all())
    if (name != "after") next.append("&").append(name).append("=").append(percent_encoded(value));
  out_.value(next).end_object();
  return answer(request_, out_.take()).with_header("Link", "<" + next + ">; rel=\"next\"");
}

}  // namespace confer::api
