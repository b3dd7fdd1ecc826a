// Reading a request's head and target, strictly.
#include "http/head.h"
#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>
#include "base/text.h"
#include "http/characters.h"

namespace confer::http {

namespace {

constexpr std::size_t longest_target = 8 << 10;

/// The end of the head (behind its empty line), also of one that ends its lines with bare LF, so that it can be refused at once; 0 when it has not come.
std::size_t end_of_head(std::string_view bytes, std::size_t from, std::size_t& searched) {
  std::size_t at = std::max(from, searched > 3 ? searched - 3 : 0);
  while (true) {
    const void* newline = at < bytes.size() ? std::memchr(bytes.data() + at, '\n', bytes.size() - at) : nullptr;
    if (newline == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data()) + 1;
    if (at < bytes.size() && bytes[at] == '\n') return at + 1;
    if (at + 1 < bytes.size() && bytes[at] == '\r' && bytes[at + 1] == '\n') return at + 2;
  }
  searched = bytes.size();
  return 0;
}

/// uri-host [":" port], loosely: no path, user or blanks may hide in it.
bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
  });
}

/// Takes one line without its CRLF off `bytes`; false for a bare LF or a CR inside.
bool take_line(std::string_view& bytes, std::string_view& line) {
  const std::size_t newline = bytes.find('\n');
  if (newline == std::string_view::npos || newline == 0 || bytes[newline - 1] != '\r') return false;
  line = bytes.substr(0, newline - 1);
  bytes.remove_prefix(newline + 1);
  return true;
}

const Refusal* read_request_line(std::string_view line, RequestHead& head) {
  const std::size_t first = line.find(' ');
  if (first == std::string_view::npos) return &refusal::bad_request;
  const std::size_t second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return &refusal::bad_request;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, second - first - 1);
  const std::string_view version = line.substr(second + 1);
  if (!is_token(head.method) || head.target.empty()) return &refusal::bad_request;
  if (version == "HTTP/1.0") {
    head.http_1_0 = true;
    head.keep_alive = false;
  } else if (version != "HTTP/1.1") {
    const bool other = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.';
    return other ? &refusal::wrong_version : &refusal::bad_request;
  }
  for (const char c : head.target)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return &refusal::bad_request;
  if (head.target.size() > longest_target) return &refusal::target_too_long;
  return nullptr;
}

const Refusal* read_header(std::string_view name, std::string_view value, RequestHead& head, unsigned& hosts, unsigned& lengths) {
  switch (name.size()) {
    case 4:
      if (same_name(name, "host")) {
        ++hosts;
        head.host = value;
      }
      break;
    case 6:
      if (same_name(name, "cookie") && head.cookie.empty()) head.cookie = value;
      if (same_name(name, "expect")) {
        if (!same_name(value, "100-continue")) return &refusal::expectation_failed;
        head.expects_continue = true;
      }
      break;
    case 10:
      if (same_name(name, "connection")) {
        std::string_view list = value;
        for (std::string_view one = next_element(list); !one.empty(); one = next_element(list))
          if (same_name(one, "close")) head.keep_alive = false;
      }
      break;
    case 13:
      if (same_name(name, "if-none-match")) head.if_none_match = value;
      break;
    case 14:
      if (same_name(name, "content-length")) {
        std::uint64_t length = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
        if (++lengths > 1 || value.empty() || error != std::errc{} || end != value.data() + value.size()) return &refusal::bad_request;
        head.content_length = length;
      }
      break;
    case 15:
      if (same_name(name, "accept-encoding") && head.accept_encoding.empty()) head.accept_encoding = value;
      if (same_name(name, "accept-language") && head.accept_language.empty()) head.accept_language = value;
      break;
    case 17:
      if (same_name(name, "transfer-encoding")) {
        if (head.chunked || head.http_1_0) return &refusal::bad_request;
        if (!same_name(value, "chunked")) return &refusal::not_implemented;
        head.chunked = true;
      }
      if (same_name(name, "if-modified-since")) head.if_modified_since = value;
      break;
    default:
      break;
  }
  return nullptr;
}

