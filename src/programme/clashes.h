// What is wrong with a draft: rules, pure functions. A broken draft is normal life, not an error.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include "programme/model.h"

namespace confer::programme {

/// One rule each. The organiser sets a severity for every one of them.
enum class Rule : unsigned char {
  room_twice,
  room_closed,
  speaker_twice,
  speaker_not_available,
  change_over_too_short,
  capacity,
  unconfirmed,
  no_track,
  impossible_time,
  outside_event,
  not_placed,
  no_room
};
enum class Severity : unsigned char { ignore = 0, warn = 1, block_release = 2, block_placing = 3 };

struct RuleSettings {
  std::map<Rule, Severity> severities;  ///< missing: `default_severity`
  minutes change_over{5};               ///< shortest gap between two talks in one room
  Severity severity(Rule rule) const;
};
Severity default_severity(Rule rule);
std::string_view name_of(Rule rule);   ///< "room_twice"
std::string_view title_of(Rule rule);  ///< "A room has two sessions at once"
std::vector<Rule> all_rules();

struct Clash {
  Rule rule;
  Severity severity;
  std::int64_t slot = 0, other = 0;  ///< slot numbers; 0: none
  std::string talk;                  ///< code; empty: none
  std::string message;               ///< a sentence with names and times
  std::string other_event;           ///< slug of the event that `other` is a slot of; empty: this one
  bool operator==(const Clash&) const = default;
};

/// A session of another event that shares rooms and people with this one: of a summit's edition and its other summits, of an edition's summits.
struct Elsewhere {
  std::string event, event_title;  ///< slug, and as it is called
  std::int64_t slot = 0;
  std::string title;
  std::string room_guid;          ///< empty: no room
  std::set<std::string> persons;  ///< "c" and the code (and "p" and the name), else "g" and the GUID, else "n" and the name
  Instant from{}, to{};
};
/// What takes up rooms and people in `other`: nothing cancelled, nothing that is not accepted.
std::vector<Elsewhere> sessions_of(const Programme& other);

/// What the programme alone does not tell: when people can be there, how many want to come, what else takes place beside it.
struct Surroundings {
  std::map<std::string, std::vector<OpeningWindow>> available;  ///< person code → windows; absent: always
  std::map<std::string, int> interested;                        ///< talk code → stars
  std::vector<Elsewhere> elsewhere;
};

/// All of them, ordered by severity (worst first), then time. Ignored rules are left out.
std::vector<Clash> find_clashes(const Programme& draft, const RuleSettings& settings, const Surroundings& around = {});
/// Those that involve this slot: for a form as it is filled in.
std::vector<Clash> clashes_of(const Programme& draft, const Slot& candidate, const RuleSettings& settings, const Surroundings& around = {});

}  // namespace confer::programme
