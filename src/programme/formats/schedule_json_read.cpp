// Reads c3voc's schedule.json as pretalx, frab and others write it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/import.h"
#include "programme/formats/json_object.h"

namespace confer::programme {
namespace {

using Json = nlohmann::json;

std::string at(const std::string& place, std::size_t index) { return place + "[" + std::to_string(index) + "]"; }

LinkKind link_kind(std::string_view type) {
  const std::string lower = ascii_lower(type);
  for (int kind = 0; kind <= static_cast<int>(LinkKind::activitypub); ++kind)
    if (name_of(static_cast<LinkKind>(kind)) == lower) return static_cast<LinkKind>(kind);
  return LinkKind::related;
}

std::vector<Link> read_references(JsonObject& event, const char* key) {
  std::vector<Link> links;
  const auto list = event.list(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    // Some write the address alone.
    if (list[i]->is_string()) {
      links.push_back({list[i]->get<std::string>(), "", LinkKind::related});
      continue;
    }
    JsonObject link(*list[i], at(event.place_of(key), i), event.oddities());
    links.push_back({link.text("url"), link.text("title"), link_kind(link.text("type"))});
    link.ignore({"service"});
    link.rest();
  }
  return links;
}

RawPerson read_person(const Json& json, const std::string& place, Oddities& oddities) {
  RawPerson raw{.place = place};
  if (json.is_string()) {
    raw.name = json.get<std::string>();
    return raw;
  }
  JsonObject person(json, place, oddities);
  raw.name = person.text("name");
  if (const std::string public_name = person.text("public_name"); raw.name.empty()) raw.name = public_name;
  raw.guid = person.text("guid");
  raw.id = person.text("id");
  raw.code = person.text("code");
  raw.biography = person.text("biography");
  raw.avatar = person.text("avatar");
  person.keep({"url", "links"}, raw.extra);
  raw.extra.merge(person.rest());
  return raw;
}

RawEvent read_event(const Json& json, const std::string& place, const std::string& room, Oddities& oddities) {
  RawEvent raw{.place = place};
  JsonObject event(json, place, oddities);
  raw.guid = event.text("guid");
  raw.id = event.text("id");
  raw.code = event.text("code");
  raw.title = event.text("title");
  raw.subtitle = event.text("subtitle");
  raw.abstract = event.text("abstract");
  raw.description = event.text("description");
  raw.track = event.text("track");
  raw.type = event.text("type");
  raw.language = event.text("language");
  raw.slug = event.text("slug");
  raw.url = event.text("url");
  raw.license = event.text("recording_license");
  raw.logo = event.text("logo");
  raw.feedback_url = event.text("feedback_url");
  raw.origin_url = event.text("origin_url");
  raw.date = event.text("date");
  raw.start = event.text("start");
  raw.end = event.text("end");
  raw.length = event.text("duration");
  raw.do_not_record = event.flag("do_not_record");
  raw.do_not_stream = event.flag("do_not_stream");
  raw.room = event.text("room");
  if (!room.empty()) {
    if (!raw.room.empty() && tidy_line(raw.room) != tidy_line(room))
      oddities.push_back({"room disagrees", place + ".room",
                          "The session says “" + ellipsis(raw.room, 60) + "” but stands in “" + ellipsis(room, 60) + "”, which was taken."});
    raw.room = room;
  }
  const auto persons = event.list("persons");
  for (std::size_t i = 0; i < persons.size(); ++i) raw.persons.push_back(read_person(*persons[i], at(event.place_of("persons"), i), oddities));
  raw.links = read_references(event, "links");
  raw.attachments = read_references(event, "attachments");
  raw.extra.merge(event.rest());
  return raw;
}

void read_rooms(JsonObject& object, RawSchedule& raw) {
  const auto rooms = object.list("rooms");
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    JsonObject room(*rooms[i], at(object.place_of("rooms"), i), raw.oddities);
    RawRoom one{.place = room.place(), .name = room.text("name"), .guid = room.text("guid")};
    one.description = room.localized("description", raw.languages.empty() ? "en" : raw.languages.front());
    one.capacity = room.number("capacity");
    room.ignore({"slug"});
    room.keep({"type", "stream_id", "url", "features", "assembly"}, one.extra);
    one.extra.merge(room.rest());
    raw.rooms.push_back(std::move(one));
  }
}

void read_day(const Json& json, const std::string& place, RawSchedule& raw) {
  JsonObject day(json, place, raw.oddities);
  const std::string date = day.text("date"), from = day.text("day_start"), to = day.text("day_end");
  day.ignore({"index"});
  std::optional<Date> on;
  if (const auto parsed = parse_date(trim(date))) on = *parsed;
  if (on)
    raw.days.push_back(*on);
  else
    raw.oddities.push_back({"day without date", day.place_of("date"), "The day has no date that can be read."});
  if (!raw.day_start_hour) raw.day_start_hour = day_start_of(from, to);
  if (const Json* rooms = day.find("rooms"); rooms && rooms->is_object()) {
    for (const auto& [name, list] : rooms->items()) {
      const std::string room_place = day.place_of("rooms") + "." + name;
      if (!list.is_array()) {
        raw.oddities.push_back({"unexpected type", room_place, "This should be a list of sessions; it was left out."});
        continue;
      }
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (!is_object(list[i], at(room_place, i), raw.oddities)) continue;
        raw.events.push_back(read_event(list[i], at(room_place, i), name, raw.oddities));
        raw.events.back().day = on;
      }
    }
  } else if (rooms && !rooms->is_null() && !rooms->empty()) {
    raw.oddities.push_back({"unexpected type", day.place_of("rooms"), "This should be an object of rooms; it was left out."});
  }
  day.rest();
}

}  // namespace

