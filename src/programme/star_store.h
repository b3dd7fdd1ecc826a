// Rows of stars and calendar feeds, and the SQL that reads and writes them.
#pragma once
#include "programme/stars.h"

namespace confer::programme::star_store {

/// `token_hash` of a person's own set is a random word that no link has.
Result<StarSet> add_set(db::Tx& tx, const std::string& token_hash, PersonId person);
Result<std::optional<StarSet>> find_set(db::Tx& tx, const std::string& token_hash);
Result<std::optional<StarSet>> set_of(db::Tx& tx, PersonId person);
Result<std::vector<StarMark>> list(db::Tx& tx, std::int64_t set, EventId event);
/// Later wins; at the same time the star does. Nothing happens when the event has no such talk.
Result<void> put(db::Tx& tx, std::int64_t set, EventId event, const StarMark& mark);
/// All marks of one set into another, by the same rule.
Result<void> merge_sets(db::Tx& tx, std::int64_t from, std::int64_t into);
Result<std::vector<std::pair<std::string, int>>> count(db::Tx& tx, EventId event);
/// False when somebody has it.
Result<bool> claim(db::Tx& tx, std::int64_t set, PersonId person);
Result<void> add_feed(db::Tx& tx, const std::string& token_hash, std::int64_t set, EventId event);
Result<void> revoke_feeds(db::Tx& tx, std::int64_t set, EventId event);
struct Feed {
  std::int64_t set = 0;
  EventId event;
};
Result<std::optional<Feed>> find_feed(db::Tx& tx, const std::string& token_hash);
Result<std::vector<StarMark>> marks_of(db::Tx& tx, PersonId person);
Result<void> remove_of(db::Tx& tx, PersonId person);

}  // namespace confer::programme::star_store
