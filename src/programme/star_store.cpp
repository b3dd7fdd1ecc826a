// The only C++ that runs the SQL of stars.
#include "programme/star_store.h"
#include "programme/sql.h"

namespace confer::programme::star_store {
namespace {

namespace sql = confer::sql::programme;

struct SetRow : StarSet {
  auto columns() { return std::tie(id, person); }
};
struct MarkRow : StarMark {
  auto columns() { return std::tie(talk, starred, at); }
};

Result<std::optional<StarSet>> set_if(Result<std::optional<SetRow>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  return std::optional<StarSet>(*found);
}
Result<std::vector<StarMark>> marks(Result<std::vector<MarkRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  return std::vector<StarMark>(list.begin(), list.end());
}

}  // namespace

Result<StarSet> add_set(db::Tx& tx, const std::string& token_hash, PersonId person) {
  TRY_ASSIGN(auto id, tx.one<std::int64_t>(sql::add_star_set, token_hash, person, tx.now()));
  return StarSet{id, person};
}
Result<std::optional<StarSet>> find_set(db::Tx& tx, const std::string& token_hash) { return set_if(tx.find<SetRow>(sql::find_star_set, token_hash)); }
Result<std::optional<StarSet>> set_of(db::Tx& tx, PersonId person) { return set_if(tx.find<SetRow>(sql::star_set_of_person, person)); }
Result<std::vector<StarMark>> list(db::Tx& tx, std::int64_t set, EventId event) { return marks(tx.all<MarkRow>(sql::list_stars, set, event)); }
Result<void> put(db::Tx& tx, std::int64_t set, EventId event, const StarMark& mark) {
  TRY(tx.run(sql::put_star, set, mark.talk, mark.starred, mark.at, event));
  return {};
}
Result<void> merge_sets(db::Tx& tx, std::int64_t from, std::int64_t into) {
  using Row = std::tuple<std::int64_t, bool, Instant>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::all_stars_of_set, from));
  for (auto& [talk, starred, at] : rows) TRY(tx.run(sql::merge_star, into, talk, starred, at));
  return {};
}
Result<std::vector<std::pair<std::string, int>>> count(db::Tx& tx, EventId event) {
  using Row = std::tuple<std::string, int>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::count_stars, event));
  std::vector<std::pair<std::string, int>> out;
  for (auto& [code, n] : rows) out.emplace_back(std::move(code), n);
  return out;
}
Result<bool> claim(db::Tx& tx, std::int64_t set, PersonId person) {
  TRY_ASSIGN(auto n, tx.run(sql::claim_star_set, set, person));
  return n == 1;
}
Result<void> add_feed(db::Tx& tx, const std::string& token_hash, std::int64_t set, EventId event) {
  TRY(tx.one<std::int64_t>(sql::add_calendar_feed, token_hash, set, event, tx.now()));
  return {};
}
Result<void> revoke_feeds(db::Tx& tx, std::int64_t set, EventId event) {
  TRY(tx.run(sql::revoke_calendar_feeds, set, event, tx.now()));
  return {};
}
Result<std::optional<Feed>> find_feed(db::Tx& tx, const std::string& token_hash) {
  struct Row : Feed {
    auto columns() { return std::tie(set, event); }
  };
  TRY_ASSIGN(auto row, tx.find<Row>(sql::find_calendar_feed, token_hash));
  if (!row) return std::nullopt;
  return std::optional<Feed>(*row);
}
Result<std::vector<StarMark>> marks_of(db::Tx& tx, PersonId person) { return marks(tx.all<MarkRow>(sql::stars_of_person, person)); }
Result<void> remove_of(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::remove_stars_of_person, person));
  TRY(tx.run(sql::remove_feeds_of_person, person));
  TRY(tx.run(sql::remove_star_sets_of_person, person));
  return {};
}

}  // namespace confer::programme::star_store
