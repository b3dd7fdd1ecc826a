// Recording facts: collected while the transaction works, given their positions as its last act.
#include <utility>

#include "journal/journal.h"
#include "journal/store.h"

namespace confer::journal {
namespace {

/// The facts of one transaction, until it commits.
using Collected = std::vector<Fact>;

/// Positions must become visible in their order: a reader that has seen 2 goes on after 2, and would miss a 1 that appears later.
/// A sequence does not do that on PostgreSQL: two transactions take 1 and 2, and the second may commit first (tests/journal/order_test.cpp
/// shows it). So positions come from one row, `journal_last`: updating it makes the next committer wait until this one has committed or
/// rolled back, and only then take its own. The rejected ways: an advisory lock needs a number that nobody else uses and serialises as much;
/// reading only below pg_snapshot_xmin() needs no lock, but any long transaction in the whole cluster holds up every reader.
///
/// The row is taken at the very end, for two reasons: others wait for the length of one commit instead of one action; and as every
/// transaction takes it last, after all its other rows, it cannot be part of a deadlock.
Result<void> write_collected(db::Tx& tx, Collected& collected) {
  const auto count = static_cast<std::int64_t>(collected.size());
  TRY_ASSIGN(const std::int64_t last, take_positions(tx, count));
  std::int64_t position = last - count;
  for (Fact& fact : collected) {
    fact.position = ++position;
    TRY(insert_fact(tx, fact));
  }
  return {};
}

}  // namespace

Result<void> record(db::Tx& tx, Who who, std::string_view name, std::int64_t series, std::int64_t event, std::string_view subject, std::string data) {
  if (name.find('.') == std::string_view::npos || data.empty() || data.front() != '{' || data.back() != '}') {
    return fail(ErrorCode::internal, "A fact is named \"noun.verb\" and its data is a JSON object.", std::string(name));
  }
  std::shared_ptr<void>& place = tx.kept("journal");
  if (!place) {
    auto collected = std::make_shared<Collected>();
    place = collected;
    tx.before_commit([collected](db::Tx& committing) { return write_collected(committing, *collected); });
    db::Database& db = tx.database();
    tx.after_commit([&db, collected] { db.notify("journal", std::to_string(collected->back().position)); });
  }
  Fact fact;
  fact.at = tx.now();
  fact.person = who.person;
  fact.by = who.by;
  fact.name = name;
  fact.series = series;
  fact.event = event;
  fact.subject = subject;
  fact.data = std::move(data);
  static_cast<Collected*>(place.get())->push_back(std::move(fact));
  return {};
}

}  // namespace confer::journal
