// The fields that imports bring, and their texts (merge.h).
#include "programme/merge.h"
#include <nlohmann/json.hpp>
#include "base/json_fields.h"
#include "base/json_writer.h"

namespace confer::programme {
namespace {

std::string text_of(const std::string& text) { return text; }
std::string text_of(bool truth) { return truth ? "yes" : ""; }
std::string text_of(const std::optional<int>& number) { return number ? std::to_string(*number) : std::string(); }
std::string text_of(minutes length) { return std::to_string(length.count()) + " min"; }
std::string text_of(WallTime t) { return to_text(t); }
std::string text_of(Date d) { return to_text(d); }
std::string text_of(SlotState s) { return s == SlotState::cancelled ? "cancelled" : ""; }
std::string text_of(SlotKind k) { return std::to_string(static_cast<int>(k)); }
std::string text_of(const std::vector<std::string>& list) { return list.empty() ? std::string() : list_to_json(list); }

std::string text_of(const std::vector<Link>& links) {
  if (links.empty()) return {};
  JsonWriter w;
  w.begin_array();
  for (const auto& link : links) w.begin_array().value(link.url).value(link.title).value(static_cast<int>(link.kind)).end_array();
  return w.end_array().take();
}

/// Who is printed, in order: biographies belong to the person, not to the talk.
std::string names_of(const Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  return text_of(names);
}

/// The roles of those who do not simply speak.
std::string roles_of(const Talk& talk) {
  JsonWriter w;
  w.begin_array();
  int count = 0;
  for (const auto& credit : talk.credits)
    if (credit.role != CreditRole::speaker && ++count > 0) w.begin_array().value(credit.name).value(static_cast<int>(credit.role)).end_array();
  w.end_array();
  return count == 0 ? std::string() : w.take();
}

auto credit_named(auto& credits, const std::string& name) { return std::ranges::find(credits, name, &Credit::name); }

/// Who was there before stays in the role they had, and keeps what another format said of them.
void take_names(Talk& to, const Talk& from) {
  std::vector<Credit> next = from.credits;
  for (Credit& credit : next)
    if (const auto before = credit_named(to.credits, credit.name); before != to.credits.end()) {
      credit.role = before->role;
      for (const auto& [key, value] : before->extra) credit.extra.emplace(key, value);
    }
  to.credits = std::move(next);
}

void take_roles(Talk& to, const Talk& from) {
  for (Credit& credit : to.credits)
    if (const auto told = credit_named(from.credits, credit.name); told != from.credits.end()) credit.role = told->role;
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
void add(std::vector<FieldOf<T>>& fields, std::string name) {
  fields.push_back({std::move(name), [](const T& thing) { return text_of(thing.*Member); }, [](T& to, const T& from) { to.*Member = from.*Member; }});
}

/// In the event's first language, and in the others.
template <auto Member, class T>
void add_localized(std::vector<FieldOf<T>>& fields, const std::string& name, const std::string& language) {
  const auto others = [language](const T& thing) {
    LocalizedText rest = thing.*Member;
    // Where the first language is missing, another stands in for it.
    for (const auto& [tag, text] : (thing.*Member).all())
      if (&text == &(thing.*Member).in(language)) rest.set(tag, "");
    return rest;
  };
  fields.push_back({name, [language](const T& thing) { return (thing.*Member).in(language); },
                    [language](T& to, const T& from) {
                      const std::string text = (from.*Member).in(language), before = (to.*Member).in(language);
                      // clang 19 ends a temporary of this line before the loop: it has a name.
                      const LocalizedText all = to.*Member;
                      for (const auto& [tag, words] : all.all())
                        if (words == before && !(to.*Member).exactly_in(language)) (to.*Member).set(tag, "");
                      (to.*Member).set(language, text);
                    }});
  fields.push_back({name + " in other languages",
                    [others](const T& thing) {
                      const LocalizedText rest = others(thing);
                      return rest.empty() ? std::string() : rest.to_json();
                    },
                    [others](T& to, const T& from) {
                      const LocalizedText old = others(to), told = others(from);
                      for (const auto& [tag, text] : old.all()) (to.*Member).set(tag, "");
                      for (const auto& [tag, text] : told.all()) (to.*Member).set(tag, text);
                    }});
}

}  // namespace

std::vector<FieldOf<Room>> room_fields(std::string_view language) {
  std::vector<FieldOf<Room>> fields;
  const std::string first(language);
  add_localized<&Room::name>(fields, "name", first);
  add_localized<&Room::description>(fields, "description", first);
  add<&Room::capacity>(fields, "capacity");
  add<&Room::accessibility>(fields, "accessibility");
  add<&Room::stream_url>(fields, "stream_url");
  return fields;
}
std::vector<FieldOf<Track>> track_fields(std::string_view language) {
  std::vector<FieldOf<Track>> fields;
  const std::string first(language);
  add_localized<&Track::name>(fields, "name", first);
  add_localized<&Track::description>(fields, "description", first);
  add<&Track::color>(fields, "color");
  return fields;
}
std::vector<FieldOf<Talk>> talk_fields() {
  std::vector<FieldOf<Talk>> fields;
  add<&Talk::title>(fields, "title");
  add<&Talk::subtitle>(fields, "subtitle");
  add<&Talk::abstract>(fields, "abstract");
  add<&Talk::description>(fields, "description");
  fields.push_back({"credits", names_of, take_names});
  fields.push_back({"roles", roles_of, take_roles});
  add<&Talk::track>(fields, "track");
  add<&Talk::type>(fields, "type");
  add<&Talk::language>(fields, "language");
  add<&Talk::level>(fields, "level");
  add<&Talk::tags>(fields, "tags");
  add<&Talk::do_not_record>(fields, "do_not_record");
  add<&Talk::do_not_stream>(fields, "do_not_stream");
  add<&Talk::license>(fields, "license");
  add<&Talk::logo_url>(fields, "logo_url");
  add<&Talk::feedback_url>(fields, "feedback_url");
  add<&Talk::origin_url>(fields, "origin_url");
  add<&Talk::links>(fields, "links");
  add<&Talk::attachments>(fields, "attachments");
  return fields;
}
std::vector<FieldOf<Slot>> slot_fields(std::string_view language) {
  std::vector<FieldOf<Slot>> fields;
  add<&Slot::room>(fields, "room");
  add<&Slot::start>(fields, "start");
  add<&Slot::length>(fields, "length");
  add<&Slot::state>(fields, "state");
  add<&Slot::kind>(fields, "kind");
  add_localized<&Slot::title>(fields, "title", std::string(language));
  add<&Slot::note>(fields, "note");
  add<&Slot::parts>(fields, "parts");
  return fields;
}
std::vector<FieldOf<Conference>> conference_fields(std::string_view language) {
  std::vector<FieldOf<Conference>> fields;
  const std::string first(language);
  add_localized<&Conference::title>(fields, "title", first);
  add_localized<&Conference::subtitle>(fields, "subtitle", first);
  add<&Conference::start>(fields, "start");
  add<&Conference::end>(fields, "end");
  return fields;
}

std::string extra_field(const Carried& carried) { return carried.format.empty() ? "extra" : "extra of " + carried.format; }
std::string extra_text(const std::map<std::string, std::string>& extra) { return extra.empty() ? std::string() : extra_to_json(extra); }

Outcome outcome_of(const std::string& here, const std::string& file, const std::string* base) {
  if (here == file) return Outcome::keep;
  if (base == nullptr) return file.empty() ? Outcome::keep : here.empty() ? Outcome::take : Outcome::conflict;
  if (*base == file) return Outcome::keep;
  return *base == here ? Outcome::take : Outcome::conflict;
}

void merge_extra(std::map<std::string, std::string>& here, const std::map<std::string, std::string>& file, const Fields* base, const Carried& carried,
                 std::string_view kind, std::string_view key, std::string_view title, MergeResult& result) {
  std::map<std::string, std::string> before;
  const auto known = base == nullptr ? Fields::const_iterator{} : base->find(extra_field(carried));
  const bool was_told = base != nullptr && known != base->end();
  if (was_told && !known->second.empty()) before = extra_from_json(known->second).value_or(before);
  std::map<std::string, std::string> names = file;
  names.insert(before.begin(), before.end());
  const auto value = [](const std::map<std::string, std::string>& from, const std::string& name) {
    const auto found = from.find(name);
    return found == from.end() ? std::string() : found->second;
  };
  for (const auto& [name, any] : names) {
    const std::string current = value(here, name), incoming = value(file, name), last = value(before, name);
    const Outcome outcome = outcome_of(current, incoming, was_told ? &last : nullptr);
    if (outcome == Outcome::take) {
      if (incoming.empty())
        here.erase(name);
      else
        here[name] = incoming;
      result.changed = true;
    } else if (outcome == Outcome::conflict) {
      result.conflicts.push_back({std::string(kind), std::string(key), std::string(title), "extra: " + name, current, incoming});
    }
  }
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
