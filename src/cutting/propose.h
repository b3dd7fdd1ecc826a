// Where a talk's recording begins and ends, as far as the schedule and the footage tell (rules).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>
#include "footage/coverage.h"

namespace confer::cutting {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What one stream of a room has around a slot.
struct Candidate {
  footage::Stream stream = footage::Stream::main;
  footage::Covered covered;
  std::vector<footage::Piece> plays;  ///< all that it plays, before and after the slot too
};
struct Padding {
  seconds before{30}, after{120};  ///< talks begin about on time, and end late
};
struct Proposal {
  footage::Stream stream = footage::Stream::main;
  footage::Span span;               ///< by the corrected clock
  std::vector<std::int64_t> files;  ///< that it is cut from, in order
  std::vector<std::string> doubts;  ///< sentences; empty: sure
};
/// Of the stream that has most of the slot; among equals the first in the streams' order. Without padding where a neighbour's slot or the end of the footage
/// comes first. Nothing when no stream has any of it.
std::optional<Proposal> propose(footage::Span slot, const std::vector<Candidate>& candidates, const Padding& padding, std::optional<Instant> previous_ends,
                                std::optional<Instant> next_begins);

/// The files that play within a span, in order, each once.
std::vector<std::int64_t> files_within(footage::Span span, const std::vector<footage::Piece>& plays);
/// The longest stretch around `middle` that is played without a hole of more than a second; empty when nothing plays there.
footage::Span unbroken(Instant middle, const std::vector<footage::Piece>& plays);

}  // namespace confer::cutting
