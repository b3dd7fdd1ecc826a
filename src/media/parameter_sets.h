// The parameter sets of a recording's pictures, collected from its header and its packets.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <vector>
#include "media/nal.h"

namespace confer::media {

struct ParameterSets {
  std::vector<std::uint8_t> bytes;  ///< each once, behind start codes
  std::set<unsigned> ids;           ///< H.264: in use
  void add(std::span<const std::uint8_t> more, NalCodec codec);
};

/// H.264: both use an id for different sets, so that a header cannot hold all of them.
bool contradict(const ParameterSets& one, const ParameterSets& other);

}  // namespace confer::media
