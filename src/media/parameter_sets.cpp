// Collects parameter sets.
#include "media/parameter_sets.h"
#include <algorithm>
#include <map>
#include <utility>

namespace confer::media {

void ParameterSets::add(std::span<const std::uint8_t> more, NalCodec codec) {
  const auto found = parameter_sets(more, codec);
  if (found.empty()) return;
  std::vector<std::uint8_t> all = bytes;
  all.insert(all.end(), found.begin(), found.end());
  bytes = parameter_sets(all, codec);
  if (codec != NalCodec::h264) return;
  for (const unsigned id : parameter_set_ids(found)) ids.insert(id);
}

bool contradict(const ParameterSets& one, const ParameterSets& other) {
  const auto by_id = [](const ParameterSets& sets) {
    std::map<std::pair<int, unsigned>, std::span<const std::uint8_t>> out;
    for (const auto& nal : split_nals(sets.bytes, NalCodec::h264))
      if (const auto id = parameter_set_id(nal)) out[{nal.type, *id}] = nal.bytes;
    return out;
  };
  const auto others = by_id(other);
  return std::ranges::any_of(by_id(one), [&](const auto& set) {
    const auto same = others.find(set.first);
    return same != others.end() && !std::ranges::equal(same->second, set.second);
  });
}

}  // namespace confer::media
