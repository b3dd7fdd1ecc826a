// Full-text search over documents of all kinds: the database finds candidates, one scorer of ours orders them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace confer::search {

/// `key` is unique within `kind` ("talk", "QX7T9M"). What is not public is not put in.
struct Document {
  std::string kind, key;
  std::int64_t event = 0;
  std::string title, names, tags, body;  ///< weighed in this order: 8, 6, 4, 1
  std::string language = "en";
};

/// Replaces the document.
Result<void> put(db::Tx& tx, const Document& document);
Result<void> remove(db::Tx& tx, std::string_view kind, std::string_view key);
Result<void> remove_event(db::Tx& tx, std::int64_t event);
/// (event, key) of all documents of this kind, in this order.
Result<std::vector<std::pair<std::int64_t, std::string>>> keys(db::Tx& tx, std::string_view kind);
/// After an erasure: no removed word stays in the index (SQLite's keeps them until its parts are merged). Rewrites the index.
Result<void> wipe_removed(db::Tx& tx);

struct Query {
  std::string text;        ///< words, "a phrase", -without; the last word matches as a prefix; the first 500 bytes and 12 terms count
  std::int64_t event = 0;  ///< 0: all
  std::string kind;        ///< empty: all
  int limit = 20, offset = 0;
};
struct Hit {
  std::string kind, key, title;
  std::int64_t event = 0;
  double score = 0;
  std::string snippet;  ///< plain text; matched words between \x02 and \x03
};
struct Hits {
  std::vector<Hit> hits;
  std::int64_t total = 0;    ///< counted up to 1,000
  std::string did_you_mean;  ///< a query with words that exist, when there are few hits
};
/// The same order on both databases. Errors: invalid – nothing to look for.
Result<Hits> find(db::Tx& tx, const Query& query);
/// Words, folded as both sides fold them: for tests and for highlighting.
std::vector<std::string> tokens(std::string_view text);

}  // namespace confer::search
