// Any bytes as captions: what is read is text with times in order, and written again it is read as the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include "base/text.h"
#include "recordings/captions.h"

using namespace confer::recordings;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_captions({reinterpret_cast<const char*>(data), size});
  if (!read) {
    if (read.error().message.empty() || !confer::is_valid_utf8(read.error().message)) std::abort();
    for (const auto& problem : read.error().problems)
      if (!confer::is_valid_utf8(problem.message)) std::abort();
    return 0;
  }
  if (!std::ranges::is_sorted(read->cues, {}, &Cue::from)) std::abort();
  for (const auto& cue : read->cues) {
    if (cue.from.count() < 0 || cue.to <= cue.from || cue.to > longest_captions) std::abort();
    if (cue.text.empty() || !confer::check_text(cue.text, "text", 20000) || !confer::check_text(cue.speaker, "speaker", 1000)) std::abort();
  }
  const auto again = read_captions(to_vtt(read->cues));
  if (!again || again->cues != read->cues) std::abort();
  if (sentences_of(read->cues).empty()) std::abort();
  return 0;
}
