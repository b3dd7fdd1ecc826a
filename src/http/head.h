// Reading a request's head and target, strictly: what two programs could read differently is refused (RFC 9112 § 11.2).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include "http/message.h"
#include "http/status.h"

namespace confer::http {

/// Views into the bytes it was read from.
struct RequestHead {
  static constexpr std::size_t most_headers = 100;
  std::string_view method, target, host;
  std::string_view path, query;  ///< of the target, as sent
  bool http_1_0 = false, keep_alive = true, chunked = false, expects_continue = false;
  std::optional<std::uint64_t> content_length;
  std::string_view accept_encoding, accept_language, cookie, if_none_match, if_modified_since;  ///< "" when absent
  std::array<std::pair<std::string_view, std::string_view>, most_headers> headers;
  std::size_t header_count = 0;

  /// Empty again; the array is left as it is, for it need not be cleared at every request.
  void reset() {
    method = target = host = path = query = {};
    http_1_0 = chunked = expects_continue = false;
    keep_alive = true;
    content_length.reset();
    accept_encoding = accept_language = cookie = if_none_match = if_modified_since = {};
    header_count = 0;
  }
  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

enum class HeadState : unsigned char { complete, incomplete, refused };
struct HeadResult {
  HeadState state = HeadState::incomplete;
  std::size_t size = 0;          ///< complete: bytes of the head with its empty line
  const Refusal* why = nullptr;  ///< refused
};
/// Reads one head from the start of `bytes` (one empty line before it is skipped). `searched` remembers how far the end was looked for
/// between calls with more and more bytes; start it at 0. Refused: 400 for broken grammar, bare LF, folded lines, a repeated or odd Content-Length,
/// Content-Length beside Transfer-Encoding, a missing or repeated Host; 414, 431 by size; 417, 501, 505.
HeadResult read_head(std::string_view bytes, std::size_t max_bytes, std::size_t& searched, RequestHead& head);

/// The path decoded: percent-decoding once, dot segments resolved. Nothing when it is not to be trusted: malformed escapes, an encoded slash or backslash,
/// control characters, not UTF-8, or dots that climb above the root.
std::optional<std::string> decode_path(std::string_view path);
/// True when `decode_path` would return `path` itself and is not needed.
bool is_plain_path(std::string_view path);
std::optional<Method> method_of(std::string_view name);

}  // namespace confer::http
