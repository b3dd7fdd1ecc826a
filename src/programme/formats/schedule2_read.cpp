// Reads c3voc's schedule2: a flat list of sessions, breaks and other entries.
#include <algorithm>
#include <array>
#include <map>
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

CreditRole role_of(std::string_view role) {
  static constexpr std::array<std::pair<std::string_view, CreditRole>, 5> roles{{{"SPEAKER", CreditRole::speaker},
                                                                                 {"MODERATOR", CreditRole::moderator},
                                                                                 {"GUEST", CreditRole::panelist},
                                                                                 {"CONTRIBUTOR", CreditRole::author},
                                                                                 {"HOST", CreditRole::host}}};
  for (const auto& [name, value] : roles)
    if (name == role) return value;
  return CreditRole::speaker;
}

class Reader {
 public:
  explicit Reader(RawSchedule& raw) : raw_(raw) {}

  void conference(const Json& json) {
    raw_.place = "schedule.conference";
    JsonObject c(json, raw_.place, raw_.oddities);
    raw_.acronym = c.text("acronym");
    raw_.title = c.text("title");
    for (const Json* language : c.list("languages"))
      if (language->is_string() && is_language_tag(language->get_ref<const std::string&>())) raw_.languages.push_back(language->get<std::string>());
    raw_.description = c.localized("description", language());
    raw_.start = c.text("start");
    raw_.end = c.text("end");
    raw_.zone = c.text("time_zone_name");
    raw_.url = c.text("url");
    if (const Json* colors = c.find("colors")) {
      JsonObject of(*colors, c.place_of("colors"), raw_.oddities);
      raw_.color = of.text("primary");
    }
    c.ignore({"timeslot_duration"});
    c.keep({"logo", "keywords", "meta", "defaults"}, raw_.extra);
    const auto tracks = c.list("tracks");
    for (std::size_t i = 0; i < tracks.size(); ++i) {
      JsonObject track(*tracks[i], at(c.place_of("tracks"), i), raw_.oddities);
      raw_.tracks.push_back({track.text("name"), track.text("slug"), track.text("color")});
      if (const Json* colors = track.find("colors"); colors && raw_.tracks.back().color.empty())
        raw_.tracks.back().color = JsonObject(*colors, track.place_of("colors"), raw_.oddities).text("light");
      track.ignore({"type"});
      track.rest();
      if (!raw_.tracks.back().slug.empty()) tracks_[raw_.tracks.back().slug] = raw_.tracks.back().name;
    }
    const auto rooms = c.list("rooms");
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      JsonObject room(*rooms[i], at(c.place_of("rooms"), i), raw_.oddities);
      RawRoom one{.place = room.place(), .name = room.text("name"), .guid = room.text("guid")};
      one.description = room.localized("description", language());
      one.capacity = room.number("capacity");
      room.ignore({"slug"});
      room.keep({"type", "stream_id", "url", "features", "parent"}, one.extra);
      one.extra.merge(room.rest());
      raw_.rooms.push_back(std::move(one));
    }
    const auto days = c.list("days");
    for (std::size_t i = 0; i < days.size(); ++i) {
      JsonObject day(*days[i], at(c.place_of("days"), i), raw_.oddities);
      if (const auto date = parse_date(trim(day.text("date")))) raw_.days.push_back(*date);
      const std::string from = day.text("start"), to = day.text("end");
      if (!raw_.day_start_hour) raw_.day_start_hour = day_start_of(from, to);
      day.ignore({"index"});
      day.rest();
    }
    // The conference's own start and end are instants at the edges of its days.
    if (!raw_.days.empty()) {
      raw_.start = to_text(*std::ranges::min_element(raw_.days));
      raw_.end = to_text(*std::ranges::max_element(raw_.days));
    }
    raw_.extra.merge(c.rest());
  }

  void event(const Json& json, const std::string& place) {
    RawEvent one{.place = place};
    JsonObject e(json, place, raw_.oddities);
    const std::string type = e.text("type");
    one.kind = type == "BREAK" ? SlotKind::break_ : type == "META" ? SlotKind::social : SlotKind::talk;
    one.guid = e.text("guid");
    one.title = e.localized("title", language()).in(language());
    one.subtitle = e.localized("subtitle", language()).in(language());
    one.date = e.text("start");
    one.end = e.text("end");
    one.length = e.text("duration");
    // With an end, the deprecated duration says nothing more.
    if (!one.end.empty()) one.length.clear();
    if (const Json* room = e.find("room"); room && !room->is_null()) {
      JsonObject of(*room, e.place_of("room"), raw_.oddities);
      one.room = of.text("name");
      one.room_guid = of.text("guid");
      // The GUID tells which room; its name may be left out or written otherwise.
      const auto declared = std::ranges::find_if(raw_.rooms, [&](const RawRoom& r) { return !r.guid.empty() && r.guid == one.room_guid; });
      if (declared != raw_.rooms.end()) one.room = declared->name;
    }
    if (one.kind == SlotKind::talk) talk(e, one, type);
    one.extra.merge(e.rest());
    raw_.events.push_back(std::move(one));
  }

 private:
  std::string language() const { return raw_.languages.empty() ? "en" : raw_.languages.front(); }

  void talk(JsonObject& e, RawEvent& one, const std::string& type) {
    one.type = schedule2_type_name(type);
    one.code = e.text("code");
    one.language = e.text("language");
    one.abstract = e.localized("abstract", language()).in(language());
    one.description = e.localized("description", language()).in(language());
    one.slug = e.text("slug");
    one.url = e.text("url");
    one.cancelled = is_cancelled_state(e.text("state"));  // British and small letters, too
    if (const Json* logo = e.find("logo"); logo && logo->is_object()) {
      JsonObject of(*logo, e.place_of("logo"), raw_.oddities);
      one.logo = of.text("url");
    } else if (logo && logo->is_string()) {
      one.logo = logo->get<std::string>();
    }
    if (const Json* track = e.find("track"); track && track->is_object()) {
      JsonObject of(*track, e.place_of("track"), raw_.oddities);
      const std::string slug = of.text("slug");
      if (const auto found = tracks_.find(slug); found != tracks_.end())
        one.track = found->second;
      else if (slug != "none")
        one.track = slug;
    }
    const auto people = e.list("participants");
    for (std::size_t i = 0; i < people.size(); ++i) {
      JsonObject of(*people[i], at(e.place_of("participants"), i), raw_.oddities);
      RawPerson person{.place = of.place(), .guid = of.text("guid"), .name = of.text("name"), .role = role_of(of.text("role"))};
      person.extra = of.rest();
      one.persons.push_back(std::move(person));
    }
    for (const char* key : {"links", "attachments"}) {
      const auto list = e.list(key);
      for (std::size_t i = 0; i < list.size(); ++i) {
        JsonObject of(*list[i], at(e.place_of(key), i), raw_.oddities);
        const std::string url = of.text("url"), title = of.text("title"), kind = of.text("type");
        of.ignore({"service"});
        of.rest();
        if (kind == "FEEDBACK")
          one.feedback_url = url;
        else if (kind == "ORIGIN")
          one.origin_url = url;
        else
          (std::string_view(key) == "links" ? one.links : one.attachments).push_back({url, title, link_kind(kind)});
      }
    }
  }

  static bool is_cancelled_state(std::string_view state) {
    const std::string word = ascii_lower(trim(state));
    return word == "canceled" || word == "cancelled" || word == "withdrawn" || word == "deleted" || word == "rejected";
  }
  static LinkKind link_kind(std::string_view type) {
    const std::string lower = ascii_lower(type);
    for (int kind = 0; kind <= static_cast<int>(LinkKind::activitypub); ++kind)
      if (name_of(static_cast<LinkKind>(kind)) == lower) return static_cast<LinkKind>(kind);
    return LinkKind::related;
  }

  RawSchedule& raw_;
  std::map<std::string, std::string> tracks_;  ///< slug → name
};

}  // namespace

