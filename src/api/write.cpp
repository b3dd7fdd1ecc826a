// Writing the API's things (write.h).
#include "api/write.h"
#include "talks/talks.h"

namespace confer::api {
namespace {

using programme::ChangeKind;
using programme::Severity;
using programme::SlotKind;
using programme::SlotState;

std::string_view name_of(events::EventKind kind) {
  switch (kind) {
    case events::EventKind::edition:
      return "edition";
    case events::EventKind::summit:
      return "summit";
    case events::EventKind::archived:
      return "archived";
  }
  return "";
}

std::string_view name_of(SlotKind kind) {
  switch (kind) {
    case SlotKind::talk:
      return "talk";
    case SlotKind::break_:
      return "break";
    case SlotKind::blocker:
      return "blocker";
    case SlotKind::social:
      return "social";
  }
  return "";
}

std::string_view name_of(SlotState state) {
  switch (state) {
    case SlotState::planned:
      return "planned";
    case SlotState::cancelled:
      return "cancelled";
    case SlotState::moved:
      return "moved";
  }
  return "";
}

std::string_view name_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::cancelled:
      return "cancelled";
    case ChangeKind::reinstated:
      return "reinstated";
    case ChangeKind::moved:
      return "moved";
    case ChangeKind::retimed:
      return "retimed";
    case ChangeKind::edited:
      return "edited";
  }
  return "";
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::ignore:
      return "ignore";
    case Severity::warn:
      return "warn";
    case Severity::block_release:
      return "block_release";
    case Severity::block_placing:
      return "block_placing";
  }
  return "";
}

void write_reference(JsonWriter& w, std::string_view key, std::string_view code) {
  w.key(key);
  code.empty() ? w.null() : w.value(code);
}

template <class T>
void write_number(JsonWriter& w, std::string_view key, const std::optional<T>& number) {
  w.key(key);
  number ? w.value(*number) : w.null();
}

void write_date(JsonWriter& w, std::string_view key, const std::optional<Date>& date) {
  w.key(key);
  date ? w.value(to_text(*date)) : w.null();
}

/// What lies on this site gets its address.
void write_links(JsonWriter& w, std::string_view key, const std::vector<programme::Link>& links, std::string_view base_url) {
  w.key(key).begin_array();
  for (const auto& link : links)
    w.begin_object()
        .field("url", link.url.starts_with("/files/") ? std::string(base_url) + link.url : link.url)
        .field("title", link.title)
        .field("kind", programme::name_of(link.kind))
        .end_object();
  w.end_array();
}

void write_texts(JsonWriter& w, std::string_view key, const std::vector<std::string>& texts) {
  w.key(key).begin_array();
  for (const auto& text : texts) w.value(text);
  w.end_array();
}

/// Where and when one side of a change was; null when it was nowhere.
void write_place(JsonWriter& w, std::string_view key, const std::string& room, WallTime start, minutes length, const Zone& zone) {
  w.key(key);
  if (start == WallTime{}) {
    w.null();
    return;
  }
  w.begin_object();
  write_reference(w, "room", room);
  write_moment(w, "start", zone, start);
  w.field("length_minutes", length.count()).end_object();
}

}  // namespace

void write_text(JsonWriter& w, std::string_view key, const LocalizedText& text, std::string_view language) {
  w.key(key).begin_object();
  if (language.empty()) {
    for (const auto& [tag, words] : text.all()) w.field(tag, words);
  } else if (!text.empty()) {
    w.field(language, text.in(language));
  }
  w.end_object();
}

void write_moment(JsonWriter& w, std::string_view key, const Zone& zone, WallTime wall) {
  w.key(key).begin_object().field("wall", to_text(wall)).field("zone", zone.name()).field("utc", to_text(zone.to_instant_lenient(wall))).end_object();
}

