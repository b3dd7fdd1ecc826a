// What the writers share: the sessions of a programme as the readers of the field need them (docs/formats/schedule.md, "what every export keeps to").
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "programme/model.h"

namespace confer::programme {

/// Text for a file: UTF-8, without the characters that XML 1.0 forbids (§ 2.2), lines ended by \n.
std::string clean_text(std::string_view text);
/// The same in one line, as `tidy_line` makes it: titles and names.
std::string clean_line(std::string_view text);

/// The address as RFC 3986 wants it, other characters percent-encoded; "" when it is not absolute or cannot be made right. Only http and https, or any
/// scheme with `any_scheme`.
std::string absolute_url(std::string_view text, bool any_scheme = false);

/// The same for a link of a talk: what lies on this site ("/files/…") gets the site's address, which is the conference's without its slug.
std::string link_url(const Conference& conference, std::string_view text);

/// The GUID when it is one (in lower case), else one derived from `name` within the conference.
std::string guid_or_derived(const Conference& conference, std::string_view guid, std::string_view name);
/// [a-z0-9_]{4,}: what every reader and both schemas take. From the acronym, else the slug; a short one gets the year.
std::string safe_acronym(const Conference& conference);
/// "HH:MM", hours with at least two digits.
std::string hours_minutes(minutes length);
/// True where schedule.json's `time_zone_name` may hold this name: `^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$`, searched as JSON Schema does.
bool zone_name_allowed(std::string_view zone);
/// One of the ten types that schedule2 has for sessions, for a session type of ours: "Tutorial" → "WORKSHOP".
std::string_view schedule2_event_type(std::string_view type);
/// ISO 639-1, as schedule2 wants it everywhere; "" when there is none.
std::string two_letters(std::string_view language);
/// "#rrggbb" or "".
std::string safe_color(std::string_view color);
/// A positive number below 2^31 made from a GUID, the same for ever: `person@id`.
std::int64_t number_of_guid(std::string_view guid);

struct RoomLine {
  const Room* room;
  std::string name;  ///< unique: formats key rooms by it
  std::string guid;
};
struct TrackLine {
  const Track* track;
  std::string name, slug, color;  ///< slug: unique, starts with a letter
};
/// A slot as one entry of a file, or one of several when a slot was cut because readers fail at 24 hours.
struct Session {
  const Slot* slot;
  const Talk* talk;  ///< nullptr: a break or social
  const RoomLine* room;
  const TrackLine* track;
  bool first = false;  ///< of its talk: carries its code
  bool cancelled = false;
  std::int64_t id = 0;          ///< unique, positive
  std::string guid, slug, url;  ///< url: never empty, a URN where the event has no address
  std::string title, type;
  Instant from{}, to{};
  WallTime start{};
};
struct Day {
  int index;
  Date date;
  Instant from, to;
  std::vector<Session> sessions;  ///< by room, then time
};
struct Line {
  std::string guid, name;
  std::int64_t id;
};

/// What goes into a file.
struct ExportChoice {
  bool breaks = false, cancelled = false, without_room = false, cut_at_a_day = true;
  /// Null: every public slot. Asked first: most slots are in few of an event's calendars.
  const std::function<bool(const Slot&, const Talk*)>* wanted = nullptr;
  /// Not null: these, and nobody is asked.
  const std::vector<const Slot*>* slots = nullptr;
};

/// The programme, ready to be written. Points into `programme`; not copied or moved.
class Outline {
 public:
  Outline(const Programme& programme, const ExportChoice& choice);
  Outline(const Outline&) = delete;
  Outline& operator=(const Outline&) = delete;

  const Programme& programme;
  Zone zone;
  std::string language, title, acronym, version;
  std::string url;  ///< of the event, "" or absolute, no slash at the end
  std::vector<RoomLine> rooms;
  std::vector<TrackLine> tracks;
  std::vector<Day> days;  ///< at least one; those between first and last day even when empty

  std::string text(const LocalizedText& text) const;
  std::string line(const LocalizedText& text) const;
  Line person(const Credit& credit) const;

 private:
  void name_rooms();
  void name_tracks();
  void add_slot(const Slot& slot, const ExportChoice& choice);
  void add_session(const Slot& slot, Instant from, Instant to, int piece);
  void make_days();
  std::vector<Session> sessions_;
};

}  // namespace confer::programme
