// Writes c3voc's schedule.json: valid against its schema, with what each of its readers needs (docs/formats/schedule.md).
#include <algorithm>
#include <string>
#include <string_view>
#include "base/json_writer.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/export.h"

namespace confer::programme {
namespace {

bool is_code(std::string_view code) {
  return !code.empty() && std::ranges::all_of(code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

void text_or_null(JsonWriter& w, std::string_view key, const std::string& text) { text.empty() ? w.key(key).null() : w.field(key, text); }
void url_or_nothing(JsonWriter& w, std::string_view key, const std::string& url) {
  if (!url.empty()) w.field(key, url);
}

void write_links(JsonWriter& w, const Conference& conference, std::string_view key, const std::vector<Link>& links) {
  w.key(key).begin_array();
  for (const Link& link : links) {
    const std::string url = link_url(conference, link.url);
    if (!url.empty()) w.begin_object().field("url", url).field("title", clean_line(link.title)).field("type", name_of(link.kind)).end_object();
  }
  w.end_array();
}

void write_persons(JsonWriter& w, const Outline& outline, const Talk* talk) {
  w.key("persons").begin_array();
  if (talk != nullptr)
    for (const Credit& credit : talk->credits) {
      const Line person = outline.person(credit);
      // No `id`: with it, `name` and `public_name` together match two branches of the schema's oneOf.
      w.begin_object().field("guid", person.guid).field("name", person.name).field("public_name", person.name);
      if (is_code(credit.person_code)) w.field("code", credit.person_code);
      text_or_null(w, "avatar", absolute_url(credit.avatar_url));
      text_or_null(w, "biography", clean_text(credit.biography));
      w.end_object();
    }
  w.end_array();
}

void write_event(JsonWriter& w, const Outline& outline, const Session& session) {
  const Talk* talk = session.talk;
  static const Talk none;
  const Talk& t = talk ? *talk : none;
  w.begin_object().field("guid", session.guid).field("id", session.id);
  if (session.first && is_code(talk->code)) w.field("code", talk->code);
  text_or_null(w, "logo", absolute_url(t.logo_url));
  w.field("date", rfc3339(outline.zone, session.from)).field("start", clock_text(session.start)).field("end", rfc3339(outline.zone, session.to));
  w.field("duration", hours_minutes(std::chrono::floor<minutes>(session.to - session.from)));
  w.field("room", session.room->name).field("slug", session.slug);
  w.field("url", session.url);
  w.field("title", session.title).field("subtitle", clean_line(t.subtitle));
  if (session.track)
    w.field("track", session.track->name);
  else
    w.key("track").null();
  w.field("type", session.type);
  text_or_null(w, "language", clean_line(t.language));
  w.field("abstract", clean_text(t.abstract)).field("description", clean_text(t.description));
  w.field("recording_license", clean_line(t.license)).field("do_not_record", t.do_not_record).field("do_not_stream", t.do_not_stream);
  write_persons(w, outline, talk);
  write_links(w, outline.programme.conference, "links", t.links);
  write_links(w, outline.programme.conference, "attachments", t.attachments);
  url_or_nothing(w, "feedback_url", absolute_url(t.feedback_url));
  url_or_nothing(w, "origin_url", absolute_url(t.origin_url));
  w.end_object();
}

void write_room(JsonWriter& w, const Outline& outline, const RoomLine& line) {
  w.begin_object().field("name", line.name).field("guid", line.guid);
  text_or_null(w, "description", outline.text(line.room->description));
  if (line.room->capacity)
    w.field("capacity", *line.room->capacity);
  else
    w.key("capacity").null();
  w.end_object();
}

void write_day(JsonWriter& w, const Outline& outline, const Day& day) {
  w.begin_object().field("index", day.index).field("date", to_text(day.date));
  w.field("day_start", rfc3339(outline.zone, day.from)).field("day_end", rfc3339(outline.zone, day.to));
  w.key("rooms").begin_object();
  const RoomLine* room = nullptr;
  for (const Session& session : day.sessions) {
    if (session.room != room) {
      if (room) w.end_array();
      room = session.room;
      w.key(room->name).begin_array();
    }
    write_event(w, outline, session);
  }
  if (room) w.end_array();
  w.end_object().end_object();
}

void write_conference(JsonWriter& w, const Outline& outline) {
  const Conference& c = outline.programme.conference;
  w.begin_object().field("acronym", outline.acronym).field("title", outline.title);
  if (const std::string subtitle = outline.text(c.subtitle); !subtitle.empty()) w.field("description", subtitle);
  w.field("start", to_text(c.start)).field("end", to_text(c.end)).field("daysCount", outline.days.size()).field("timeslot_duration", "00:05");
  if (zone_name_allowed(c.zone)) w.field("time_zone_name", c.zone);
  if (const std::string color = safe_color(c.color); !color.empty()) w.key("colors").begin_object().field("primary", color).end_object();
  url_or_nothing(w, "url", outline.url);
  w.key("tracks").begin_array();
  for (const TrackLine& track : outline.tracks) {
    w.begin_object().field("name", track.name).field("slug", track.slug);
    if (!track.color.empty()) w.field("color", track.color);
    w.end_object();
  }
  w.end_array().key("rooms").begin_array();
  for (const RoomLine& room : outline.rooms) write_room(w, outline, room);
  w.end_array().key("days").begin_array();
  for (const Day& day : outline.days) write_day(w, outline, day);
  w.end_array().end_object();
}

}  // namespace

std::string write_schedule_json(const Programme& p, const Generator& g) {
  const Outline outline(p, {});
  JsonWriter w;
  w.begin_object().field("$schema", "https://c3voc.de/schedule/schema.json");
  w.key("generator").begin_object().field("name", clean_line(g.name)).field("version", clean_line(g.version));
  url_or_nothing(w, "url", absolute_url(g.url));
  w.end_object().key("schedule").begin_object();
  if (!outline.url.empty()) w.field("url", outline.url + "/schedule");
  w.field("version", outline.version);
  if (!outline.url.empty()) w.field("base_url", outline.url + "/");
  w.key("conference");
  write_conference(w, outline);
  w.end_object().end_object();
  return w.take();
}

}  // namespace confer::programme
