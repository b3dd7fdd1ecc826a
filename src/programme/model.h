// A whole programme as plain data: what a release freezes, formats read and write, clashes are found in, and pages are drawn from.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/localized_text.h"
#include "base/time.h"

namespace confer::programme {

/// Members refer to each other by their keys (room, track, type, talk: the `code`), never by row numbers, so that a frozen programme stands alone.
struct Conference {
  std::string slug;     ///< in URLs: "pycon-2027"
  std::string acronym;  ///< in exports: [a-z0-9_]{4,}
  std::string guid;     ///< UUID; name space of derived GUIDs
  LocalizedText title, subtitle;
  std::string zone = "UTC";  ///< IANA
  Date start{}, end{};       ///< first and last day
  int day_start_hour = 4;
  std::string color;  ///< "#rrggbb", the accent
  std::string url;    ///< public address of the event on this site, absolute, no slash at the end
  std::vector<std::string> languages = {"en"};
  std::map<std::string, std::string> extra;  ///< unknown fields of an import: place → JSON
  bool operator==(const Conference&) const = default;
};

struct OpeningWindow {
  WallTime from{}, to{};
  bool operator==(const OpeningWindow&) const = default;
};

struct Room {
  std::string code, guid;
  LocalizedText name, description;
  int position = 0;
  std::optional<int> capacity;
  std::string accessibility;  ///< free text: "step-free, induction loop"
  bool hidden = false;        ///< not in the public grid (slots there are not public either)
  std::string stream_url, captions_url;
  std::vector<OpeningWindow> open;  ///< empty: always
  std::map<std::string, std::string> extra;
  bool operator==(const Room&) const = default;
};

struct Track {
  std::string code, guid;
  LocalizedText name, description;
  std::string color;  ///< "#rrggbb"
  int position = 0;
  bool operator==(const Track&) const = default;
};

struct SessionType {
  std::string code;
  LocalizedText name;
  minutes length{30};
  int position = 0;
  bool operator==(const SessionType&) const = default;
};

enum class CreditRole : unsigned char { speaker = 0, moderator = 1, panelist = 2, author = 3, host = 4 };

struct Credit {
  std::string name;  ///< as printed
  CreditRole role = CreditRole::speaker;
  std::string person_code;  ///< empty: only a name
  std::string person_guid;  ///< UUID; derived for a bare name
  std::string biography;    ///< Markdown; public
  std::string avatar_url;
  std::map<std::string, std::string> extra;
  bool operator==(const Credit&) const = default;
};

enum class LinkKind : unsigned char { related = 0, slides, paper, web, blog, article, media, activitypub };
std::string_view name_of(LinkKind kind);  ///< "slides"
struct Link {
  std::string url, title;
  LinkKind kind = LinkKind::related;
  std::int64_t size_bytes = 0;  ///< of a file that lies here; 0: not known
  bool operator==(const Link&) const = default;
};

/// `unconfirmed` and `confirmed` only differ for the organiser and the clash rule.
enum class TalkState : unsigned char { draft = 0, submitted = 1, accepted = 2, confirmed = 3, cancelled = 4, archived = 5 };

struct Talk {
  std::string code;                                    ///< 6 characters, in URLs
  std::string guid;                                    ///< of its first slot in exports
  std::string slug;                                    ///< behind the code in URLs; changes with the title, old ones redirect
  std::string title, subtitle, abstract, description;  ///< abstract and description are Markdown
  std::vector<Credit> credits;                         ///< in order
  std::string track, type;                             ///< codes; empty: none
  std::string language;                                ///< "en", empty: not known
  std::string level;                                   ///< "beginner", free text
  std::vector<std::string> tags;
  bool do_not_record = false, do_not_stream = false;
  std::string license, logo_url, feedback_url, origin_url;
  std::vector<Link> links, attachments;
  TalkState state = TalkState::confirmed;
  std::map<std::string, std::string> extra;
  bool operator==(const Talk&) const = default;
};

enum class SlotKind : unsigned char { talk = 0, break_ = 1, blocker = 2, social = 3 };  ///< a blocker is private
/// moved: shown as such, because people may remember another room or time: the slot stood elsewhere in the full release in front of this one. A correction
/// keeps the marks of the full release that it corrects; what moved back loses its mark. Another length alone is no move.
enum class SlotState : unsigned char { planned = 0, cancelled = 1, moved = 2 };

/// One of N timed parts of a block ("State of …", lightning talks).
struct Part {
  std::string anchor;  ///< within the talk's page: "p1-state-of-pypy", stable
  std::string title;
  std::vector<std::string> speakers;
  minutes offset{0}, length{5};  ///< offset from the slot's start
  bool operator==(const Part&) const = default;
};

struct Slot {
  std::int64_t number = 0;  ///< stable positive integer, unique in the installation: `id` in exports
  std::string guid;         ///< the first slot of a talk has the talk's
  SlotKind kind = SlotKind::talk;
  SlotState state = SlotState::planned;
  std::string talk;  ///< code; empty for a break or blocker
  std::string room;  ///< code; empty: all rooms (breaks, blockers)
  WallTime start{};
  minutes length{30};
  LocalizedText title;  ///< of a break or blocker
  std::string note;     ///< public: "moved from Room 2"
  std::vector<Part> parts;
  std::map<std::string, std::string> extra;
  bool operator==(const Slot&) const = default;
};

/// What a calendar knows a change by (RFC 5545 § 3.8.7): raised by every release that changes the entry.
struct CalendarStamp {
  int sequence = 0;
  Instant changed_at{};
  bool operator==(const CalendarStamp&) const = default;
};

struct Programme {
  std::string version;  ///< "1.0"; empty for a draft
  int revision = 0;     ///< counts releases from 1
  Instant released_at{};
  Conference conference;
  std::vector<Room> rooms;
  std::vector<Track> tracks;
  std::vector<SessionType> types;
  std::vector<Talk> talks;
  std::vector<Slot> slots;  ///< by start, room position, number
  /// Of a release: by slot GUID. Empty in a draft, and in what was released before stamps were frozen with it.
  std::map<std::string, CalendarStamp> stamps;
  bool operator==(const Programme&) const = default;

  const Room* room(std::string_view code) const;
  const Track* track(std::string_view code) const;
  const SessionType* type(std::string_view code) const;
  const Talk* talk(std::string_view code) const;
};

/// What attendees may see of a programme: no blockers, nothing in a hidden room, only talks that were accepted (cancelled and archived ones too).
bool is_public(const Programme& programme, const Slot& slot);
/// The slot or its talk was cancelled: shown struck through, no longer taking up its room.
bool is_cancelled(const Programme& programme, const Slot& slot);
/// The talk's title; of a break its own, in `language`; "" when there is neither.
const std::string& title_of(const Programme& programme, const Slot& slot, std::string_view language);

/// Sorts rooms, tracks, types by position, slots by start; so that equal programmes compare equal.
void put_in_order(Programme& programme);

/// The whole of it as JSON and back: how a release is stored. Reading accepts every version ever written.
std::string to_json(const Programme& programme);
Result<Programme> from_json(std::string_view json);

}  // namespace confer::programme
