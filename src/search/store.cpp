// The documents' rows: the only file here that runs SQL.
#include "search/store.h"

#include <array>
#include <memory>
#include <tuple>

#include "search/sql.h"
#include "search/vocabulary.h"

namespace confer::search {
namespace {

struct CandidateRow : Candidate {
  auto columns() { return std::tie(id, kind, key, event, language, title_words, names_words, tags_words, body_words); }
};

std::vector<Candidate> candidates_of(std::vector<CandidateRow> rows) { return {std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end())}; }

/// Vocabularies are dropped in every process; once a transaction, however many documents it changes.
void tell_changed(db::Tx& tx) {
  std::shared_ptr<void>& told = tx.kept("search");
  if (told) return;
  told = std::make_shared<bool>(true);
  db::Database& db = tx.database();
  tx.after_commit([&db, vocabulary = vocabulary_of(db)] {
    vocabulary->forget();  // here at once; the word takes its way
    db.notify("search", "changed");
  });
}

}  // namespace

Result<void> replace_document(db::Tx& tx, const Document& d, const Row& row) {
  TRY(remove(tx, d.kind, d.key));
  TRY(tx.run(sql::search::insert_document, d.kind, d.key, d.event, d.language, row.heading, row.title_words, row.names_words, row.tags_words, d.title,
             row.body_words, row.terms, d.body));
  tell_changed(tx);
  return {};
}

Result<void> remove(db::Tx& tx, std::string_view kind, std::string_view key) {
  TRY_ASSIGN(const std::int64_t removed, tx.run(sql::search::delete_document, kind, key));
  if (removed > 0) tell_changed(tx);
  return {};
}

Result<void> remove_event(db::Tx& tx, std::int64_t event) {
  TRY_ASSIGN(const std::int64_t removed, tx.run(sql::search::delete_documents_of_event, event));
  if (removed > 0) tell_changed(tx);
  return {};
}

Result<std::vector<std::pair<std::int64_t, std::string>>> keys(db::Tx& tx, std::string_view kind) {
  using Key = std::tuple<std::int64_t, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Key>(sql::search::indexed_keys, kind));
  std::vector<std::pair<std::int64_t, std::string>> out;
  for (auto& [event, key] : rows) out.emplace_back(event, std::move(key));
  return out;
}

Result<void> wipe_removed(db::Tx& tx) {
  TRY(tx.run(sql::search::merge_index));
  return {};
}

Result<std::vector<Candidate>> candidates(db::Tx& tx, const std::string& index_query, std::int64_t event, std::string_view kind, int limit) {
  TRY_ASSIGN(auto rows, tx.all<CandidateRow>(sql::search::list_candidates, index_query, event, kind, limit));
  return candidates_of(std::move(rows));
}

Result<std::vector<Candidate>> candidates_with_part(db::Tx& tx, const std::string& part, std::int64_t event, std::string_view kind, int limit) {
  TRY_ASSIGN(auto rows, tx.all<CandidateRow>(sql::search::list_candidates_with_part, part, event, kind, limit));
  return candidates_of(std::move(rows));
}

Result<Shown> find_shown(db::Tx& tx, std::int64_t document) {
  using Texts = std::tuple<std::string, std::string>;
  TRY_ASSIGN(auto texts, tx.one<Texts>(sql::search::find_shown, document));
  return Shown{std::move(std::get<0>(texts)), std::move(std::get<1>(texts))};
}

Result<void> each_terms(db::Tx& tx, const std::function<void(std::string_view terms)>& use) {
  constexpr std::array columns{db::ColumnType::text};
  return tx.each(sql::search::list_terms, columns, {}, [&](std::span<const db::Value> row) -> Result<void> {
    if (const auto* terms = std::get_if<std::string>(&row[0])) use(*terms);
    return {};
  });
}

Result<bool> has_index_of_parts(db::Tx& tx) {
  TRY_ASSIGN(const auto count, tx.one<std::int64_t>(sql::search::count_index_of_parts));
  return count > 0;
}

}  // namespace confer::search
