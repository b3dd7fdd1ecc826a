// Writes c3voc's schedule2: the format of the field that also carries breaks and cancellations.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include "base/json_writer.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

std::string_view role_name(CreditRole role) {
  static constexpr std::array<std::string_view, 5> names{"SPEAKER", "MODERATOR", "GUEST", "CONTRIBUTOR", "HOST"};
  return names.at(static_cast<std::size_t>(role));
}

class Writer {
 public:
  Writer(const Programme& p, const Generator& g)
      : outline_(p, {.breaks = true, .cancelled = true, .without_room = true, .cut_at_a_day = false}), c_(p.conference) {
    w_.begin_object().field("$schema", "https://c3voc.de/schema/schedule2");
    w_.key("generator").begin_object().field("name", clean_line(g.name)).field("version", clean_line(g.version));
    url("url", absolute_url(g.url));
    w_.end_object().key("schedule").begin_object().field("version", outline_.version);
    write_conference();
    w_.key("events").begin_array();
    for (const Day& day : outline_.days)
      for (const Session& session : day.sessions) {
        if (session.slot->kind != SlotKind::talk)
          write_meta_event(session);
        else if (session.room)
          write_event(session);
      }
    w_.end_array().end_object().end_object();
  }
  std::string take() { return w_.take(); }

 private:
  void url(std::string_view key, const std::string& address) {
    if (!address.empty()) w_.field(key, address);
  }
  void text_or_null(std::string_view key, const std::string& text) { text.empty() ? w_.key(key).null() : w_.field(key, text); }

  /// Null, a text, or a map of two-letter languages where there are several.
  void localized(std::string_view key, const LocalizedText& text) {
    if (text.all().size() < 2) return text_or_null(key, outline_.text(text));
    std::map<std::string, std::string> all;
    for (const auto& [language, words] : text.all())
      if (const std::string two = two_letters(language); !two.empty()) all.emplace(two, clean_text(words));
    if (all.empty()) return text_or_null(key, outline_.text(text));
    w_.key(key).begin_object();
    for (const auto& [language, words] : all) w_.field(language, words);
    w_.end_object();
  }

  void write_conference() {
    w_.key("conference").begin_object().field("title", outline_.title).field("acronym", outline_.acronym);
    localized("description", c_.subtitle);
    w_.field("start", rfc3339(outline_.zone, outline_.days.front().from)).field("end", rfc3339(outline_.zone, outline_.days.back().to));
    w_.field("timeslot_duration", "PT5M");
    if (zone_name_allowed(c_.zone)) w_.field("time_zone_name", c_.zone);
    if (const std::string color = safe_color(c_.color); !color.empty()) w_.key("colors").begin_object().field("primary", color).end_object();
    url("url", outline_.url);
    w_.key("languages").begin_array();
    for (const std::string& language : c_.languages)
      if (const std::string two = two_letters(language); !two.empty()) w_.value(two);
    w_.end_array().key("tracks").begin_array();
    for (const TrackLine& track : outline_.tracks) {
      w_.begin_object().field("name", track.name).field("slug", track.slug);
      if (!track.color.empty()) w_.field("color", track.color);
      w_.end_object();
    }
    w_.end_array().key("rooms").begin_array();
    for (const RoomLine& room : outline_.rooms) {
      w_.begin_object().field("name", room.name).field("guid", room.guid);
      localized("description", room.room->description);
      room.room->capacity ? w_.field("capacity", *room.room->capacity) : w_.key("capacity").null();
      w_.end_object();
    }
    w_.end_array().key("days").begin_array();
    for (const Day& day : outline_.days)
      w_.begin_object()
          .field("index", day.index)
          .field("date", to_text(day.date))
          .field("start", rfc3339(outline_.zone, day.from))
          .field("end", rfc3339(outline_.zone, day.to))
          .end_object();
    w_.end_array().end_object();
  }

  void room(const Session& session) {
    if (session.room) w_.key("room").begin_object().field("name", session.room->name).field("guid", session.room->guid).end_object();
  }
  void times(const Session& session) { w_.field("start", rfc3339(outline_.zone, session.from)).field("end", rfc3339(outline_.zone, session.to)); }

  void write_meta_event(const Session& session) {
    w_.begin_object().field("type", session.slot->kind == SlotKind::break_ ? "BREAK" : "META").field("title", session.title).field("guid", session.guid);
    times(session);
    room(session);
    w_.end_object();
  }

  void reference(const std::string& address, const std::string& title, std::string_view type) {
    if (!address.empty()) w_.begin_object().field("url", address).field("title", title).field("type", type).end_object();
  }
  void references(const std::vector<Link>& links) {
    for (const Link& link : links) {
      std::string type(name_of(link.kind));
      for (char& c : type) c = static_cast<char>(c - 'a' + 'A');
      reference(link_url(outline_.programme.conference, link.url), clean_line(link.title), type);
    }
  }

  void write_event(const Session& session) {
    const Talk& talk = *session.talk;
    w_.begin_object().field("guid", session.guid);
    if (session.first && std::ranges::all_of(talk.code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); })) w_.field("code", talk.code);
    if (const std::string logo = absolute_url(talk.logo_url); !logo.empty())
      w_.key("logo").begin_object().field("type", "Image").field("url", logo).end_object();
    times(session);
    room(session);
    w_.field("slug", session.slug).field("url", session.url);
    w_.field("title", session.title);
    text_or_null("subtitle", clean_line(talk.subtitle));
    // The schema wants a track; this one is not in the list of tracks.
    w_.key("track").begin_object().field("slug", session.track ? session.track->slug : "none").end_object();
    w_.field("type", schedule2_event_type(session.type));
    w_.field("language", schedule2_language(talk.language, outline_.language));
    text_or_null("abstract", clean_text(talk.abstract));
    text_or_null("description", clean_text(talk.description));
    w_.key("participants").begin_array();
    for (const Credit& credit : talk.credits) {
      const Line person = outline_.person(credit);
      w_.begin_object().field("guid", person.guid).field("name", person.name).field("role", role_name(credit.role)).end_object();
    }
    w_.end_array().key("links").begin_array();
    references(talk.links);
    reference(absolute_url(talk.feedback_url), "", "FEEDBACK");
    reference(absolute_url(talk.origin_url), "", "ORIGIN");
    w_.end_array().key("attachments").begin_array();
    references(talk.attachments);
    w_.end_array().field("state", session.cancelled ? "CANCELED" : "CONFIRMED").end_object();
  }

  Outline outline_;
  const Conference& c_;
  JsonWriter w_;
};

}  // namespace

std::string write_schedule2_json(const Programme& p, const Generator& g) { return Writer(p, g).take(); }

}  // namespace confer::programme
