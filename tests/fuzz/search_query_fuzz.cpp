// Whatever is typed into the search field becomes a valid index query of words only, never an error and never an instruction.
#include <sqlite3.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "search/snippet.h"
#include "search/terms.h"

namespace {

using namespace confer::search;

void require(bool truth) {
  if (!truth) std::abort();
}

/// An index as in src/app/migrations/0006_search.sql.
sqlite3_stmt* match_statement() {
  sqlite3* db = nullptr;
  require(sqlite3_open(":memory:", &db) == SQLITE_OK);
  require(sqlite3_exec(db,
                       "CREATE VIRTUAL TABLE t USING fts5(terms, tokenize=\"ascii tokenchars '=^+#'\", detail=none, columnsize=0);"
                       "INSERT INTO t VALUES ('one ^one =on')",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?1", -1, &statement, nullptr) == SQLITE_OK);
  return statement;
}

/// Outside quotes there are only our operators, and every quote is closed: what PostgreSQL's parser is given is what we meant.
bool is_tsquery_of_words(std::string_view query) {
  bool quoted = false;
  for (const char c : query) {
    if (c == '\'') {
      quoted = !quoted;
    } else if (quoted) {
      if (c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == ':' || c == '"') return false;
    } else if (!std::string_view("()|&!:* ").contains(c)) {
      return false;
    }
  }
  return !quoted;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sqlite3_stmt* const statement = match_statement();
  const std::string text = confer::repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  const Parsed parsed = parse_query(text);
  require(parsed.terms.size() <= 12);
  for (const Token& token : parsed.wanted) require(token.begin < token.end && token.end <= text.size() && !token.word.empty());
  for (const Where where : {Where::anywhere, Where::heading}) {
    const std::string fts5 = fts5_query(parsed, where), postgres = tsquery(parsed, where);
    require(fts5.empty() == !parsed.asks() && postgres.empty() == !parsed.asks());
    require(is_tsquery_of_words(postgres));
    if (fts5.empty()) continue;
    sqlite3_bind_text(statement, 1, fts5.data(), static_cast<int>(fts5.size()), SQLITE_TRANSIENT);
    const int code = sqlite3_step(statement);
    require(code == SQLITE_ROW || code == SQLITE_DONE);
    sqlite3_reset(statement);
  }
  require(confer::is_valid_utf8(snippet(text, parsed, "en")));
  return 0;
}
