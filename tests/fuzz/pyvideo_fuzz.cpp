// Any bytes as a PyVideo record: refused or understood, and what was understood can be written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include "programme/format.h"

using namespace confer::programme;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const NamedBytes category{"category.json", "{\"title\":\"Fuzz\"}"};
  const auto read = read_pyvideo({category, {"videos/a.json", std::string(reinterpret_cast<const char*>(data), size)}});
  if (read && !read_pyvideo(write_pyvideo(read->programme))) std::abort();
  return 0;
}
