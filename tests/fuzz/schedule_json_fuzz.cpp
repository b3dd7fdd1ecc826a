// Any bytes as schedule.json and schedule2: refused or understood, and what was understood can be written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include "programme/format.h"

using namespace confer::programme;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)detect("x", bytes);
  for (const auto& read : {read_schedule_json(bytes), read_schedule2_json(bytes)}) {
    if (!read) continue;
    // What we write ourselves must always be readable.
    if (!read_schedule_json(write_schedule_json(read->programme, {}))) std::abort();
    if (!read_schedule2_json(write_schedule2_json(read->programme, {}))) std::abort();
    if (!from_json(to_json(read->programme))) std::abort();
    (void)write_ical(read->programme, {}, {});
    (void)write_text(read->programme, "en");
  }
  return 0;
}