void write_series(JsonWriter& w, const events::Series& series, std::string_view base_url, std::string_view language) {
  w.begin_object().field("slug", series.slug);
  write_text(w, "title", series.title, language);
  write_text(w, "description", series.description, language);
  w.field("url", std::string(base_url) + "/series/" + series.slug).field("api", resource({"series", series.slug})).end_object();
}

void write_event_summary(JsonWriter& w, const events::Event& e, std::string_view series, std::string_view parent, std::string_view base_url,
                         std::string_view language) {
  w.field("slug", e.slug).field("kind", name_of(e.kind)).field("series", series);
  write_reference(w, "parent", parent);
  write_text(w, "title", e.title, language);
  write_text(w, "subtitle", e.subtitle, language);
  write_text(w, "place", e.place, language);
  write_reference(w, "zone", e.zone);
  write_date(w, "start", e.start);
  write_date(w, "end", e.end);
  write_number(w, "year", e.year);
  w.field("is_public", e.is_public).field("url", std::string(base_url) + "/" + e.slug).field("api", resource({"events", e.slug}));
}

void write_room(JsonWriter& w, const programme::Room& room, std::string_view language) {
  w.begin_object().field("code", room.code).field("guid", room.guid);
  write_text(w, "name", room.name, language);
  write_text(w, "description", room.description, language);
  w.field("position", room.position);
  write_number(w, "capacity", room.capacity);
  w.field("accessibility", room.accessibility).field("hidden", room.hidden).field("stream_url", room.stream_url).field("captions_url", room.captions_url);
  w.key("open").begin_array();
  for (const auto& window : room.open) w.begin_object().field("from", to_text(window.from)).field("to", to_text(window.to)).end_object();
  w.end_array().end_object();
}

void write_track(JsonWriter& w, const programme::Track& track, std::string_view language) {
  w.begin_object().field("code", track.code).field("guid", track.guid);
  write_text(w, "name", track.name, language);
  write_text(w, "description", track.description, language);
  w.field("color", track.color).field("position", track.position).end_object();
}

void write_type(JsonWriter& w, const programme::SessionType& type, std::string_view language) {
  w.begin_object().field("code", type.code);
  write_text(w, "name", type.name, language);
  w.field("length_minutes", type.length.count()).field("position", type.position).end_object();
}

void write_talk(JsonWriter& w, const Reading& r, const programme::Talk& talk, std::string_view language) {
  w.begin_object().field("code", talk.code).field("guid", talk.guid).field("state", talks::name_of(static_cast<talks::State>(talk.state)));
  w.field("title", talk.title).field("subtitle", talk.subtitle).field("abstract", talk.abstract).field("description", talk.description);
  write_reference(w, "track", talk.track);
  write_reference(w, "type", talk.type);
  w.field("language", talk.language).field("level", talk.level);
  write_texts(w, "tags", talk.tags);
  w.key("credits").begin_array();
  for (const auto& credit : talk.credits) {
    w.begin_object().field("name", credit.name).field("role", talks::name_of(static_cast<talks::CreditRole>(credit.role)));
    write_reference(w, "speaker", credit.name.empty() ? std::string{} : site::speaker_key(credit));
    w.end_object();
  }
  w.end_array();
  w.field("do_not_record", talk.do_not_record).field("do_not_stream", talk.do_not_stream).field("license", talk.license);
  w.field("logo_url", talk.logo_url).field("feedback_url", talk.feedback_url).field("origin_url", talk.origin_url);
  write_links(w, "links", talk.links, r.content.base_url);
  write_links(w, "attachments", talk.attachments, r.content.base_url);
  w.key("slots").begin_array();
  if (const auto found = r.slots_of_talk.find(talk.code); found != r.slots_of_talk.end())
    for (const auto* slot : found->second) write_slot(w, r, *slot, language);
  w.end_array();
  w.field("url", r.content.base_url + "/" + r.event().slug + "/talks/" + site::talk_name(talk)).end_object();
}

