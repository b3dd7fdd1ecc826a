// The documents' rows.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/score.h"
#include "search/search.h"

namespace confer::search {

struct Row {
  std::string heading, title_words, names_words, tags_words, body_words, terms;
};
Result<void> replace_document(db::Tx& tx, const Document& document, const Row& row);

/// The newest `limit` documents that an index query (fts5_query or tsquery) finds; event 0, kind empty: any.
Result<std::vector<Candidate>> candidates(db::Tx& tx, const std::string& index_query, std::int64_t event, std::string_view kind, int limit);
/// The newest `limit` documents with `part` somewhere in the heading.
Result<std::vector<Candidate>> candidates_with_part(db::Tx& tx, const std::string& part, std::int64_t event, std::string_view kind, int limit);

struct Shown {
  std::string title, body;
};
Result<Shown> find_shown(db::Tx& tx, std::int64_t document);
Result<void> each_terms(db::Tx& tx, const std::function<void(std::string_view terms)>& use);
/// Whether parts of words have an index: always on SQLite, which does without.
Result<bool> has_index_of_parts(db::Tx& tx);

}  // namespace confer::search
