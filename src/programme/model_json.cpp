// A programme as JSON and back: how a release is stored. Empty members are not written; a reader takes what is missing as empty.
#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/json_writer.h"
#include "base/result.h"
#include "base/time.h"
#include "programme/model.h"

namespace confer::programme {
namespace {

using Json = nlohmann::json;

/// Of this layout. A change that an old reader would misunderstand raises it; `from_json` goes on reading the older ones.
constexpr int layout_version = 1;

// ---- writing

void put(JsonWriter& w, std::string_view key, const std::string& text) {
  if (!text.empty()) w.field(key, text);
}
void put(JsonWriter& w, std::string_view key, const LocalizedText& text) {
  if (!text.empty()) w.key(key).raw(text.to_json());
}
void put(JsonWriter& w, std::string_view key, bool truth) {
  if (truth) w.field(key, true);
}
void put(JsonWriter& w, std::string_view key, int number) {
  if (number != 0) w.field(key, number);
}
void put(JsonWriter& w, std::string_view key, const std::map<std::string, std::string>& texts) {
  if (texts.empty()) return;
  w.key(key).begin_object();
  for (const auto& [name, value] : texts) w.field(name, value);
  w.end_object();
}
void put(JsonWriter& w, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  w.key(key).begin_array();
  for (const std::string& text : texts) w.value(text);
  w.end_array();
}

void write(JsonWriter& w, const OpeningWindow& window) { w.field("from", to_text(window.from)).field("to", to_text(window.to)); }

void write(JsonWriter& w, const Link& link) {
  put(w, "url", link.url);
  put(w, "title", link.title);
  put(w, "kind", static_cast<int>(link.kind));
  if (link.size_bytes != 0) w.field("size_bytes", link.size_bytes);
}

void write(JsonWriter& w, const Credit& credit) {
  put(w, "name", credit.name);
  put(w, "role", static_cast<int>(credit.role));
  put(w, "person_code", credit.person_code);
  put(w, "person_guid", credit.person_guid);
  put(w, "biography", credit.biography);
  put(w, "avatar_url", credit.avatar_url);
  put(w, "extra", credit.extra);
}

void write(JsonWriter& w, const Part& part) {
  put(w, "anchor", part.anchor);
  put(w, "title", part.title);
  put(w, "speakers", part.speakers);
  w.field("offset", part.offset.count()).field("length", part.length.count());
}

void write(JsonWriter& w, const Conference& c);
void write(JsonWriter& w, const Room& room);
void write(JsonWriter& w, const Track& track);
void write(JsonWriter& w, const SessionType& type);
void write(JsonWriter& w, const Talk& talk);
void write(JsonWriter& w, const Slot& slot);

template <class T>
void put_list(JsonWriter& w, std::string_view key, const std::vector<T>& list) {
  if (list.empty()) return;
  w.key(key).begin_array();
  for (const T& item : list) {
    w.begin_object();
    write(w, item);
    w.end_object();
  }
  w.end_array();
}

void write(JsonWriter& w, const Conference& c) {
  put(w, "slug", c.slug);
  put(w, "acronym", c.acronym);
  put(w, "guid", c.guid);
  put(w, "title", c.title);
  put(w, "subtitle", c.subtitle);
  w.field("zone", c.zone).field("start", to_text(c.start)).field("end", to_text(c.end)).field("day_start_hour", c.day_start_hour);
  put(w, "color", c.color);
  put(w, "url", c.url);
  put(w, "languages", c.languages);
  put(w, "extra", c.extra);
}

void write(JsonWriter& w, const Room& room) {
  put(w, "code", room.code);
  put(w, "guid", room.guid);
  put(w, "name", room.name);
  put(w, "description", room.description);
  put(w, "position", room.position);
  if (room.capacity) w.field("capacity", *room.capacity);
  put(w, "accessibility", room.accessibility);
  put(w, "hidden", room.hidden);
  put(w, "stream_url", room.stream_url);
  put(w, "captions_url", room.captions_url);
  put_list(w, "open", room.open);
  put(w, "extra", room.extra);
}

void write(JsonWriter& w, const Track& track) {
  put(w, "code", track.code);
  put(w, "guid", track.guid);
  put(w, "name", track.name);
  put(w, "description", track.description);
  put(w, "color", track.color);
  put(w, "position", track.position);
}

void write(JsonWriter& w, const SessionType& type) {
  put(w, "code", type.code);
  put(w, "name", type.name);
  w.field("length", type.length.count());
  put(w, "position", type.position);
}

void write(JsonWriter& w, const Talk& talk) {
  put(w, "code", talk.code);
  put(w, "guid", talk.guid);
  put(w, "slug", talk.slug);
  put(w, "title", talk.title);
  put(w, "subtitle", talk.subtitle);
  put(w, "abstract", talk.abstract);
  put(w, "description", talk.description);
  put_list(w, "credits", talk.credits);
  put(w, "track", talk.track);
  put(w, "type", talk.type);
  put(w, "language", talk.language);
  put(w, "level", talk.level);
  put(w, "tags", talk.tags);
  put(w, "do_not_record", talk.do_not_record);
  put(w, "do_not_stream", talk.do_not_stream);
  put(w, "license", talk.license);
  put(w, "logo_url", talk.logo_url);
  put(w, "feedback_url", talk.feedback_url);
  put(w, "origin_url", talk.origin_url);
  put_list(w, "links", talk.links);
  put_list(w, "attachments", talk.attachments);
  w.field("state", static_cast<int>(talk.state));
  put(w, "extra", talk.extra);
}

void write(JsonWriter& w, const Slot& slot) {
  w.field("number", slot.number);
  put(w, "guid", slot.guid);
  put(w, "kind", static_cast<int>(slot.kind));
  put(w, "state", static_cast<int>(slot.state));
  put(w, "talk", slot.talk);
  put(w, "room", slot.room);
  w.field("start", to_text(slot.start)).field("length", slot.length.count());
  put(w, "title", slot.title);
  put(w, "note", slot.note);
  put_list(w, "parts", slot.parts);
  put(w, "extra", slot.extra);
}

// ---- reading

/// Reads members of one object; the first thing that is wrong is kept with its place, what follows is skipped.
class Reader {
 public:
  Reader(const Json& object, std::string place, std::string& problem) : object_(object), place_(std::move(place)), problem_(problem) {
    if (!object.is_object()) complain("", "an object");
  }