void write_slot(JsonWriter& w, const Reading& r, const programme::Slot& slot, std::string_view language) {
  const auto* talk = r.talk(slot.talk);
  w.begin_object().field("id", slot.number).field("guid", slot.guid).field("kind", name_of(slot.kind));
  w.field("state", programme::is_cancelled(r.programme(), slot) ? name_of(SlotState::cancelled) : name_of(slot.state));
  write_reference(w, "talk", talk == nullptr ? std::string_view{} : std::string_view(talk->code));
  write_reference(w, "room", slot.room);
  write_reference(w, "track", talk == nullptr ? std::string_view{} : std::string_view(talk->track));
  LocalizedText title = slot.title;
  if (talk != nullptr) title = LocalizedText(talk->language.empty() ? r.content.languages.front() : talk->language, talk->title);
  write_text(w, "title", title, language);
  w.field("day", to_text(day_of(slot.start, r.event().day_start_hour)));
  write_moment(w, "start", r.zone(), slot.start);
  write_moment(w, "end", r.zone(), wall_end(r.zone(), slot.start, slot.length));
  w.field("length_minutes", slot.length.count()).field("note", slot.note).key("parts").begin_array();
  for (const auto& part : slot.parts) {
    w.begin_object().field("anchor", part.anchor).field("title", part.title);
    write_texts(w, "speakers", part.speakers);
    write_moment(w, "start", r.zone(), wall_end(r.zone(), slot.start, part.offset));
    w.field("length_minutes", part.length.count()).end_object();
  }
  w.end_array().end_object();
}

void write_speaker(JsonWriter& w, const Reading& r, const Speaker& speaker) {
  w.begin_object().field("code", speaker.code).field("guid", speaker.guid).field("name", speaker.name);
  w.field("biography", speaker.biography).field("avatar_url", speaker.avatar_url);
  write_texts(w, "talks", speaker.talks);
  const bool has_page = !r.draft && r.event().has(events::Feature::speakers_page);
  write_reference(w, "url", has_page ? r.content.base_url + "/" + r.event().slug + "/speakers/" + speaker.code : std::string{});
  w.end_object();
}

void write_page(JsonWriter& w, const events::InfoPage& page, std::string_view base_url, const events::Event& event, std::string_view language) {
  w.begin_object().field("slug", page.slug);
  write_text(w, "title", page.title, language);
  write_text(w, "body", page.body, language);
  w.field("position", page.position).field("in_navigation", page.in_navigation).field("updated_at", to_text(page.updated_at));
  w.field("url", std::string(base_url) + "/" + event.slug + "/pages/" + page.slug).end_object();
}

void write_release(JsonWriter& w, const programme::Release& release, bool current) {
  w.field("name", release.name).field("revision", release.revision).field("comment", release.comment).field("released_at", to_text(release.released_at));
  w.field("is_current", current);
}

void write_change(JsonWriter& w, const programme::Change& change, const Zone& zone) {
  w.begin_object().field("kind", name_of(change.kind));
  write_reference(w, "talk", change.talk);
  w.field("title", change.title).field("slot", change.slot).field("slot_guid", change.slot_guid);
  write_place(w, "before", change.old_room, change.old_start, change.old_length, zone);
  write_place(w, "after", change.new_room, change.new_start, change.new_length, zone);
  write_texts(w, "fields", change.fields);
  w.field("concerns_attendees", programme::concerns_attendees(change)).end_object();
}

void write_clash(JsonWriter& w, const programme::Clash& clash) {
  w.begin_object().field("rule", programme::name_of(clash.rule)).field("severity", name_of(clash.severity)).field("message", clash.message);
  w.key("slots").begin_array();
  for (const auto slot : {clash.slot, clash.other})
    if (slot != 0) w.value(slot);
  w.end_array();
  write_reference(w, "talk", clash.talk);
  w.end_object();
}

void write_fact(JsonWriter& w, const journal::Fact& fact) {
  w.begin_object().field("position", fact.position).field("at", to_text(fact.at)).field("name", fact.name).field("subject", fact.subject).end_object();
}

}  // namespace confer::api
