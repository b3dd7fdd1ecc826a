// Requests and responses as handlers see them.
#include "http/message.h"
#include <utility>
#include "http/characters.h"
#include "http/cookies.h"
#include "http/problem.h"
#include "http/status.h"

namespace confer::http {

std::string_view name_of(Method m) {
  switch (m) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::remove:
      return "DELETE";
  }
  return "";
}

const std::string& Fields::get(std::string_view name) const {
  static const std::string none;
  for (const auto& [key, value] : all_)
    if (key == name) return value;
  return none;
}

bool Fields::has(std::string_view name) const {
  for (const auto& field : all_)
    if (field.first == name) return true;
  return false;
}

std::vector<std::string> Fields::every(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : all_)
    if (key == name) values.push_back(value);
  return values;
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return {};
}

std::string_view Request::cookie(std::string_view name) const { return cookie_in(header("Cookie"), name); }

const std::string& Request::param(std::string_view name) const {
  const auto found = route.find(name);
  ASSERT(found != route.end());
  return found->second;
}

std::string Request::origin() const { return (secure ? "https://" : "http://") + host; }

namespace {

Response with_body(int status, std::string content_type, std::string body) {
  Response response;
  response.status_ = status;
  response.content_type_ = std::move(content_type);
  response.body_ = std::move(body);
  return response;
}

/// A Location can hold only visible ASCII: everything else is percent-encoded, what is encoded already stays.
std::string location_text(std::string_view location) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : location) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}') {
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

/// A path of this site: "//host" and "https://host" would send the person elsewhere.
std::string own_path(std::string_view location) {
  if (!location.starts_with('/') || location.starts_with("//") || location.starts_with("/\\")) return "/";
  return location_text(location);
}

}  // namespace

Response Response::html(std::string body) { return with_body(200, "text/html; charset=utf-8", std::move(body)); }
Response Response::text(std::string body) { return with_body(200, "text/plain; charset=utf-8", std::move(body)); }
Response Response::json(std::string body) { return with_body(200, "application/json", std::move(body)); }
Response Response::content(std::string content_type, std::string body) { return with_body(200, std::move(content_type), std::move(body)); }

Response Response::ready(std::shared_ptr<const Ready> bytes) {
  ASSERT(bytes != nullptr);
  Response response;
  response.cache_control_.clear();
  response.ready_ = std::move(bytes);
  return response;
}

Response Response::file(std::string path, std::string content_type, std::string download_name) {
  Response response;
  response.content_type_ = std::move(content_type);
  response.file_path_ = std::move(path);
  response.download_name_ = std::move(download_name);
  return response;
}

Response Response::remote(std::shared_ptr<Source> source, std::string etag, std::string content_type) {
  Response response;
  response.content_type_ = std::move(content_type);
  response.source_ = std::move(source);
  response.headers_.emplace_back("ETag", "\"" + etag + "\"");
  return response;
}

Response Response::see_other(std::string location) {
  Response response;
  response.status_ = 303;
  response.headers_.emplace_back("Location", own_path(location));
  return response;
}

Response Response::moved(std::string location) {
  Response response;
  response.status_ = 301;
  response.headers_.emplace_back("Location", own_path(location));
  return response;
}

Response Response::created(std::string location, std::string json) {
  Response response = with_body(201, "application/json", std::move(json));
  response.headers_.emplace_back("Location", location_text(location));
  return response;
}

Response Response::nothing() {
  Response response;
  response.status_ = 204;
  return response;
}

Response Response::rejected(std::string html) { return with_body(422, "text/html; charset=utf-8", std::move(html)); }

Response Response::events(std::string topic) {
  ASSERT(!topic.empty());
  Response response;
  response.topic_ = std::move(topic);
  return response;
}

Response Response::of_error(const Error& error, std::string content_type, std::string body) {
  Response response = with_body(status_of(error), std::move(content_type), std::move(body));
  if (response.status_ == 503) response.headers_.emplace_back("Retry-After", "10");
  return response;
}

Response Response::problem(Error error) {
  Response response = of_error(error, std::string(problem_type), {}).for_all_origins();
  if (response.status_ == 401) response.headers_.emplace_back("WWW-Authenticate", "Bearer");
  response.problem_ = std::move(error);
  return response;
}

Response&& Response::with_header(std::string name, std::string value) && {
  headers_.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Response&& Response::with_cookie(Cookie cookie) && {
  cookies_.push_back(std::move(cookie));
  return std::move(*this);
}

Response&& Response::with_cache(std::string cache_control) && {
  cache_control_ = std::move(cache_control);
  return std::move(*this);
}

Response&& Response::as_download(std::string name) && {
  download_name_ = std::move(name);
  return std::move(*this);
}

Response&& Response::for_all_origins() && { return std::move(*this).with_header("Access-Control-Allow-Origin", "*"); }

}  // namespace confer::http
