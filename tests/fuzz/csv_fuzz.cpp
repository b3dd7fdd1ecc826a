// Any bytes as a table of sessions, with the columns that were guessed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include "programme/format.h"

using namespace confer::programme;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto header = read_csv_header(bytes);
  if (!header) return 0;
  const auto read = read_csv(bytes, header->guess, Conference{.slug = "fuzz", .zone = "Europe/Berlin"});
  if (read && !read_csv_header(write_csv(read->programme))) std::abort();
  return 0;
}
