// Stars, kept without an account, merged without loss (stars.h).
#include "programme/stars.h"
#include <algorithm>
#include "base/random.h"
#include "programme/star_store.h"

namespace confer::programme {

Result<std::pair<StarSet, Secret<std::string>>> make_star_set(db::Tx& tx) {
  std::string token = random_token();
  TRY_ASSIGN(StarSet set, star_store::add_set(tx, sha256_hex(token), {}));
  return std::pair(set, Secret<std::string>(std::move(token)));
}

Result<StarSet> require_star_set(db::Tx& tx, std::string_view token) {
  TRY_ASSIGN(auto set, star_store::find_set(tx, sha256_hex(token)));
  if (!set) return fail(ErrorCode::not_found, "These stars are not kept here (any more). Your phone still has its own.");
  return *set;
}

Result<StarSet> star_set_of(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(auto set, star_store::set_of(tx, person));
  if (set) return *set;
  return star_store::add_set(tx, sha256_hex(random_token()), person);
}

Result<std::vector<StarMark>> merge_stars(db::Tx& tx, const StarSet& set, const events::Event& event, const std::vector<StarMark>& marks) {
  for (StarMark mark : marks) {
    // A phone whose clock is ahead must not win for ever.
    mark.at = std::min(mark.at, tx.now());
    TRY(star_store::put(tx, set.id, event.id, mark));
  }
  return star_store::list(tx, set.id, event.id);
}

Result<void> claim_star_set(db::Tx& tx, PersonId person, std::string_view token) {
  TRY_ASSIGN(StarSet set, require_star_set(tx, token));
  if (set.person == person) return {};
  TRY_ASSIGN(auto own, star_store::set_of(tx, person));
  if (!own && !set.person) {
    TRY_ASSIGN(bool claimed, star_store::claim(tx, set.id, person));
    if (claimed) return {};
  }
  TRY_ASSIGN(StarSet into, star_set_of(tx, person));
  return star_store::merge_sets(tx, set.id, into.id);
}

Result<std::vector<std::pair<std::string, int>>> count_stars(db::Tx& tx, const events::Event& event) { return star_store::count(tx, event.id); }

Result<Secret<std::string>> make_calendar_feed(db::Tx& tx, const StarSet& set, const events::Event& event) {
  std::string token = random_token();
  TRY(star_store::add_feed(tx, sha256_hex(token), set.id, event.id));
  return Secret<std::string>(std::move(token));
}

Result<void> revoke_calendar_feeds(db::Tx& tx, const StarSet& set, const events::Event& event) { return star_store::revoke_feeds(tx, set.id, event.id); }

Result<CalendarFeed> require_calendar_feed(db::Tx& tx, std::string_view token) {
  TRY_ASSIGN(auto feed, star_store::find_feed(tx, sha256_hex(token)));
  if (!feed) return fail(ErrorCode::not_found, "This calendar does not exist (any more).");
  TRY_ASSIGN(auto marks, star_store::list(tx, feed->set, feed->event));
  CalendarFeed out{feed->event, {}};
  for (auto& mark : marks)
    if (mark.starred) out.talks.push_back(std::move(mark.talk));
  return out;
}

}  // namespace confer::programme