  void read(const char* key, std::string& to) {
    if (const Json* v = find(key)) v->is_string() ? void(to = v->get<std::string>()) : complain(key, "a text");
  }
  void read(const char* key, bool& to) {
    if (const Json* v = find(key)) v->is_boolean() ? void(to = v->get<bool>()) : complain(key, "true or false");
  }
  void read(const char* key, std::int64_t& to) {
    if (const Json* v = find(key)) v->is_number_integer() ? void(to = v->get<std::int64_t>()) : complain(key, "a whole number");
  }
  void read(const char* key, int& to) {
    std::int64_t wide = to;
    read(key, wide);
    if (wide < INT32_MIN || wide > INT32_MAX) return complain(key, "a smaller number");
    to = static_cast<int>(wide);
  }
  void read(const char* key, std::optional<int>& to) {
    if (find(key) == nullptr) return;
    int number = 0;
    read(key, number);
    to = number;
  }
  void read(const char* key, minutes& to) {
    std::int64_t count = to.count();
    read(key, count);
    // A century: more is a mistake and would overflow sums of times.
    if (count < -52'560'000 || count > 52'560'000) return complain(key, "fewer minutes");
    to = minutes{count};
  }
  void read(const char* key, LocalizedText& to) {
    const Json* v = find(key);
    if (v == nullptr) return;
    auto text = LocalizedText::from_json(v->dump());
    text ? void(to = *std::move(text)) : complain(key, "a text in one or more languages");
  }
  void read(const char* key, WallTime& to) { read_time(key, to, parse_wall_time, "a time of the form 2027-05-04T10:30"); }
  void read(const char* key, Date& to) { read_time(key, to, parse_date, "a day of the form 2027-05-04"); }
  void read(const char* key, std::vector<std::string>& to) {
    const Json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_array()) return complain(key, "a list of texts");
    to.clear();
    for (const Json& item : *v) item.is_string() ? void(to.push_back(item.get<std::string>())) : complain(key, "a list of texts");
  }
  void read(const char* key, std::map<std::string, std::string>& to) {
    const Json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_object()) return complain(key, "an object of texts");
    for (const auto& [name, item] : v->items()) item.is_string() ? void(to[name] = item.get<std::string>()) : complain(key, "an object of texts");
  }
  /// An enum stored as its number, `last` its greatest value.
  template <class E>
  void read_enum(const char* key, E& to, E last) {
    int number = static_cast<int>(to);
    read(key, number);
    if (number < 0 || number > static_cast<int>(last)) return complain(key, "a known value");
    to = static_cast<E>(number);
  }
  template <class T>
  void read_list(const char* key, std::vector<T>& to, void (*read_item)(Reader&, T&)) {
    const Json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_array()) return complain(key, "a list");
    to.reserve(v->size());
    for (const Json& item : *v) {
      Reader reader(item, place_ + key + "[" + std::to_string(to.size()) + "].", problem_);
      read_item(reader, to.emplace_back());
    }
  }
  template <class T>
  void read_map(const char* key, std::map<std::string, T>& to, void (*read_item)(Reader&, T&)) {
    const Json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_object()) return complain(key, "an object");
    for (const auto& [name, item] : v->items()) {
      Reader reader(item, place_ + key + "." + name + ".", problem_);
      read_item(reader, to[name]);
    }
  }
  template <class T>
  void read_object(const char* key, T& to, void (*read_item)(Reader&, T&)) {
    const Json* v = find(key);
    if (v == nullptr) return;
    Reader reader(*v, place_ + key + ".", problem_);
    read_item(reader, to);
  }

 private:
  const Json* find(const char* key) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    return found == object_.end() ? nullptr : &*found;
  }
  void complain(std::string_view key, std::string_view expected) {
    if (problem_.empty()) problem_ = place_ + std::string(key) + " is not " + std::string(expected);
  }
  template <class T>
  void read_time(const char* key, T& to, Result<T> (*parse)(std::string_view), std::string_view form) {
    std::string text;
    read(key, text);
    if (text.empty()) return;
    auto time = parse(text);
    time ? void(to = *time) : complain(key, form);
  }

  const Json& object_;
  std::string place_;
  std::string& problem_;
};

