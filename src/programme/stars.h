// Stars: what an attendee wants to see, kept without an account, merged without loss.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/secret.h"
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"
#include "people/rights.h"

namespace confer::programme {

/// One star put on or taken off. Of two for a talk the later wins; at the same time the star does: so any order of arrival ends in one state.
struct StarMark {
  std::string talk;  ///< code
  bool starred = true;
  Instant at{};
};

/// A set is reached by its secret (a personal link or QR), or by the person it was claimed by.
struct StarSet {
  std::int64_t id = 0;
  PersonId person;
};
/// A new, empty set with its secret.
Result<std::pair<StarSet, Secret<std::string>>> make_star_set(db::Tx& tx);
/// Errors: not_found.
Result<StarSet> require_star_set(db::Tx& tx, std::string_view token);
/// The person's set, made when there is none.
Result<StarSet> star_set_of(db::Tx& tx, PersonId person);
/// Merges the marks and returns the whole state of the set for this event. Marks of unknown talks are dropped; times in the future are cut to now.
Result<std::vector<StarMark>> merge_stars(db::Tx& tx, const StarSet& set, const events::Event& event, const std::vector<StarMark>& marks);
/// Signing in: the phone's set is merged into the person's.
Result<void> claim_star_set(db::Tx& tx, PersonId person, std::string_view token);
/// Talk code → how many sets star it: for organisers and for clashes.
Result<std::vector<std::pair<std::string, int>>> count_stars(db::Tx& tx, const events::Event& event);

/// A secret address for the set's calendar of one event.
Result<Secret<std::string>> make_calendar_feed(db::Tx& tx, const StarSet& set, const events::Event& event);
/// All feeds of the set for the event end (404 from then on).
Result<void> revoke_calendar_feeds(db::Tx& tx, const StarSet& set, const events::Event& event);
struct CalendarFeed {
  EventId event;
  std::vector<std::string> talks;  ///< starred codes
};
/// Errors: not_found – unknown or revoked.
Result<CalendarFeed> require_calendar_feed(db::Tx& tx, std::string_view token);

}  // namespace confer::programme
