// Fuzzes the reading of request heads and paths: read whole or byte by byte must say the same, and what is accepted must be safe.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include "base/result.h"
#include "base/text.h"
#include "http/characters.h"
#include "http/head.h"

using namespace confer;
using namespace confer::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most = 2048;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static RequestHead head;
  std::size_t searched = 0;
  HeadResult stepwise;
  for (std::size_t length = 0; length <= size && stepwise.state == HeadState::incomplete; ++length)
    stepwise = read_head(bytes.substr(0, length), most, searched, head);
  searched = 0;
  const HeadResult whole = read_head(bytes, most, searched, head);
  ASSERT(whole.state == stepwise.state && whole.size == stepwise.size);
  if (whole.state != HeadState::complete) return 0;
  ASSERT(whole.size <= size && whole.size <= most);
  ASSERT(!(head.chunked && head.content_length));
  for (std::size_t i = 0; i < head.header_count; ++i) ASSERT(is_token(head.headers[i].first) && is_header_value(head.headers[i].second));
  if (const std::optional<std::string> path = decode_path(head.path)) {
    ASSERT(path->starts_with('/') && is_valid_utf8(*path) && path->find('\0') == std::string::npos && path->find('\\') == std::string::npos);
    ASSERT(("/" + *path + "/").find("/../") == std::string::npos && ("/" + *path + "/").find("/./") == std::string::npos);
    if (is_plain_path(head.path)) ASSERT(*path == head.path);
  } else {
    ASSERT(!is_plain_path(head.path));
  }
  return 0;
}
