// Whether videos are still where they were: what the checker of links found, what a keeper says of it, and the work of checking (docs/decisions/links.md).
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>
#include "base/progress.h"
#include "db/database.h"
#include "ids/ids.h"
#include "jobs/jobs.h"
#include "people/rights.h"
#include "recordings/link_rules.h"
#include "recordings/recordings.h"

namespace confer::recordings {

// ---- for the keeper: the right `archive`

/// An address that was not found, leads elsewhere for good, or was marked by hand.
struct Link {
  VideoId id;
  std::string url;
  Place place = Place::other;
  Health health = Health::unchecked;
  std::optional<Instant> checked_at;
  std::string note;
  int failures = 0;
  std::optional<Instant> failing_since, seen_at;
  std::string moved_to;
  bool marked_by_hand = false;
  std::string talk_code, talk_title, talk_slug;
  EventId event;
  std::string event_slug;
};
/// By event and talk.
Result<std::vector<Link>> list_links(db::Tx& tx);
/// Of all addresses elsewhere.
Result<std::map<Health, std::int64_t>> count_by_health(db::Tx& tx);

/// A keeper knows better than the checker, which leaves the address alone from then on. Errors: by right; not_found.
Result<void> mark_video(db::Tx& tx, const Actor& actor, VideoId video, Health health);
/// Puts another address in its place, to be looked at next. Errors: by right; not_found; invalid – not a web address, or the talk has it already.
Result<void> replace_address(db::Tx& tx, const Actor& actor, VideoId video, std::string_view url);

// ---- checking

constexpr std::string_view check_links_kind = "recordings.check_links";
/// What is to be looked at: one video, an event's, or all; `limit` 0: no limit.
struct LinkCheck {
  VideoId video;
  EventId event;
  int limit = 0;
  Instant since{};  ///< what was looked at since then is done: a check that was interrupted goes on there
};
std::string to_json(const LinkCheck& check);
LinkCheck link_check_of_json(std::string_view json);
/// A job for it. A mark by hand of one video is forgotten. Errors: by right; conflict – a check is under way; not_found.
Result<void> ask_for_link_check(db::Tx& tx, const Actor& actor, LinkCheck check);
/// A check that waits or runs, with how far it is.
Result<std::optional<jobs::Job>> link_check_under_way(db::Tx& tx);

/// How it is done politely.
struct LinkCheckSettings {
  std::chrono::milliseconds pause{1000};  ///< between two requests to one host
  std::string user_agent = "Confer";      ///< names this site and whom to write to
  bool private_networks = false;
  std::chrono::seconds timeout{15};
  std::string youtube = "https://www.youtube.com/oembed", vimeo = "https://vimeo.com/api/oembed.json";
};
struct LinkCheckSums {
  int looked_at = 0, there = 0, missing = 0, unclear = 0, gone = 0;  ///< gone: called so now, after earlier looks
};
/// Looks at one after the other, never at one host more often than the settings say, stores what it found as it goes, and tells lists and pages what changed.
/// A host that does not answer three times, or asks for fewer requests, is left alone for the rest of it. `stop` ends it early, without an error.
Result<LinkCheckSums> check_links(db::Database& db, const LinkCheck& check, const LinkCheckSettings& settings, const Progress& progress,
                                  const std::function<bool()>& stop);

}  // namespace confer::recordings
