// Finding documents.
#include "search/search.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "search/answer.h"
#include "search/live.h"
#include "search/snippet.h"
#include "search/store.h"

namespace confer::search {

Result<Hits> find(db::Tx& tx, const Query& query) {
  const std::string text = repair_utf8(query.text);
  TRY_ASSIGN(const auto reading, live_of(tx.database())->read(tx));
  const Index& index = *reading;
  TRY_ASSIGN(Answer answered, answer(index, query, text));
  Hits hits = std::move(answered.hits);
  const auto from = static_cast<std::size_t>(std::clamp<std::int64_t>(query.offset, 0, hits.total));
  const auto to = std::min(answered.found.size(), from + static_cast<std::size_t>(std::max(query.limit, 0)));
  std::vector<std::int64_t> ids;
  for (std::size_t i = from; i < to; ++i) ids.push_back(index[answered.found[i].document].id);
  TRY_ASSIGN(auto rows, list_shown(tx, ids));
  std::unordered_map<std::int64_t, Shown*> shown;
  for (Shown& row : rows) shown.emplace(row.id, &row);
  const Answers answers(index, answered.units);
  for (std::size_t i = from; i < to; ++i) {
    const Scored& one = answered.found[i];
    const Entry& entry = index[one.document];
    const auto row = shown.find(entry.id);
    if (row == shown.end()) continue;  // removed meanwhile, or not there yet for an older transaction
    Hit hit{std::string(index.kind(entry.kind)), std::string(entry.key), std::move(row->second->title), entry.event, one.score, "", ""};
    hit.snippet = snippet(row->second->body, answers);
    hit.marked_title = marked(hit.title, answers);
    hits.hits.push_back(std::move(hit));
  }
  return hits;
}

Result<void> wipe_removed(db::Tx& tx) {
  // Others drop theirs with the version that says so; words of a removed document stay in memory only, and only until then.
  db::Database& database = tx.database();
  tx.after_commit([&database] { live_of(database)->forget(); });
  return {};
}

Result<std::int64_t> version(db::Tx& tx) { return read_version(tx); }

}  // namespace confer::search
