// Rights, scopes and actors: who may do what, where. Every route and every action asks here.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "ids/ids.h"

namespace confer {

/// What a route or an action needs. Each has its heading in docs/rights.md; a test checks that.
enum class Right : unsigned char {
  anyone,     ///< no right at all: public
  signed_in,  ///< a signed-in person, for what is their own
  organise,   ///< change the event itself: settings, rooms, tracks, teams of the event
  programme,  ///< talks, slots, import, release
  review,     ///< read and judge proposals
  check_in,   ///< admit people
  media,      ///< recordings and streams
  site,       ///< information pages, banner
  people,     ///< see people's addresses, erase and export them
  archive,    ///< keep the archive of all events: corrections, names, removals, imports
  operate,    ///< the installation: jobs, outbox of all events, users, metrics
};
std::string_view name_of(Right right);
/// Errors: invalid – not a right that a team can have (anyone, signed_in and unknown words).
Result<Right> right_named(std::string_view name);
/// "organise programme" → the set. Unknown words are an error.
Result<std::set<Right>> rights_from_text(std::string_view words);
std::string rights_to_text(const std::set<Right>& rights);

/// Where something is, as far as rights care. `events` builds it (scope_of); empty: the installation.
struct Scope {
  SeriesId series;
  EventId event;
  EventId parent;          ///< the edition that a summit belongs to
  TrackId track;           ///< of the thing itself, when tracks limit rights
  bool is_public = false;  ///< may anybody know that it exists?
};

/// One team's rights as they apply to a person.
struct Membership {
  SeriesId series;  ///< of series and event, at most one is set; none: the installation
  EventId event;
  std::set<Right> rights;
  bool limited_to_tracks = false;
  std::set<std::int64_t> tracks;
};

/// Who asks. Anonymous when `person` is 0 and `system` empty.
struct Actor {
  PersonId person;
  std::string name;
  std::string code;
  std::vector<Membership> memberships;
  std::string system;        ///< "command line", "sync": may do everything, and is named in the journal
  std::int64_t session = 0;  ///< row of the session, 0 for tokens
  EventId limited_to;        ///< a token made for one event: it can do nothing elsewhere, whatever the memberships say
  bool signed_in() const { return person.value != 0; }
};
/// The machine itself: commands, jobs.
Actor system_actor(std::string name);

/// True when one of the memberships covers the scope and holds the right there, and the actor is not limited to another event. `organise` includes `programme`,
/// `site`, `review`, `media` and `check_in`; `operate` on the installation includes everything.
bool may(const Actor& actor, Right right, const Scope& scope);
/// The same for a list that leads to things of several tracks: a limit to tracks does not count.
bool may_somewhere(const Actor& actor, Right right, const Scope& scope);
/// Errors: unauthenticated – nobody is signed in (whether or not the thing exists); not_found – the scope is not public and the actor has nothing to do with
/// it; forbidden – known, but not allowed.
Result<void> require(const Actor& actor, Right right, const Scope& scope);
/// True when the actor belongs to any team there (or above).
bool belongs_to(const Actor& actor, const Scope& scope);

}  // namespace confer
