// Where a talk's recording begins and ends (propose.h).
#include "cutting/propose.h"
#include <algorithm>

namespace confer::cutting {
namespace {

using footage::Piece;
using footage::Span;

/// Names and containers tell whole seconds: a hole that is not longer may be none.
constexpr milliseconds touching{1000};

const Candidate* best_of(const std::vector<Candidate>& candidates) {
  const Candidate* best = nullptr;
  for (const auto& candidate : candidates) {
    if (candidate.covered.pieces.empty()) continue;
    if (best == nullptr || candidate.covered.missing() < best->covered.missing()) best = &candidate;
  }
  return best;
}

}  // namespace

std::vector<std::int64_t> files_within(Span span, const std::vector<Piece>& plays) {
  std::vector<std::int64_t> files;
  for (const auto& piece : plays)
    if (piece.span.from < span.to && piece.span.to > span.from && std::ranges::find(files, piece.file) == files.end()) files.push_back(piece.file);
  return files;
}

Span unbroken(Instant middle, const std::vector<Piece>& plays) {
  Span span;
  bool is_around = false;
  for (const auto& piece : plays) {
    if (span.to != Instant{} && piece.span.from - span.to <= touching) {
      span.to = std::max(span.to, piece.span.to);
    } else {
      if (is_around) break;
      span = piece.span;
    }
    is_around = span.from <= middle && middle < span.to;
  }
  return is_around ? span : Span{};
}

std::optional<Proposal> propose(Span slot, const std::vector<Candidate>& candidates, const Padding& padding, std::optional<Instant> previous_ends,
                                std::optional<Instant> next_begins) {
  const Candidate* best = best_of(candidates);
  if (best == nullptr) return std::nullopt;
  Proposal proposal;
  proposal.stream = best->stream;
  Span wanted{slot.from - padding.before, slot.to + padding.after};
  if (previous_ends && *previous_ends <= slot.from) wanted.from = std::max(wanted.from, *previous_ends);
  if (next_begins && *next_begins >= slot.to) wanted.to = std::min(wanted.to, *next_begins);
  const auto& pieces = best->covered.pieces;
  // What lies beyond the slot is taken as far as it goes on without a hole.
  const Span before = unbroken(pieces.front().span.from, best->plays);
  const Span after = unbroken(pieces.back().span.to - milliseconds(1), best->plays);
  proposal.span.from = std::max(wanted.from, std::min(before.from, pieces.front().span.from));
  proposal.span.to = std::min(wanted.to, std::max(after.to, pieces.back().span.to));
  proposal.files = files_within(proposal.span, best->plays);
  for (const auto& gap : best->covered.gaps) proposal.doubts.push_back(footage::duration_in_words(gap.length()) + " of the slot are missing.");
  if (best->stream != footage::Stream::main)
    proposal.doubts.push_back("It is cut from the stream “" + std::string(footage::name_of(best->stream)) + "”, which has more of it than the main one.");
  return proposal;
}

}  // namespace confer::cutting