/// Splits the target into path and query; "http://host/path" (RFC 9112 § 3.2.2) overrides Host.
const Refusal* split_target(RequestHead& head) {
  std::string_view target = head.target;
  if (!target.starts_with('/')) {
    if (target == "*" && head.method == "OPTIONS") {
      head.path = target;
      return nullptr;
    }
    const std::size_t scheme = target.starts_with("http://") ? 7 : target.starts_with("https://") ? 8 : 0;
    if (scheme == 0) return &refusal::bad_request;
    target.remove_prefix(scheme);
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    head.host = target.substr(0, end);
    if (!is_host(head.host)) return &refusal::bad_request;
    target.remove_prefix(end);
    if (!target.starts_with('/')) {
      head.path = "/";
      head.query = target.starts_with('?') ? target.substr(1) : std::string_view{};
      return nullptr;
    }
  }
  const std::size_t question = target.find('?');
  head.path = target.substr(0, question);
  head.query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
  if (target.find('#') != std::string_view::npos) return &refusal::bad_request;
  return nullptr;
}

}  // namespace

HeadResult read_head(std::string_view bytes, std::size_t max_bytes, std::size_t& searched, RequestHead& head) {
  const auto refused = [](const Refusal& why) { return HeadResult{HeadState::refused, 0, &why}; };
  const std::size_t skipped = bytes.starts_with("\r\n") ? 2 : 0;  // RFC 9112 § 2.2: old clients send one after a form
  if (skipped != 0 && bytes.size() >= 4 && bytes.substr(2, 2) == "\r\n") return refused(refusal::bad_request);
  const std::size_t size = end_of_head(bytes, skipped, searched);
  if (size > max_bytes || (size == 0 && bytes.size() > max_bytes)) {
    const bool in_first_line = bytes.substr(0, max_bytes).find('\n', skipped) == std::string_view::npos;
    return refused(in_first_line ? refusal::target_too_long : refusal::head_too_large);
  }
  if (size == 0) return {};
  head.reset();
  std::string_view rest = bytes.substr(skipped, size - skipped), line;
  if (!take_line(rest, line)) return refused(refusal::bad_request);
  if (const Refusal* why = read_request_line(line, head)) return refused(*why);
  unsigned hosts = 0, lengths = 0;
  while (true) {
    if (!take_line(rest, line)) return refused(refusal::bad_request);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return refused(refusal::bad_request);
    const std::string_view name = line.substr(0, colon), value = trim_blanks(line.substr(colon + 1));
    if (!is_token(name) || !is_header_value(value)) return refused(refusal::bad_request);  // a folded line begins with a blank: no token
    if (head.header_count == RequestHead::most_headers) return refused(refusal::head_too_large);
    head.headers[head.header_count++] = {name, value};
    if (const Refusal* why = read_header(name, value, head, hosts, lengths)) return refused(*why);
  }
  if (!rest.empty()) return refused(refusal::bad_request);
  if (head.chunked && lengths > 0) return refused(refusal::bad_request);
  if (hosts > 1 || (hosts == 0 && !head.http_1_0) || (hosts == 1 && !is_host(head.host))) return refused(refusal::bad_request);
  if (const Refusal* why = split_target(head)) return refused(*why);
  return {HeadState::complete, size, nullptr};
}

bool is_plain_path(std::string_view path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto byte = static_cast<unsigned char>(path[i]);
    if (byte == '%' || byte == '\\' || byte >= 0x7f || byte <= 0x20) return false;
    if (byte == '/' && i + 1 < path.size() && path[i + 1] == '.') return false;
  }
  return path.starts_with('/');
}

std::optional<std::string> decode_path(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    char c = path[i];
    if (c == '%') {
      const int high = i + 2 < path.size() ? hex_value(path[i + 1]) : -1, low = i + 2 < path.size() ? hex_value(path[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      if (c == '/') return std::nullopt;
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
    decoded += c;
  }
  if (!is_valid_utf8(decoded)) return std::nullopt;
  std::vector<std::string_view> kept;
  std::string_view rest = std::string_view(decoded).substr(1);
  bool folder = false;  // the path ends in "/." or "/..": it names a folder
  for (bool last = false; !last;) {
    const std::size_t slash = rest.find('/');
    last = slash == std::string_view::npos;
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(last ? rest.size() : slash + 1);
    folder = segment == "." || segment == "..";
    if (segment == "..") {
      if (kept.empty()) return std::nullopt;
      kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : kept) {
    out += '/';
    out += segment;
  }
  if (folder || out.empty()) out += '/';
  return out;
}

std::optional<Method> method_of(std::string_view name) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove})
    if (name == name_of(method)) return method;
  return std::nullopt;
}

}  // namespace confer::http