Result<Imported> read_schedule_json(std::string_view bytes) {
  RawSchedule raw;
  TRY_ASSIGN(const Json root, read_json(bytes, "a schedule.json", raw.oddities));
  if (!root.is_object() || !root.contains("schedule") || !root["schedule"].is_object())
    return fail_at("line 1, column 1", "This is not a schedule.json: it has no “schedule” at its top.");
  for (const auto& [key, value] : root.items())
    if (key != "$schema" && key != "generator" && key != "schedule") {
      raw.oddities.push_back({"unknown field", key, "“" + ellipsis(key, 60) + "” is not known in this format; it was kept."});
      raw.extra[key] = json_text(value);
    }
  JsonObject schedule(root["schedule"], "schedule", raw.oddities);
  const Json* conference_json = schedule.find("conference");
  if (conference_json == nullptr || !conference_json->is_object()) return fail_at("schedule.conference", "This is not a schedule.json: it has no conference.");
  raw.version = schedule.text("version");
  raw.base_url = schedule.text("base_url");
  const std::string schedule_url = schedule.text("url");
  raw.place = "schedule.conference";
  JsonObject c(*conference_json, raw.place, raw.oddities);
  const Json* days = c.find("days");
  if (days == nullptr || !days->is_array()) {
    if (schedule.find("events") != nullptr) return fail_at("schedule.events", "This is a schedule2, not a schedule.json: please import it as that.");
    return fail_at("schedule.conference.days", "This is not a schedule.json: its conference has no list of days.");
  }
  raw.acronym = c.text("acronym");
  raw.title = c.text("title");
  raw.description = c.localized("description", "en");
  if (raw.description.empty()) raw.description = c.localized("subtitle", "en");
  raw.start = c.text("start");
  raw.end = c.text("end");
  raw.zone = c.text("time_zone_name");
  raw.url = c.text("url");
  if (raw.url.empty()) raw.url = schedule_url;
  if (const Json* colors = c.find("colors")) {
    JsonObject of(*colors, c.place_of("colors"), raw.oddities);
    raw.color = of.text("primary");
    of.keep({"background"}, raw.extra);
  }
  if (const auto count = c.number("daysCount"); count && *count != static_cast<int>(days->size()))
    raw.oddities.push_back(
        {"daysCount disagrees", c.place_of("daysCount"), "The file says " + std::to_string(*count) + " days but has " + std::to_string(days->size()) + "."});
  c.ignore({"timeslot_duration"});
  c.keep({"logo", "keywords", "meta"}, raw.extra);
  const auto tracks = c.list("tracks");
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    JsonObject track(*tracks[i], at(c.place_of("tracks"), i), raw.oddities);
    raw.tracks.push_back({track.text("name"), track.text("slug"), track.text("color")});
    track.rest();
  }
  read_rooms(c, raw);
  // Read here, they would have GUIDs that no other reader of the file knows.
  if (const Json* rooms = schedule.find("rooms"); rooms && !rooms->is_null())
    return fail_at("schedule.rooms", "The rooms stand in the wrong place: they belong into schedule.conference.rooms. Please have the file corrected.");
  for (std::size_t i = 0; i < days->size(); ++i) read_day((*days)[i], at(c.place_of("days"), i), raw);
  raw.extra.merge(c.rest());
  raw.extra.merge(schedule.rest());
  Carried carried = carried_by(Format::schedule_json);
  // Without a list of rooms only their names are told, at the sessions.
  if (raw.rooms.empty()) carried.without.insert({"room.description", "room.capacity"});
  TRY_ASSIGN(Imported imported, assemble(std::move(raw)));
  imported.carried = std::move(carried);
  return imported;
}

}  // namespace confer::programme
