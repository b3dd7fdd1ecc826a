// Putting an event's schedule, recorders and files together (footage.h).
#include <algorithm>
#include <map>
#include "footage/footage.h"
#include "footage/store.h"
#include "programme/programme.h"
#include "talks/talks.h"

namespace confer::footage {
namespace {

/// The slots in which talks are given, by start. A slot at a time that the zone does not have is where people would look for it.
std::vector<PlannedSlot> slots_of(const programme::Programme& plan, const Zone& zone, const std::map<std::string, const talks::Talk*>& talks,
                                  const std::vector<talks::Talk>& parts, const std::map<std::string, RoomId>& rooms) {
  std::vector<PlannedSlot> out;
  for (const auto& slot : plan.slots) {
    if (slot.talk.empty() || programme::is_cancelled(plan, slot)) continue;
    const auto room = rooms.find(slot.room);
    if (room == rooms.end()) continue;
    const Instant from = zone.to_instant_lenient(slot.start);
    const auto talk = talks.find(slot.talk);
    out.push_back({.number = slot.number,
                   .room = room->second,
                   .talk = slot.talk,
                   .title = programme::title_of(plan, slot, plan.conference.languages.empty() ? "en" : plan.conference.languages.front()),
                   .span = {from, from + slot.length},
                   .consent = talk == talks.end() ? talks::Consent::yes : talks::consent_of(*talk->second),
                   .parts = {}});
    if (talk == talks.end()) continue;
    for (const auto& part : slot.parts) {
      const auto own = std::ranges::find_if(parts, [&](const talks::Talk& t) { return t.part_of == talk->second->id && t.part_anchor == part.anchor; });
      if (own == parts.end()) continue;
      const Instant begins = from + part.offset;
      out.back().parts.push_back({.talk = own->code,
                                  .anchor = part.anchor,
                                  .title = own->title,
                                  .span = {begins, begins + part.length},
                                  .consent = talks::stricter(out.back().consent, talks::consent_of(*own))});
    }
  }
  std::ranges::sort(out, {}, [](const PlannedSlot& s) { return std::pair(s.span.from, s.number); });
  return out;
}

StreamCoverage cover_stream(const EventFootage& all, const RoomFootage& room, Stream stream, Instant now) {
  std::vector<Wanted> wanted;
  for (const auto& slot : room.slots) wanted.push_back({.number = slot.number, .span = slot.span, .may_be_recorded = talks::may_be_recorded(slot.consent)});
  std::vector<Footage> files;
  for (const auto& file : all.files) {
    const Recorder* recorder = all.recorder(file.recorder);
    if (recorder == nullptr || recorder->room != room.room.id || recorder->stream != stream) continue;
    if (const auto span = span_of(file, *recorder))
      files.push_back(
          {.number = file.id.value, .span = *span, .is_growing = file.state == FileState::growing, .exactness = exactness_of(file.source, *file.told_at)});
  }
  return cover(std::move(wanted), std::move(files), now);
}

std::optional<ClockGuess> guess_by_schedule(const EventFootage& all, const Recorder& recorder) {
  std::vector<Span> recordings, slots;
  for (const auto& file : all.files)
    if (file.recorder == recorder.id && file.state != FileState::growing)
      if (const auto span = span_of(file, recorder)) recordings.push_back(*span);
  for (const auto& room : all.rooms)
    if (room.room.id == recorder.room)
      for (const auto& slot : room.slots) slots.push_back(slot.span);
  return guess_offset(recordings, slots);
}

/// How far the recorder is behind the other one, of each pair of recordings that heard the same.
std::vector<milliseconds> behind(const EventFootage& all, const Recorder& with, const Recorder& recorder) {
  std::map<MediaFileId, const MediaFile*> files;
  for (const auto& file : all.files) files[file.id] = &file;
  std::vector<milliseconds> out;
  for (const auto& common : all.common_sounds) {
    const auto one = files.find(common.one), other = files.find(common.other);
    if (one == files.end() || other == files.end()) continue;
    const bool is_turned = one->second->recorder == recorder.id;
    const MediaFile &theirs = is_turned ? *other->second : *one->second, &ours = is_turned ? *one->second : *other->second;
    if (theirs.recorder != with.id || ours.recorder != recorder.id || !theirs.told_at || !ours.told_at) continue;
    // One moment, on both clocks: t + lag into `one`, t into `other`.
    const milliseconds into_theirs = is_turned ? milliseconds(0) : common.lag, into_ours = is_turned ? common.lag : milliseconds(0);
    out.push_back((*theirs.told_at + with.offset + into_theirs) - (*ours.told_at + recorder.offset + into_ours));
  }
  return out;
}

}  // namespace

talks::Consent PlannedSlot::consent_of_all() const {
  auto strictest = consent;
  for (const auto& part : parts) strictest = talks::stricter(strictest, part.consent);
  return strictest;
}

const Recorder* EventFootage::recorder(RecorderId id) const {
  const auto found = std::ranges::find(recorders, id, &Recorder::id);
  return found == recorders.end() ? nullptr : &*found;
}

Result<EventFootage> load_footage(db::Tx& tx, const events::Event& event, Instant now) {
  EventFootage all;
  TRY_ASSIGN(all.zone, events::zone_of(event));
  TRY_ASSIGN(auto plan, programme::current_programme(tx, event, ""));
  all.is_released = plan.has_value();
  if (!plan) {
    TRY_ASSIGN(plan, programme::load_draft(tx, event, ""));
  }
  // What speakers allow is asked as it is now, not as it was released.
  TRY_ASSIGN(const auto talks, talks::list_talks(tx, event.id));
  TRY_ASSIGN(const auto parts, talks::list_parts(tx, event.id));
  std::map<std::string, const talks::Talk*> by_code;
  for (const auto& talk : talks) by_code[talk.code] = &talk;
  TRY_ASSIGN(auto rooms, events::list_rooms(tx, event));
  std::map<std::string, RoomId> room_ids;
  for (const auto& room : rooms) room_ids[room.code] = room.id;
  TRY_ASSIGN(all.recorders, store::recorders_of(tx, event.id));
  TRY_ASSIGN(all.files, store::files_of(tx, event.id));
  TRY_ASSIGN(all.common_sounds, store::common_sounds_of(tx, event.id));
  const auto slots = slots_of(*plan, all.zone, by_code, parts, room_ids);
  for (auto& room : rooms) {
    RoomFootage shown;
    for (const auto& slot : slots)
      if (slot.room == room.id) shown.slots.push_back(slot);
    shown.room = std::move(room);
    for (const auto& recorder : all.recorders)
      if (recorder.room == shown.room.id && !shown.streams.contains(recorder.stream))
        shown.streams[recorder.stream] = cover_stream(all, shown, recorder.stream, now);
    if (!shown.slots.empty() || !shown.streams.empty()) all.rooms.push_back(std::move(shown));
  }
  return all;
}

std::optional<ClockGuess> guess_clock(const EventFootage& all, const Recorder& recorder) {
  std::vector<const Recorder*> before;
  for (const auto& other : all.recorders)
    if (other.room == recorder.room && std::pair(other.stream, other.id) < std::pair(recorder.stream, recorder.id)) before.push_back(&other);
  std::ranges::sort(before, {}, [](const Recorder* r) { return std::pair(r->stream, r->id); });
  for (const Recorder* with : before) {
    auto apart = behind(all, *with, recorder);
    if (apart.empty()) continue;
    // As if the other's clock were put right first.
    if (const auto first = guess_clock(all, *with))
      for (auto& one : apart) one += first->offset;
    auto guess = guess_offset(std::move(apart));
    if (guess) guess->heard_with = with->name;
    return guess;
  }
  return guess_by_schedule(all, recorder);
}

}  // namespace confer::footage
