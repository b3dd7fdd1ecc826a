// Fuzzes multipart forms: pieces of any size give the same fields and files, and every text is UTF-8 without U+0000.
#include <unistd.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/result.h"
#include "base/text.h"
#include "http/form.h"

using namespace confer;
using namespace confer::http;

namespace {

using Content = std::pair<std::vector<std::pair<std::string, std::string>>, std::vector<std::pair<std::string, std::uint64_t>>>;

std::optional<Content> parse(std::string_view bytes, std::size_t step) {
  MultipartParser parser("b", "/tmp");
  bool fine = true;
  while (fine && !bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    fine = parser.write(piece).has_value();
  }
  fine = fine && parser.end().has_value();
  Content content;
  content.first = parser.fields().all();
  for (const Upload& upload : parser.uploads()) {
    content.second.emplace_back(upload.field + "|" + upload.file_name, upload.size_bytes);
    unlink(upload.path.c_str());
  }
  if (!fine) return std::nullopt;
  return content;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::optional<Content> whole = parse(bytes, size + 1);
  ASSERT(parse(bytes, 1) == whole);
  if (!whole) return 0;
  for (const auto& [name, value] : whole->first) ASSERT(is_valid_utf8(name) && is_valid_utf8(value) && value.find('\0') == std::string::npos);
  return 0;
}
