// What is proposed by schedule, footage and stage timer (first_plan.h).
#include "cutting/first_plan.h"
#include <algorithm>
#include "base/text.h"

namespace confer::cutting {
namespace {

using footage::Span;
using std::chrono::minutes;

/// How far around its slot a talk is listened for; a part of a block is near its time, and its neighbours are as near.
constexpr Padding listened_to{.before = seconds(300), .after = seconds(900)}, listened_to_part{.before = seconds(120), .after = seconds(180)};
constexpr minutes earliest_mark{15}, latest_mark{60};
constexpr seconds around_mark{60};

/// Moves what is proposed to where the marks are.
void follow_marks(Plan& plan, const StageMarks& marks, const Span& slot, const Padding& padding, const std::vector<footage::Piece>& plays) {
  auto& [meant, around] = *plan.guess;
  const auto counts = [&](const std::optional<Instant>& at, Instant until) {
    return at && slot.from - earliest_mark <= *at && *at <= until && unbroken(*at, plays).length() > milliseconds(0);
  };
  const bool has_begun = counts(marks.began, slot.to);
  const bool has_ended = counts(marks.ended, slot.to + latest_mark) && (!has_begun || *marks.began < *marks.ended);
  if (!has_begun && !has_ended) return;
  const Span scheduled = meant;
  if (has_begun) meant.from = *marks.began;
  if (has_ended) meant.to = *marks.ended;
  // Where only one was marked and it lies beyond the other: as long as it was planned.
  if (meant.to <= meant.from) (has_begun ? meant.to : meant.from) = has_begun ? meant.from + scheduled.length() : meant.to - scheduled.length();
  const Instant first = unbroken(has_begun ? *marks.began : *marks.ended, plays).from, last = unbroken(has_ended ? *marks.ended : *marks.began, plays).to;
  if (meant.from != scheduled.from) {
    around.from = std::max(first, meant.from - (has_begun ? around_mark : listened_to.before));
    plan.span.from = std::max(first, meant.from - padding.before);
  }
  if (meant.to != scheduled.to) {
    around.to = std::min(last, meant.to + (has_ended ? around_mark : listened_to.after));
    plan.span.to = std::min(last, meant.to + padding.after);
  }
}

}  // namespace

const Span& Planned::span() const { return part != nullptr ? part->span : slot->span; }

Planned find_planned(const footage::EventFootage& all, std::int64_t slot, std::string_view part) {
  for (const auto& room : all.rooms) {
    const auto found = std::ranges::find(room.slots, slot, &footage::PlannedSlot::number);
    if (found == room.slots.end()) continue;
    const auto of_it = std::ranges::find(found->parts, part, &footage::PlannedPart::talk);
    return {
        .room = &room, .slot = &*found, .part = of_it == found->parts.end() ? nullptr : &*of_it, .index = static_cast<std::size_t>(found - room.slots.begin())};
  }
  return {};
}

std::optional<Proposal> proposal_for(const footage::EventFootage& all, std::int64_t slot, std::string_view part, const Padding& padding) {
  const auto planned = find_planned(all, slot, part);
  if (planned.slot == nullptr || (planned.part == nullptr && !part.empty())) return std::nullopt;
  std::vector<Candidate> candidates;
  for (const auto& [stream, coverage] : planned.room->streams) {
    const auto& covered = coverage.slots[planned.index];
    candidates.push_back({.stream = stream, .covered = planned.part == nullptr ? covered : footage::within(covered, planned.span()), .plays = coverage.plays});
  }
  const auto& slots = planned.room->slots;
  std::optional<Instant> previous, next;
  if (planned.index > 0) previous = slots[planned.index - 1].span.to;
  if (planned.index + 1 < slots.size()) next = slots[planned.index + 1].span.from;
  return propose(planned.span(), candidates, padding, previous, next);
}

std::vector<Source> sources_for(const footage::EventFootage& all, std::int64_t slot, footage::Stream stream, Span span) {
  std::vector<Source> sources;
  const auto* room = find_planned(all, slot, {}).room;
  if (room == nullptr || !room->streams.contains(stream)) return sources;
  for (const auto number : files_within(span, room->streams.at(stream).plays)) {
    const auto file = std::ranges::find(all.files, MediaFileId{number}, &footage::MediaFile::id);
    if (file == all.files.end()) continue;
    const auto* recorder = all.recorder(file->recorder);
    if (const auto plays = recorder != nullptr ? footage::span_of(*file, *recorder) : std::nullopt) sources.push_back({file->id, plays->from});
  }
  return sources;
}

std::optional<FirstPlan> first_plan(const footage::EventFootage& all, std::int64_t slot, std::string_view part, const Padding& padding,
                                    const StageMarks& marks) {
  const auto proposal = proposal_for(all, slot, part, padding);
  if (!proposal) return std::nullopt;
  const auto planned = find_planned(all, slot, part);
  const auto around = proposal_for(all, slot, part, part.empty() ? listened_to : listened_to_part);
  FirstPlan first;
  first.plan.stream = proposal->stream;
  first.plan.span = proposal->span;
  first.plan.guess = Plan::Guess{.slot = planned.span(), .around = around->span};
  follow_marks(first.plan, marks, planned.slot->span, padding, planned.room->streams.at(proposal->stream).plays);
  first.plan.sources = sources_for(all, slot, proposal->stream, first.plan.guess->around);
  first.doubts = join(proposal->doubts, "\n");
  return first;
}

}  // namespace confer::cutting
