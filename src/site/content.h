// Everything that an event's public pages show, read in one transaction and put into the order in which it is shown.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>
#include "archive/archive.h"
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "programme/programme.h"
#include "recordings/recordings.h"
#include "site/texts.h"

namespace confer::site {

/// A released programme with the event that released it: the event itself, or a summit whose slots are shown in its edition.
struct Source {
  events::Event event;
  programme::Programme programme;
  std::vector<std::string> languages;  ///< of its pages, the one without prefix first
};

/// A public slot with what it refers to, found once.
struct ShownSlot {
  const programme::Slot* slot = nullptr;
  const programme::Talk* talk = nullptr;  ///< null: a break or social
  const programme::Room* room = nullptr;  ///< null: all rooms
  const programme::Track* track = nullptr;
  const programme::SessionType* type = nullptr;
  const Source* from = nullptr;
  Instant start{}, end{};
  WallTime end_local{};
  Date day{};
  bool cancelled = false;
};

/// A person as the programme names them.
struct Speaker {
  std::string key;  ///< in addresses: the person's code, or the first eight digits of the GUID
  std::string name, biography, avatar_url;
  std::vector<const programme::Talk*> talks;
};

/// Members point into `sources`, so it is moved but never copied.
struct Content {
  events::Event event;
  std::optional<events::Series> series;
  std::optional<events::Event> parent;       ///< of a summit, when it is public
  std::vector<events::Event> summits;        ///< public ones of this edition
  std::vector<events::InfoPage> pages;       ///< public ones
  std::vector<programme::Release> releases;  ///< newest first
  std::map<std::string, programme::CalendarStamp> stamps;
  bool released = false;
  std::vector<std::unique_ptr<Source>> sources;  ///< the event's own first (empty before the first release), then merged summits
  Zone zone;
  std::vector<std::string> languages;  ///< that the pages are made in; the first has no prefix in addresses
  std::string base_url;
  Instant now{};

  std::vector<const programme::Room*> rooms;  ///< not hidden, by position; of merged summits those that the edition does not have
  std::vector<ShownSlot> slots;               ///< public, by start, room's position, number
  std::vector<Date> days;                     ///< that have a slot
  std::vector<Speaker> speakers;              ///< of the event's own programme, by name
  std::vector<const programme::Talk*> talks;  ///< public, of the event's own programme, by title
  std::unordered_map<std::string_view, std::vector<const ShownSlot*>> slots_of_talk;
  std::unordered_map<const programme::Talk*, std::vector<std::string>> speaker_keys;  ///< of its credits, in their order; of merged summits' talks too

  /// The video of a block's part, with the part's own talk.
  struct PartRecording {
    std::string code, slug;
    recordings::Recording recording;
  };
  std::map<std::pair<std::string, std::string>, PartRecording> parts;     ///< by the block's code and the part's anchor; those that can be seen
  std::map<std::string, recordings::Recording, std::less<>> recordings;   ///< by the talk's code, of the event's own
  std::map<std::string, std::vector<archive::Row>, std::less<>> related;  ///< of talks that have a recording
  std::unique_ptr<Texts> texts = std::make_unique<Texts>();

  const programme::Programme& programme() const { return sources.front()->programme; }
  /// The first day that is not over, at `now`; the first day before and after the event.
  std::optional<Date> today() const;
  bool runs_at(Instant t) const;  ///< between the first slot's day and the last slot's end
};

/// Errors: not_found – there is no such event.
Result<Content> load_content(db::Tx& tx, EventId event, std::string_view base_url);
/// The same for one programme that is given: an older release. No summits, no list of releases.
Result<Content> content_of(db::Tx& tx, events::Event event, std::optional<programme::Programme> programme, std::string_view base_url);

/// When a day of the event begins: at its own hour, after midnight.
Instant begin_of(const Content& content, Date day);

/// Languages of an event's pages: its first, and those of its own that the program speaks; "en" when it has none.
std::vector<std::string> page_languages(const events::Event& event);

// ---- addresses, all without host

/// "/pycon-2027" in its first language, "/de/pycon-2027" in others.
std::string base_of(const events::Event& event, const std::vector<std::string>& languages, std::string_view language);
inline std::string base_of(const Source& source, std::string_view language) { return base_of(source.event, source.languages, language); }
inline std::string base_of(const Content& content, std::string_view language) { return base_of(content.event, content.languages, language); }
/// What stands behind "/talks/": "QX7T9M-why-tides".
std::string talk_name(const programme::Talk& talk);
std::string speaker_key(const programme::Credit& credit);
/// Codes as they may stand in class names.
std::string class_name(std::string_view code);
/// "track-web", or of a summit's track in its edition "track-web-summit--plumbing"; empty without track.
std::string track_class(const Content& content, const ShownSlot& shown);
std::string track_class(const Content& content, const Source& source, std::string_view code);

}  // namespace confer::site