void read(Reader& r, OpeningWindow& window) {
  r.read("from", window.from);
  r.read("to", window.to);
}

void read(Reader& r, Link& link) {
  r.read("url", link.url);
  r.read("title", link.title);
  r.read_enum("kind", link.kind, LinkKind::activitypub);
  r.read("size_bytes", link.size_bytes);
}

void read(Reader& r, Credit& credit) {
  r.read("name", credit.name);
  r.read_enum("role", credit.role, CreditRole::host);
  r.read("person_code", credit.person_code);
  r.read("person_guid", credit.person_guid);
  r.read("biography", credit.biography);
  r.read("avatar_url", credit.avatar_url);
  r.read("extra", credit.extra);
}

void read(Reader& r, Part& part) {
  r.read("anchor", part.anchor);
  r.read("title", part.title);
  r.read("speakers", part.speakers);
  r.read("offset", part.offset);
  r.read("length", part.length);
}

void read(Reader& r, Conference& c) {
  r.read("slug", c.slug);
  r.read("acronym", c.acronym);
  r.read("guid", c.guid);
  r.read("title", c.title);
  r.read("subtitle", c.subtitle);
  r.read("zone", c.zone);
  r.read("start", c.start);
  r.read("end", c.end);
  r.read("day_start_hour", c.day_start_hour);
  r.read("color", c.color);
  r.read("url", c.url);
  c.languages.clear();
  r.read("languages", c.languages);
  r.read("extra", c.extra);
}

void read(Reader& r, Room& room) {
  r.read("code", room.code);
  r.read("guid", room.guid);
  r.read("name", room.name);
  r.read("description", room.description);
  r.read("position", room.position);
  r.read("capacity", room.capacity);
  r.read("accessibility", room.accessibility);
  r.read("hidden", room.hidden);
  r.read("stream_url", room.stream_url);
  r.read("captions_url", room.captions_url);
  r.read_list("open", room.open, read);
  r.read("extra", room.extra);
}

void read(Reader& r, Track& track) {
  r.read("code", track.code);
  r.read("guid", track.guid);
  r.read("name", track.name);
  r.read("description", track.description);
  r.read("color", track.color);
  r.read("position", track.position);
}

