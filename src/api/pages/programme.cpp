// /api/v1/events/{event}/…: the schedule, talks, speakers and slots of a release or of the draft.
#include <algorithm>
#include "api/api.h"
#include "api/asked.h"
#include "api/write.h"

namespace confer::api {
namespace {

/// A slot's key in lists: numbers in their order.
std::string key_of(const programme::Slot& slot) {
  std::string digits = std::to_string(slot.number);
  constexpr std::size_t width = 19;  // of the largest number
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

bool fits(const std::string& wanted, std::string_view value) { return wanted.empty() || wanted == value; }

/// What of the programme was read: null for the draft and before the first release.
void write_version(JsonWriter& w, const Reading& r) {
  w.field("draft", r.draft).key("release");
  const auto& p = r.programme();
  if (r.draft || p.revision == 0) {
    w.null();
    return;
  }
  w.value(p.version);
}

}  // namespace

Result<http::Response> show_schedule(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"draft", "release"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto r, read_programme(tx, web, request, asked));
  JsonWriter w;
  w.begin_object().field("event", r.event().slug);
  write_version(w, r);
  w.field("revision", r.draft ? 0 : r.programme().revision).key("released_at");
  r.draft || r.programme().revision == 0 ? w.null() : w.value(to_text(r.programme().released_at));
  w.field("zone", r.zone().name()).key("rooms").begin_array();
  for (const auto* room : r.rooms) write_room(w, *room, asked.language);
  w.end_array().key("tracks").begin_array();
  for (const auto& track : r.programme().tracks) write_track(w, track, asked.language);
  w.end_array().key("types").begin_array();
  for (const auto& type : r.programme().types) write_type(w, type, asked.language);
  w.end_array().key("slots").begin_array();
  for (const auto* slot : r.slots) write_slot(w, r, *slot, asked.language);
  w.end_array().key("talks").begin_array();
  for (const auto* talk : r.talks) write_talk(w, r, *talk, asked.language);
  w.end_array().key("speakers").begin_array();
  for (const auto& [code, speaker] : r.speakers) write_speaker(w, r, speaker);
  return answer(request, w.end_array().end_object().take());
}

Result<http::Response> list_talks(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after", "draft", "release", "track", "type", "speaker", "tag"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto r, read_programme(tx, web, request, asked));
  const auto &track = request.query.get("track"), &type = request.query.get("type"), &speaker = request.query.get("speaker"), &tag = request.query.get("tag");
  Pages pages(request, asked);
  for (const auto* talk : r.talks) {
    if (!fits(track, talk->track) || !fits(type, talk->type)) continue;
    if (!tag.empty() && std::ranges::find(talk->tags, tag) == talk->tags.end()) continue;
    if (!speaker.empty() && std::ranges::none_of(talk->credits, [&](const programme::Credit& c) { return !c.name.empty() && site::speaker_key(c) == speaker; }))
      continue;
    pages.item(talk->code, [&](JsonWriter& w) { write_talk(w, r, *talk, asked.language); });
  }
  return pages.finish();
}

Result<http::Response> show_talk(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"draft", "release"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto r, read_programme(tx, web, request, asked));
  const auto* talk = r.talk(request.param("code"));
  if (talk == nullptr) return fail(ErrorCode::not_found, "There is no such talk in this programme.");
  JsonWriter w;
  write_talk(w, r, *talk, asked.language);
  return answer(request, w.take());
}

Result<http::Response> list_speakers(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after", "draft", "release"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto r, read_programme(tx, web, request, asked));
  Pages pages(request, asked);
  for (const auto& [code, speaker] : r.speakers) pages.item(code, [&, &one = speaker](JsonWriter& w) { write_speaker(w, r, one); });
  return pages.finish();
}

Result<http::Response> show_speaker(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"draft", "release"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto r, read_programme(tx, web, request, asked));
  const auto found = r.speakers.find(request.param("code"));
  if (found == r.speakers.end()) return fail(ErrorCode::not_found, "There is no such speaker in this programme.");
  JsonWriter w;
  write_speaker(w, r, found->second);
  return answer(request, w.take());
}

Result<http::Response> list_slots(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after", "draft", "release", "day", "room", "track"}));
  const auto &day = request.query.get("day"), &room = request.query.get("room"), &track = request.query.get("track");
  if (!day.empty() && !parse_date(day))
    return fail(Error{ErrorCode::invalid, "“day” is a date such as 2027-05-04.", {}, {}, {{"day", "“day” is a date such as 2027-05-04."}}});
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto r, read_programme(tx, web, request, asked));
  std::vector<const programme::Slot*> slots = r.slots;
  std::ranges::sort(slots, {}, &programme::Slot::number);
  Pages pages(request, asked);
  for (const auto* slot : slots) {
    const auto* talk = r.talk(slot->talk);
    if (!fits(room, slot->room) || !fits(track, talk == nullptr ? "" : talk->track)) continue;
    if (!fits(day, to_text(day_of(slot->start, r.event().day_start_hour)))) continue;
    pages.item(key_of(*slot), [&](JsonWriter& w) { write_slot(w, r, *slot, asked.language); });
  }
  return pages.finish();
}

}  // namespace confer::api
