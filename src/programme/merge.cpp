// The fields that imports bring, and their texts (merge.h).
#include "programme/merge.h"
#include <nlohmann/json.hpp>
#include "base/json_fields.h"
#include "base/json_writer.h"

namespace confer::programme {
namespace {

std::string text_of(const LocalizedText& text) { return text.empty() ? std::string() : text.to_json(); }
std::string text_of(const std::string& text) { return text; }
std::string text_of(bool truth) { return truth ? "yes" : ""; }
std::string text_of(const std::optional<int>& number) { return number ? std::to_string(*number) : std::string(); }
std::string text_of(minutes length) { return std::to_string(length.count()) + " min"; }
std::string text_of(WallTime t) { return to_text(t); }
std::string text_of(Date d) { return to_text(d); }
std::string text_of(SlotState s) { return s == SlotState::cancelled ? "cancelled" : ""; }
std::string text_of(SlotKind k) { return std::to_string(static_cast<int>(k)); }
std::string text_of(const std::vector<std::string>& list) { return list.empty() ? std::string() : list_to_json(list); }
std::string text_of(const std::map<std::string, std::string>& extra) { return extra.empty() ? std::string() : extra_to_json(extra); }

std::string text_of(const std::vector<Link>& links) {
  if (links.empty()) return {};
  JsonWriter w;
  w.begin_array();
  for (const auto& link : links) w.begin_array().value(link.url).value(link.title).value(static_cast<int>(link.kind)).end_array();
  return w.end_array().take();
}

/// Who is printed, in order, in what role: biographies belong to the person, not to the talk.
std::string text_of(const std::vector<Credit>& credits) {
  if (credits.empty()) return {};
  JsonWriter w;
  w.begin_array();
  for (const auto& credit : credits) w.begin_array().value(credit.name).value(static_cast<int>(credit.role)).end_array();
  return w.end_array().take();
}

std::string text_of(const std::vector<Part>& parts) {
  if (parts.empty()) return {};
  JsonWriter w;
  w.begin_array();
  for (const auto& part : parts) {
    w.begin_array().value(part.anchor).value(part.title).value(part.offset.count()).value(part.length.count());
    w.raw(list_to_json(part.speakers)).end_array();
  }
  return w.end_array().take();
}

template <auto Member, class T>
FieldOf<T> field(std::string_view name) {
  return {name, [](const T& thing) { return text_of(thing.*Member); }, [](T& to, const T& from) { to.*Member = from.*Member; }};
}

}  // namespace

const std::vector<FieldOf<Room>>& room_fields() {
  static const std::vector<FieldOf<Room>> fields{field<&Room::name, Room>("name"),
                                                 field<&Room::description, Room>("description"),
                                                 field<&Room::capacity, Room>("capacity"),
                                                 field<&Room::accessibility, Room>("accessibility"),
                                                 field<&Room::stream_url, Room>("stream_url"),
                                                 field<&Room::extra, Room>("extra")};
  return fields;
}
const std::vector<FieldOf<Track>>& track_fields() {
  static const std::vector<FieldOf<Track>> fields{field<&Track::name, Track>("name"), field<&Track::description, Track>("description"),
                                                  field<&Track::color, Track>("color")};
  return fields;
}
const std::vector<FieldOf<SessionType>>& type_fields() {
  static const std::vector<FieldOf<SessionType>> fields{field<&SessionType::name, SessionType>("name")};
  return fields;
}
const std::vector<FieldOf<Talk>>& talk_fields() {
  static const std::vector<FieldOf<Talk>> fields{field<&Talk::title, Talk>("title"),
                                                 field<&Talk::subtitle, Talk>("subtitle"),
                                                 field<&Talk::abstract, Talk>("abstract"),
                                                 field<&Talk::description, Talk>("description"),
                                                 field<&Talk::credits, Talk>("credits"),
                                                 field<&Talk::track, Talk>("track"),
                                                 field<&Talk::type, Talk>("type"),
                                                 field<&Talk::language, Talk>("language"),
                                                 field<&Talk::level, Talk>("level"),
                                                 field<&Talk::tags, Talk>("tags"),
                                                 field<&Talk::do_not_record, Talk>("do_not_record"),
                                                 field<&Talk::do_not_stream, Talk>("do_not_stream"),
                                                 field<&Talk::license, Talk>("license"),
                                                 field<&Talk::logo_url, Talk>("logo_url"),
                                                 field<&Talk::feedback_url, Talk>("feedback_url"),
                                                 field<&Talk::origin_url, Talk>("origin_url"),
                                                 field<&Talk::links, Talk>("links"),
                                                 field<&Talk::attachments, Talk>("attachments"),
                                                 field<&Talk::extra, Talk>("extra")};
  return fields;
}
const std::vector<FieldOf<Slot>>& slot_fields() {
  static const std::vector<FieldOf<Slot>> fields{field<&Slot::room, Slot>("room"),   field<&Slot::start, Slot>("start"), field<&Slot::length, Slot>("length"),
                                                 field<&Slot::state, Slot>("state"), field<&Slot::kind, Slot>("kind"),   field<&Slot::title, Slot>("title"),
                                                 field<&Slot::note, Slot>("note"),   field<&Slot::parts, Slot>("parts"), field<&Slot::extra, Slot>("extra")};
  return fields;
}
const std::vector<FieldOf<Conference>>& conference_fields() {
  static const std::vector<FieldOf<Conference>> fields{field<&Conference::title, Conference>("title"), field<&Conference::subtitle, Conference>("subtitle"),
                                                       field<&Conference::start, Conference>("start"), field<&Conference::end, Conference>("end"),
                                                       field<&Conference::extra, Conference>("extra")};
  return fields;
}

std::string fields_to_json(const Fields& fields) {
  JsonWriter w;
  w.begin_object();
  for (const auto& [name, text] : fields) w.field(name, text);
  return w.end_object().take();
}

Result<Fields> fields_from_json(std::string_view json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return fail(ErrorCode::internal, "What the last import said cannot be read.", std::string(json.substr(0, 80)));
  Fields fields;
  for (const auto& [name, text] : parsed.items())
    if (text.is_string()) fields.emplace(name, text.get<std::string>());
  return fields;
}

}  // namespace confer::programme