Result<Imported> read_schedule2_json(std::string_view bytes) {
  RawSchedule raw;
  TRY_ASSIGN(const Json root, read_json(bytes, "a schedule2", raw.oddities));
  if (!root.is_object() || !root.contains("schedule") || !root["schedule"].is_object())
    return fail_at("line 1, column 1", "This is not a schedule2: it has no “schedule” at its top.");
  JsonObject schedule(root["schedule"], "schedule", raw.oddities);
  const Json *conference = schedule.find("conference"), *events = schedule.find("events");
  if (conference == nullptr || !conference->is_object()) return fail_at("schedule.conference", "This is not a schedule2: it has no conference.");
  if (events == nullptr || !events->is_array()) return fail_at("schedule.events", "This is not a schedule2: it has no list of events.");
  raw.version = schedule.text("version");
  Reader reader(raw);
  reader.conference(*conference);
  for (std::size_t i = 0; i < events->size(); ++i)
    if (is_object((*events)[i], at("schedule.events", i), raw.oddities)) reader.event((*events)[i], at("schedule.events", i));
  raw.extra.merge(schedule.rest());
  TRY_ASSIGN(Imported imported, assemble(std::move(raw)));
  imported.carried = carried_by(Format::schedule2_json);
  return imported;
}

}  // namespace confer::programme
