// The journal's rows: the only file here that runs SQL.
#include "journal/store.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "journal/sql.h"

namespace confer::journal {
namespace {

struct FactRow : Fact {
  auto columns() { return std::tie(position, at, person, by, name, series, event, subject, data); }
};

std::vector<Fact> facts_of(std::vector<FactRow> rows) {
  std::vector<Fact> facts;
  facts.reserve(rows.size());
  for (FactRow& row : rows) facts.push_back(std::move(row));
  return facts;
}

}  // namespace

Result<std::int64_t> take_positions(db::Tx& tx, std::int64_t count) { return tx.one<std::int64_t>(sql::journal::take_positions, count); }

Result<void> insert_fact(db::Tx& tx, const Fact& f) {
  TRY(tx.run(sql::journal::insert_fact, f.position, f.at, f.person, f.by, f.name, f.series, f.event, f.subject, f.data));
  return {};
}

Result<std::vector<Fact>> list_facts(db::Tx& tx, const Query& query) {
  const std::int64_t before = query.before > 0 ? query.before : std::numeric_limits<std::int64_t>::max();
  const int limit = std::clamp(query.limit, 0, 10000);
  // Three statements, so that each has an index it can walk backwards.
  if (!query.subject.empty()) {
    TRY_ASSIGN(auto rows, tx.all<FactRow>(sql::journal::list_facts_of_subject, before, query.series, query.name_prefix, limit, query.subject, query.event));
    return facts_of(std::move(rows));
  }
  if (query.event != 0) {
    TRY_ASSIGN(auto rows, tx.all<FactRow>(sql::journal::list_facts_of_event, before, query.series, query.name_prefix, limit, query.event));
    return facts_of(std::move(rows));
  }
  TRY_ASSIGN(auto rows, tx.all<FactRow>(sql::journal::list_facts, before, query.series, query.name_prefix, limit));
  return facts_of(std::move(rows));
}

Result<std::vector<Fact>> facts_after(db::Tx& tx, std::int64_t position, int limit) {
  TRY_ASSIGN(auto rows, tx.all<FactRow>(sql::journal::facts_after, position, limit));
  return facts_of(std::move(rows));
}

Result<std::int64_t> last_position(db::Tx& tx) { return tx.one<std::int64_t>(sql::journal::last_position); }

Result<std::vector<std::string>> check(db::Tx& tx) {
  using Cursor = std::tuple<std::string, std::int64_t>;
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto ahead, tx.all<Cursor>(sql::journal::cursors_ahead));
  for (const auto& [name, position] : ahead)
    problems.push_back("journal: the reaction “" + name + "” has read up to " + std::to_string(position) +
                       ", where there is no fact: it misses what comes next");
  TRY_ASSIGN(const auto behind, tx.one<std::int64_t>(sql::journal::last_behind));
  if (behind > 0) problems.emplace_back("journal: the last position is behind the last fact: nothing more can be written");
  return problems;
}

Result<void> add_cursor(db::Tx& tx, std::string_view reaction) {
  TRY(tx.run(sql::journal::add_cursor, reaction));
  return {};
}
Result<std::int64_t> find_cursor(db::Tx& tx, std::string_view reaction) { return tx.one<std::int64_t>(sql::journal::find_cursor, reaction); }
Result<std::int64_t> lock_cursor(db::Tx& tx, std::string_view reaction) { return tx.one<std::int64_t>(sql::journal::lock_cursor, reaction); }
Result<void> move_cursor(db::Tx& tx, std::string_view reaction, std::int64_t position) {
  TRY(tx.run(sql::journal::move_cursor, reaction, position));
  return {};
}

}  // namespace confer::journal
