// Any bytes as schedule.xml: refused or understood, and what was understood can be written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include "programme/format.h"

using namespace confer::programme;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_schedule_xml({reinterpret_cast<const char*>(data), size});
  if (read && !read_schedule_xml(write_schedule_xml(read->programme, {}))) std::abort();
  return 0;
}