void read(Reader& r, SessionType& type) {
  r.read("code", type.code);
  r.read("name", type.name);
  r.read("length", type.length);
  r.read("position", type.position);
}

void read(Reader& r, Talk& talk) {
  r.read("code", talk.code);
  r.read("guid", talk.guid);
  r.read("slug", talk.slug);
  r.read("title", talk.title);
  r.read("subtitle", talk.subtitle);
  r.read("abstract", talk.abstract);
  r.read("description", talk.description);
  r.read_list("credits", talk.credits, read);
  r.read("track", talk.track);
  r.read("type", talk.type);
  r.read("language", talk.language);
  r.read("level", talk.level);
  r.read("tags", talk.tags);
  r.read("do_not_record", talk.do_not_record);
  r.read("do_not_stream", talk.do_not_stream);
  r.read("license", talk.license);
  r.read("logo_url", talk.logo_url);
  r.read("feedback_url", talk.feedback_url);
  r.read("origin_url", talk.origin_url);
  r.read_list("links", talk.links, read);
  r.read_list("attachments", talk.attachments, read);
  r.read_enum("state", talk.state, TalkState::archived);
  r.read("extra", talk.extra);
}

void read(Reader& r, Slot& slot) {
  r.read("number", slot.number);
  r.read("guid", slot.guid);
  r.read_enum("kind", slot.kind, SlotKind::social);
  r.read_enum("state", slot.state, SlotState::moved);
  r.read("talk", slot.talk);
  r.read("room", slot.room);
  r.read("start", slot.start);
  r.read("length", slot.length);
  r.read("title", slot.title);
  r.read("note", slot.note);
  r.read_list("parts", slot.parts, read);
  r.read("extra", slot.extra);
}

void read(Reader& r, CalendarStamp& stamp) {
  r.read("sequence", stamp.sequence);
  std::int64_t changed_at = 0;
  r.read("changed_at_ms", changed_at);
  stamp.changed_at = instant_of_ms(changed_at);
}

}  // namespace

std::string to_json(const Programme& programme) {
  JsonWriter w;
  w.begin_object().field("layout", layout_version);
  put(w, "version", programme.version);
  put(w, "revision", programme.revision);
  w.field("released_at_ms", to_ms(programme.released_at));
  w.key("conference").begin_object();
  write(w, programme.conference);
  w.end_object();
  put_list(w, "rooms", programme.rooms);
  put_list(w, "tracks", programme.tracks);
  put_list(w, "types", programme.types);
  put_list(w, "talks", programme.talks);
  put_list(w, "slots", programme.slots);
  if (!programme.stamps.empty()) {
    w.key("stamps").begin_object();
    for (const auto& [guid, stamp] : programme.stamps)
      w.key(guid).begin_object().field("sequence", stamp.sequence).field("changed_at_ms", to_ms(stamp.changed_at)).end_object();
    w.end_object();
  }
  w.end_object();
  return w.take();
}

Result<Programme> from_json(std::string_view json) {
  try {
    const Json root = Json::parse(json);
    Programme programme;
    std::string problem;
    Reader reader(root, "", problem);
    int layout = 0;
    reader.read("layout", layout);
    if (problem.empty() && (layout < 1 || layout > layout_version))
      return fail(ErrorCode::invalid, "This programme was stored by a newer version of Confer.", "layout " + std::to_string(layout));
    reader.read("version", programme.version);
    reader.read("revision", programme.revision);
    std::int64_t released_at = 0;
    reader.read("released_at_ms", released_at);
    programme.released_at = instant_of_ms(released_at);
    reader.read_object("conference", programme.conference, read);
    reader.read_list("rooms", programme.rooms, read);
    reader.read_list("tracks", programme.tracks, read);
    reader.read_list("types", programme.types, read);
    reader.read_list("talks", programme.talks, read);
    reader.read_list("slots", programme.slots, read);
    reader.read_map("stamps", programme.stamps, read);
    if (!problem.empty()) return fail(ErrorCode::invalid, "This is not a stored programme: " + problem + ".");
    return programme;
  } catch (const std::exception& e) {
    return fail(ErrorCode::invalid, "This is not a stored programme: it cannot be read as JSON.", e.what());
  }
}

}  // namespace confer::programme
