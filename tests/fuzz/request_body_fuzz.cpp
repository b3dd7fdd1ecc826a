// Fuzzes the decoding of chunked bodies: pieces of any size give the same body.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include "base/result.h"
#include "http/body.h"

using namespace confer::http;

static std::pair<std::string, BodyState> decode(std::string_view bytes, std::size_t step) {
  RequestHead head;
  head.chunked = true;
  BodyDecoder decoder(head);
  std::string out;
  BodyState state = BodyState::more;
  while (!bytes.empty() && state == BodyState::more) {
    std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    while (!piece.empty() && state == BodyState::more) state = decoder.decode(piece, out, 5);
  }
  return {out, state};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = decode(bytes, size + 1);
  ASSERT(whole.first.size() <= size);
  const auto stepwise = decode(bytes, 1);
  ASSERT(stepwise.second == whole.second);
  ASSERT(stepwise.first == whole.first);
  return 0;
}
