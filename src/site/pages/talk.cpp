// One talk: what it is about, who gives it, when and where.
#include <algorithm>
#include "base/json_writer.h"
#include "base/text.h"
#include "html/markdown.h"
#include "recordings/tracks.h"
#include "site/archive_frame.h"
#include "site/pages.h"
#include "site/session.h"
#include "site/talk_parts.h"
#include "site/watch.h"
#include "talks/file_types.h"

namespace confer::site {
namespace {

using html::translate;
using programme::Talk;

std::string_view role_name(programme::CreditRole role, std::string_view language) {
  switch (role) {
    case programme::CreditRole::speaker:
      return {};
    case programme::CreditRole::moderator:
      return translate("Moderation", language);
    case programme::CreditRole::panelist:
      return translate("On the panel", language);
    case programme::CreditRole::author:
      return translate("Author", language);
    case programme::CreditRole::host:
      return translate("Host", language);
  }
  return {};
}

void fill_speakers(html::View& view, const Making& m, const Talk& talk) {
  if (talk.credits.empty()) return;
  const auto& c = m.content;
  auto& people = view.add("SPEAKERS");
  const auto names = names_of(talk, m.language);
  const auto& keys = c.speaker_keys.at(&talk);
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& person = people.add("SPEAKER");
    if (c.event.has(events::Feature::speakers_page) && !keys[i].empty())
      person.add("LINKED_NAME").set("NAME", names[i]).set("HREF", m.base() + "/speakers/" + keys[i]);
    else
      person.add("PLAIN_NAME").set("NAME", names[i]);
    if (const auto role = role_name(talk.credits[i].role, m.language); !role.empty()) person.add("ROLE").set("ROLE_NAME", role);
    if (!talk.credits[i].avatar_url.empty()) person.add("PHOTO").set("SRC", talk.credits[i].avatar_url);
    if (const auto& text = c.texts->html(talk.credits[i].biography, 4); !text.empty()) person.add("BIOGRAPHY").set_html("BIOGRAPHY_HTML", text);
  }
}

void fill_when(html::View& view, const Making& m, const ShownSlot& shown) {
  const auto& c = m.content;
  auto& when = view.add("WHEN");
  when.set("DATE", format_date(shown.day, m.language))
      .set("TIMES", time_range(shown))
      .set("START_LOCAL", rfc3339(c.zone, shown.slot->start))
      .set("ZONE", c.zone.short_name(shown.start, m.language) + ", " + c.zone.name());
  when.set("START_MS", to_ms(shown.start)).set("END_MS", to_ms(shown.end)).set("DAY_HREF", m.base() + "/schedule/" + to_text(shown.day));
  when.set("MINUTES", html::translate_plural("%1 minute", "%1 minutes", shown.slot->length.count(), m.language));
  when.show_if(shown.cancelled, "CANCELLED").show_if(!shown.cancelled && shown.slot->state == programme::SlotState::moved, "MOVED");
  if (!shown.slot->note.empty()) when.add("NOTE").set("NOTE_TEXT", shown.slot->note);
  if (shown.room == nullptr) {
    when.show("ALL_ROOMS");
    return;
  }
  auto& room = when.add("ROOM");
  room.set("ROOM_NAME", room_name(*shown.room, *c.sources.front(), m.language)).set("ROOM_HREF", m.base() + "/rooms/" + shown.room->code);
  if (!shown.room->accessibility.empty()) room.add("ACCESS").set("ACCESS_TEXT", shown.room->accessibility);
  if (!shown.room->stream_url.empty() && !shown.talk->do_not_stream) room.add("STREAM").set("STREAM_HREF", shown.room->stream_url);
  if (!shown.room->captions_url.empty()) room.add("CAPTIONS").set("CAPTIONS_HREF", shown.room->captions_url);
}

/// What comes before and after in the same room on the same day.
void fill_neighbours(html::View& view, const Making& m, const ShownSlot& shown) {
  if (shown.room == nullptr) return;
  const ShownSlot *before = nullptr, *after = nullptr;
  for (const auto& other : m.content.slots) {
    if (other.room != shown.room || other.day != shown.day || other.talk == nullptr || other.slot == shown.slot) continue;
    if (other.start < shown.start)
      before = &other;
    else if (after == nullptr)
      after = &other;
  }
  if (before == nullptr && after == nullptr) return;
  auto& row = view.add("NEIGHBOURS");
  row.set("ROOM_NAME", room_name(*shown.room, *m.content.sources.front(), m.language));
  const auto add = [&](const ShownSlot* s, std::string_view section) {
    if (s == nullptr) return;
    row.add(section).set("HREF", talk_href(*s, m.language)).set("TITLE", shown_title(*s, m.language)).set("TIME", clock_text(s->slot->start));
  };
  add(before, "BEFORE");
  add(after, "AFTER");
}

Watched watched(const Making& m, const ShownSlot& shown, const programme::Part& part, const Content::PartRecording& own) {
  const auto& c = m.content;
  return {.code = own.code,
          .title = part.title,
          .language = m.language,
          .videos = recordings::path_of_files(c.event.slug, own.code),
          .chapters = recordings::path_of_chapters(c.event.slug, own.code) + ".vtt",
          .captions = recordings::path_of_captions(c.event.slug, own.code),
          .address = c.base_url + base_of(c, c.languages.front()) + "/talks/" + own.code + "-" + own.slug,
          .event_title = event_title(c.event, m.language),
          .names = part.speakers,
          .talk_language = shown.talk->language,
          .day = shown.day,
          .year = static_cast<int>(std::chrono::year_month_day(shown.day).year()),
          .zone = c.zone};
}

/// A block's parts, each with its video where it has one; whether there is any that plays here.
bool fill_parts(html::View& view, const Making& m, const std::vector<const ShownSlot*>& slots) {
  bool plays = false;
  for (const auto* shown : slots) {
    if (shown->slot->parts.empty()) continue;
    auto& parts = view.add("PARTS");
    for (const auto& part : shown->slot->parts) {
      auto& row = parts.add("PART");
      row.set("ANCHOR", part.anchor).set("PART_TIME", clock_text(m.content.zone.to_wall(shown->start + part.offset)));
      if (!part.speakers.empty()) row.add("PART_BY").set("PART_SPEAKERS", join(part.speakers, ", "));
      const auto own = m.content.parts.find({shown->talk->code, part.anchor});
      if (own == m.content.parts.end()) {
        row.add("PART_PLAIN").set("PART_TITLE", part.title);
        continue;
      }
      row.add("PART_LINK").set("PART_TITLE", part.title).set("PART_HREF", m.base() + "/talks/" + own->second.code + "-" + own->second.slug);
      // What other hosts play has its page alone.
      if (!has_own_video(own->second.recording)) continue;
      plays = true;
      auto& video = row.add("PART_VIDEO");
      if (const auto length = own->second.recording.duration; length && length->count() > 0)
        video.add("PART_LENGTH").set("LENGTH_TEXT", length_text(*length, m.language));
      fill_player(video, watched(m, *shown, part, own->second), own->second.recording);
    }
  }
  return plays;
}

/// "PDF, 3 MB", in every language alike.
std::string file_note(const programme::Link& link) {
  const auto* type = talks::find_file_type(link.url);
  std::string kind(type != nullptr ? type->ending : std::string_view());
  for (char& c : kind)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return kind + (kind.empty() ? "" : ", ") + talks::size_in_words(static_cast<std::uint64_t>(link.size_bytes));
}

void fill_links(html::View& view, const Talk& talk) {
  const auto add = [&](const std::vector<programme::Link>& links, std::string_view list, std::string_view item) {
    if (links.empty()) return;
    auto& all = view.add(list);
    for (const auto& link : links) {
      auto& row = all.add(item);
      row.set("HREF", link.url).set("TEXT", link.title.empty() ? link.url : link.title);
      if (link.size_bytes > 0) row.add("FILE_NOTE").set("NOTE_WORDS", file_note(link));
    }
  };
  add(talk.attachments, "ATTACHMENTS", "ATTACHMENT");
  add(talk.links, "LINKS", "LINK");
}

std::string kind_line(const Making& m, const Talk& talk) {
  const auto& own = *m.content.sources.front();
  std::vector<std::string> words;
  if (const auto* type = own.programme.type(talk.type)) words.push_back(name_in(*type, own, m.language));
  if (const auto* track = own.programme.track(talk.track)) words.push_back(name_in(*track, own, m.language));
  if (!talk.level.empty()) words.push_back(level_in(talk.level, m.language));
  return join(words, " · ");
}

template <class Value>
const Value* find_in(const std::map<std::string, Value, std::less<>>& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

Watched watched(const Making& m, const Talk& talk) {
  const auto& c = m.content;
  Watched out{.code = talk.code,
              .title = talk.title,
              .language = m.language,
              .videos = recordings::path_of_files(c.event.slug, talk.code),
              .chapters = recordings::path_of_chapters(c.event.slug, talk.code) + ".vtt",
              .captions = recordings::path_of_captions(c.event.slug, talk.code),
              .address = c.base_url + base_of(c, c.languages.front()) + "/talks/" + talk_name(talk),
              .event_title = event_title(c.event, m.language),
              .names = names_of(talk, m.language),
              .talk_language = talk.language};
  if (const auto slots = c.slots_of_talk.find(talk.code); slots != c.slots_of_talk.end()) out.day = slots->second.front()->day;
  if (!out.day) out.day = c.event.start;
  out.year = out.day ? static_cast<int>(std::chrono::year_month_day(*out.day).year()) : c.event.year.value_or(0);
  out.zone = c.zone;
  return out;
}

void make_talk(const Making& m, const Talk& talk) {
  const auto& c = m.content;
  const auto& own = *c.sources.front();
  html::View view;
  view.set("TITLE", talk.title).set("KIND", kind_line(m, talk)).set("CLASS", track_class(c, own, talk.track)).set("CODE", talk.code);
  view.set("SIDE_LABEL", translate("When and where", m.language));
  if (is_language_tag(talk.language) && talk.language != m.language) view.add("OTHER_LANG").set("TALK_LANG", talk.language);
  if (!talk.subtitle.empty()) view.add("SUBTITLE").set("SUBTITLE_TEXT", talk.subtitle);
  fill_people(view, c, own, talk, m.language);
  auto abstract = c.texts->html(talk.abstract);
  if (talk.description != talk.abstract) abstract += c.texts->html(talk.description);
  if (!abstract.empty()) view.add("ABSTRACT").set_html("ABSTRACT_HTML", abstract);
  fill_speakers(view, m, talk);

  static const std::vector<const ShownSlot*> none;
  const auto found = c.slots_of_talk.find(talk.code);
  const auto& slots = found == c.slots_of_talk.end() ? none : found->second;
  const bool has_part_videos = fill_parts(view, m, slots);
  for (const auto* shown : slots) fill_when(view, m, *shown);
  if (!slots.empty()) {
    fill_neighbours(view, m, *slots.front());
    view.add("CALENDAR").set("CALENDAR_HREF", "/" + c.event.slug + "/talks/" + talk.code + ".ics");
  }
  if (const auto* track = own.programme.track(talk.track); track != nullptr && !c.slots.empty())
    view.add("TRACK")
        .set("TRACK_NAME", name_in(*track, own, m.language))
        .set("TRACK_HREF", m.base() + "/tracks/" + track->code)
        .set("TRACK_CLASS", track_class(c, own, track->code));
  if (const auto* type = own.programme.type(talk.type); type != nullptr && !c.slots.empty())
    view.add("TYPE").set("TYPE_NAME", name_in(*type, own, m.language)).set("TYPE_HREF", m.base() + "/types/" + type->code);
  if (!talk.level.empty()) view.add("LEVEL").set("LEVEL_TEXT", level_in(talk.level, m.language));
  if (!talk.language.empty()) view.add("LANGUAGE").add("LANGUAGE_PLAIN").set("LANGUAGE_NAME", language_in(talk.language, m.language));
  if (!talk.tags.empty()) view.add("TAGS").set("TAGS_TEXT", join(talk.tags, ", "));
  OtherHosts hosts;
  const Watched about = watched(m, talk);
  const auto* recording = find_in(c.recordings, talk.code);
  fill_licence(view, recording == nullptr ? recordings::Recording{} : *recording, talk.license);
  if (recording != nullptr) fill_watch(view, about, *recording, hosts);
  if (recording != nullptr) fill_share(view, about, *recording, "/" + c.event.slug + "/talks/" + talk.code + "/cite.bib");
  if (const auto* related = find_in(c.related, talk.code); related != nullptr) {
    auto& list = view.add("RELATED");
    for (const auto& row : *related) fill_row(list.add("RELATED_TALK"), m.language, row);
  }
  view.show_if(talk.do_not_record, "NOT_RECORDED").show_if(talk.do_not_stream && !talk.do_not_record, "NOT_STREAMED");
  view.show_if(talk.state == programme::TalkState::cancelled && slots.empty(), "TALK_CANCELLED");
  fill_links(view, talk);
  const bool has_star = c.event.has(events::Feature::stars), has_feedback = c.event.has(events::Feature::feedback_links) && !talk.feedback_url.empty();
  view.show_if(has_star, "STAR").show_if(has_star || has_feedback || !slots.empty(), "ACTIONS");
  if (has_feedback) view.add("FEEDBACK").set("FEEDBACK_HREF", talk.feedback_url);

  const std::string path = "/talks/" + talk_name(talk);
  auto page = m.page(path, Section::schedule, talk.title);
  page.trail = {{m.base(), event_title(c.event, m.language)}};
  if (!slots.empty()) page.trail.push_back({m.base() + "/schedule/" + to_text(slots.front()->day), format_date(slots.front()->day, m.language, "EEEEdMMMM")});
  constexpr std::size_t description_length = 200;
  page.description = c.texts->summary(talk.abstract.empty() ? talk.description : talk.abstract, description_length);
  if (page.description.empty()) page.description = join(names_of(talk, m.language), ", ");
  if (talk.logo_url.starts_with("https://")) page.image = talk.logo_url;
  if (!slots.empty()) page.json_ld = talk_json_ld(c, talk, *slots.front(), m.language);
  if (recording != nullptr) tell_open_graph(page, c.base_url, about, *recording);
  if (recording != nullptr)
    if (auto video = video_json_ld(about, *recording, page.description, page.site_title); !video.empty()) page.json_ld = std::move(video);
  add_islands(page, m.content.event, {"stars.js", "live.js", "zone.js", "offline.js"});
  if (recording != nullptr)
    for (auto& script : watch_scripts(*recording)) page.scripts.push_back(std::move(script));
  else if (has_part_videos)
    page.scripts.emplace_back("watch.js");
  m.add(path, std::move(page), "site/talk.html", view, std::move(hosts));
}

void write_place(JsonWriter& w, const Content& c, const std::string& room, std::string_view language) {
  w.key("location").begin_object().field("@type", "Place").field("name", room);
  if (const auto& place = c.event.place.in(language, c.languages.front()); !place.empty()) w.field("address", place);
  w.end_object();
}

}  // namespace

std::string talk_json_ld(const Content& c, const Talk& talk, const ShownSlot& shown, std::string_view language) {
  JsonWriter w;
  w.begin_object().field("@context", "https://schema.org").field("@type", "Event").field("name", talk.title);
  w.field("startDate", rfc3339(c.zone, shown.slot->start)).field("endDate", rfc3339(c.zone, shown.end));
  w.field("eventStatus", shown.cancelled ? "https://schema.org/EventCancelled" : "https://schema.org/EventScheduled");
  w.field("url", c.base_url + talk_href(c, talk, language));
  if (const auto text = c.texts->summary(talk.abstract, 300); !text.empty()) w.field("description", text);
  if (!talk.language.empty()) w.field("inLanguage", talk.language);
  write_place(w, c, shown.room != nullptr ? room_name(*shown.room, *c.sources.front(), language) : event_title(c.event, language), language);
  w.key("performer").begin_array();
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) w.begin_object().field("@type", "Person").field("name", credit.name).end_object();
  w.end_array();
  w.key("superEvent").begin_object().field("@type", "Event").field("name", event_title(c.event, language)).field("url", c.base_url + base_of(c, language));
  if (c.event.start) w.field("startDate", to_text(*c.event.start));
  write_place(w, c, event_title(c.event, language), language);
  w.end_object().end_object();
  return w.take();
}

std::string event_json_ld(const Content& c, std::string_view language) {
  if (!c.event.start) return {};
  JsonWriter w;
  w.begin_object().field("@context", "https://schema.org").field("@type", "Event").field("name", event_title(c.event, language));
  w.field("startDate", to_text(*c.event.start)).field("endDate", to_text(c.event.end.value_or(*c.event.start))).field("url", c.base_url + base_of(c, language));
  if (const auto text = c.texts->summary(c.event.description.in(language, c.languages.front()), 300); !text.empty()) w.field("description", text);
  write_place(w, c, event_title(c.event, language), language);
  return w.end_object().take();
}

void make_talk_pages(const Making& m) {
  for (const auto* talk : m.content.talks) make_talk(m, *talk);
}

}  // namespace confer::site
