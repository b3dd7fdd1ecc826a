// Sorts a programme's public sessions into days and rooms, with the ids, slugs and cuts that readers of schedules rely on.
#include "programme/formats/export.h"
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include "base/random.h"
#include "base/text.h"
#include "programme/format.h"

namespace confer::programme {
namespace {

/// More empty days than this between first and last are a mistake in the dates, not a conference.
constexpr int most_empty_days = 60;
/// Ids of what has no number of its own start here, above any row's.
constexpr std::int64_t derived_ids_from = 1'000'000'000;

/// `wanted`, or with " (2)", " (3)", … behind it: the first that is not taken yet.
std::string unused(std::set<std::string>& taken, const std::string& wanted, std::string_view before, std::string_view after) {
  std::string name = wanted;
  for (int n = 2; !taken.insert(name).second; ++n) name = wanted + std::string(before) + std::to_string(n) + std::string(after);
  return name;
}

}  // namespace

Outline::Outline(const Programme& p, const ExportChoice& choice)
    : programme(p),
      zone(Zone::find(p.conference.zone).value_or(Zone())),
      language(p.conference.languages.empty() ? "en" : p.conference.languages.front()),
      title(line(p.conference.title)),
      acronym(safe_acronym(p.conference)),
      version(p.version.empty() ? "draft" : clean_line(p.version)),
      url(absolute_url(p.conference.url)) {
  while (url.ends_with('/')) url.pop_back();
  if (title.empty()) title = acronym;
  name_rooms();
  name_tracks();
  if (choice.slots != nullptr) {
    for (const Slot* slot : *choice.slots) add_slot(*slot, choice);
  } else if (choice.wanted && *choice.wanted) {
    for (const Slot& slot : p.slots)
      if ((*choice.wanted)(slot, p.talk(slot.talk))) add_slot(slot, choice);
  } else {
    for (const Slot& slot : p.slots) add_slot(slot, choice);
  }
  make_days();
}

std::string Outline::text(const LocalizedText& localized) const { return clean_text(localized.in(language)); }
std::string Outline::line(const LocalizedText& localized) const { return clean_line(localized.in(language)); }

Line Outline::person(const Credit& credit) const {
  Line line{guid_or_derived(programme.conference, credit.person_guid, "person/" + credit.name), clean_line(credit.name), 0};
  line.id = number_of_guid(line.guid);
  return line;
}

void Outline::name_rooms() {
  std::set<std::string> names, guids;
  for (const Room& room : programme.rooms) {
    if (room.hidden) continue;
    std::string name = line(room.name);
    if (name.empty()) name = clean_line(room.code);
    name = unused(names, name.empty() ? "Room" : name, " (", ")");
    std::string guid = guid_or_derived(programme.conference, room.guid, "room/" + room.code);
    if (!guids.insert(guid).second) guid = *guids.insert(guid_or_derived(programme.conference, "", "room/" + room.code + "/" + name)).first;
    rooms.push_back({&room, std::move(name), std::move(guid)});
  }
}

void Outline::name_tracks() {
  std::set<std::string> names, slugs;
  for (const Track& track : programme.tracks) {
    std::string name = line(track.name);
    name = unused(names, name.empty() ? "Track" : name, " (", ")");
    std::string slug = slugify(name);
    if (slug.size() < 2 || slug[0] < 'a') slug = slug.empty() ? "track" : "track-" + slug;
    slug = unused(slugs, slug, "-", "");
    tracks.push_back({&track, std::move(name), std::move(slug), safe_color(track.color)});
  }
}

void Outline::add_slot(const Slot& slot, const ExportChoice& choice) {
  if (!is_public(programme, slot)) return;
  if (slot.kind == SlotKind::break_ && !choice.breaks) return;
  if (slot.room.empty() && !choice.without_room) return;
  if (!choice.cancelled && is_cancelled(programme, slot)) return;
  const Instant from = zone.to_instant_lenient(slot.start), to = from + std::max(slot.length, minutes{0});
  if (!choice.cut_at_a_day || to - from < std::chrono::hours{24}) return add_session(slot, from, to, 1);
  // Each conference day shows its piece; a piece that still fills a whole day is halved.
  int piece = 0;
  for (Instant at = from; at < to;) {
    const Date day = day_of(zone.to_wall(at), programme.conference.day_start_hour);
    const WallTime next_day = WallTime(day + std::chrono::days{1}) + std::chrono::hours{programme.conference.day_start_hour};
    Instant end = std::min(to, zone.to_instant_lenient(next_day));
    if (end <= at) end = std::min<Instant>(to, at + std::chrono::hours{12});
    if (end - at >= std::chrono::hours{24}) end = at + std::chrono::hours{12};
    add_session(slot, at, end, ++piece);
    at = end;
  }
}

void Outline::add_session(const Slot& slot, Instant from, Instant to, int piece) {
  Session session{.slot = &slot, .talk = programme.talk(slot.talk)};
  const auto room = std::ranges::find_if(rooms, [&](const RoomLine& line) { return line.room->code == slot.room; });
  session.room = room == rooms.end() ? nullptr : &*room;
  const auto track = std::ranges::find_if(tracks, [&](const TrackLine& line) { return session.talk && line.track->code == session.talk->track; });
  session.track = track == tracks.end() ? nullptr : &*track;
  session.cancelled = is_cancelled(programme, slot);
  session.from = from;
  session.to = to;
  session.start = zone.to_wall(from);
  session.title = clean_line(title_of(programme, slot, language));
  const SessionType* type = session.talk ? programme.type(session.talk->type) : nullptr;
  session.type = type ? line(type->name) : slot.kind == SlotKind::social ? "social" : slot.kind == SlotKind::break_ ? "break" : "";
  session.guid = guid_or_derived(programme.conference, slot.guid, "slot/" + std::to_string(slot.number) + "/" + slot.talk);
  if (piece > 1) session.guid = name_uuid(session.guid, "piece " + std::to_string(piece));
  session.id = piece == 1 ? slot.number : 0;
  // Where the event has no address, the talk's GUID stands in: the schemas want a URI, and the slots of one talk share it.
  session.url = session.talk ? talk_address(programme.conference, session.talk->code) : url.empty() ? "" : url + "/schedule";
  if (session.url.empty())
    session.url = "urn:uuid:" + (session.talk ? guid_or_derived(programme.conference, session.talk->guid, "talk/" + slot.talk) : session.guid);
  sessions_.push_back(std::move(session));
}

void Outline::make_days() {
  std::set<std::int64_t> ids;
  std::set<std::string> guids, talks;
  for (Session& session : sessions_)
    if (session.id <= 0 || session.id >= derived_ids_from || !ids.insert(session.id).second) session.id = 0;
  // The session with the talk's GUID is its first; where none has it, the earliest.
  for (const bool by_guid : {true, false})
    for (Session& session : sessions_)
      if (session.talk && (!by_guid || session.slot->guid == session.talk->guid) && talks.insert(session.talk->code).second) session.first = true;
  for (Session& session : sessions_) {
    for (int n = 2; !guids.insert(session.guid).second; ++n) session.guid = name_uuid(session.guid, "again " + std::to_string(n));
    if (session.id == 0) session.id = derived_ids_from + number_of_guid(session.guid) % derived_ids_from;
    while (!ids.insert(session.id).second && session.id >= derived_ids_from) ++session.id;
    std::string rest = std::to_string(session.id) + "-";
    const std::string words = slugify(session.title);
    rest += words.empty() ? "session" : words;
    if (rest.size() < 4) rest += "-session";
    session.slug = acronym + "-" + rest;
  }

  const Conference& c = programme.conference;
  std::map<Date, std::vector<Session>> by_date;
  for (Session& session : sessions_) by_date[day_of(session.start, c.day_start_hour)].push_back(std::move(session));
  if (c.end >= c.start && (c.end - c.start).count() <= most_empty_days)
    for (Date date = c.start; date <= c.end; date += std::chrono::days{1}) by_date[date];
  else
    by_date[c.start];
  const auto hour = std::chrono::hours{std::clamp(c.day_start_hour, 0, 23)};
  for (auto& [date, sessions] : by_date) {
    std::ranges::sort(sessions, {},
                      [&](const Session& session) { return std::tuple(session.room ? session.room - rooms.data() : -1, session.from, session.id); });
    days.push_back({static_cast<int>(days.size()) + 1, date, zone.to_instant_lenient(WallTime(date) + hour),
                    zone.to_instant_lenient(WallTime(date + std::chrono::days{1}) + hour), std::move(sessions)});
  }
}

}  // namespace confer::programme
