// The documents' rows: the only file here that runs SQL.
#include "search/store.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "search/live.h"
#include "search/sql.h"

namespace confer::search {
namespace {

/// So many changed documents are read one by one by those who hold an index; of more, everything is read anew.
constexpr std::size_t most_changes = 2000;
constexpr std::int64_t versions_kept = 500;
/// Bytes of JSON in one statement.
constexpr std::size_t batch_bytes = std::size_t{1} << 20U, batch_documents = 500;

struct RowOfTable : Row {
  auto columns() { return std::tie(id, kind, key, event, language, title, names, tags, place, body, transcript, facets, date); }
};

/// What one transaction has changed so far.
struct Changes {
  std::vector<std::int64_t> ids;
  bool many = false;
};

/// The version is taken as late as possible: until the commit others wait for it. And before the journal's position, which everybody takes last.
Result<void> write_changes(db::Tx& tx, Changes& changes) {
  std::string ids;
  if (changes.many) {
    ids = "*";
  } else {
    std::ranges::sort(changes.ids);
    changes.ids.erase(std::unique(changes.ids.begin(), changes.ids.end()), changes.ids.end());
    for (const std::int64_t id : changes.ids) {
      if (!ids.empty()) ids += ' ';
      ids += std::to_string(id);
    }
  }
  TRY_ASSIGN(const auto version, tx.one<std::int64_t>(sql::search::next_version));
  TRY(tx.run(sql::search::insert_change, version, ids));
  TRY(tx.run(sql::search::forget_changes, version - versions_kept));
  return {};
}

void note_changes(db::Tx& tx, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  std::shared_ptr<void>& place = tx.kept("search");
  if (!place) {
    auto made = std::make_shared<Changes>();
    place = made;
    tx.before_commit([made](db::Tx& committing) { return write_changes(committing, *made); }, db::Tx::Hook::first);
  }
  auto& changes = *static_cast<Changes*>(place.get());
  changes.many = changes.many || changes.ids.size() + ids.size() > most_changes;
  if (!changes.many) changes.ids.insert(changes.ids.end(), ids.begin(), ids.end());
}

/// What both databases can store: UTF-8 without U+0000.
std::string storable(std::string_view text) {
  std::string out = is_valid_utf8(text) ? std::string(text) : repair_utf8(text);
  std::ranges::replace(out, '\0', ' ');
  return out;
}

void write(JsonWriter& json, const Document& d) {
  json.begin_array().value(storable(d.kind)).value(storable(d.key)).value(d.event);
  for (const std::string* text : {&d.language, &d.title, &d.names, &d.tags, &d.place, &d.body, &d.transcript}) json.value(storable(*text));
  json.value(storable(written(d.facets))).value(d.date).end_array();
}

}  // namespace

Result<void> put(db::Tx& tx, const Document& document) { return put_all(tx, {&document, 1}); }

Result<void> put_all(db::Tx& tx, std::span<const Document> documents) {
  for (std::size_t at = 0; at < documents.size();) {
    JsonWriter json;
    json.begin_array();
    std::set<std::pair<std::string_view, std::string_view>> batch;
    // The same document twice in one statement is refused by PostgreSQL; in two, the later replaces the earlier.
    while (at < documents.size() && batch.size() < batch_documents && json.size() < batch_bytes && batch.emplace(documents[at].kind, documents[at].key).second)
      write(json, documents[at++]);
    json.end_array();
    TRY_ASSIGN(const auto ids, tx.all<std::int64_t>(sql::search::put_documents, json.take()));
    note_changes(tx, ids);
  }
  return {};
}

Result<void> remove(db::Tx& tx, std::string_view kind, std::string_view key) {
  TRY_ASSIGN(const auto ids, tx.all<std::int64_t>(sql::search::delete_document, kind, key));
  note_changes(tx, ids);
  return {};
}

Result<void> remove_event(db::Tx& tx, std::int64_t event) {
  TRY_ASSIGN(const auto ids, tx.all<std::int64_t>(sql::search::delete_documents_of_event, event));
  note_changes(tx, ids);
  return {};
}

Result<std::vector<std::pair<std::int64_t, std::string>>> keys(db::Tx& tx, std::string_view kind) {
  using Key = std::tuple<std::int64_t, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Key>(sql::search::indexed_keys, kind));
  std::vector<std::pair<std::int64_t, std::string>> out;
  for (auto& [event, key] : rows) out.emplace_back(event, std::move(key));
  return out;
}

Result<void> each_document(db::Tx& tx, const std::function<void(const Row&)>& use) {
  using enum db::ColumnType;
  constexpr std::array columns{integer, text, text, integer, text, text, text, text, text, text, text, text, integer};
  Row row;
  const std::array<std::string*, columns.size()> texts{nullptr,   &row.kind,  &row.key,  nullptr,         &row.language, &row.title, &row.names,
                                                       &row.tags, &row.place, &row.body, &row.transcript, &row.facets,   nullptr};
  const std::array<std::int64_t*, columns.size()> numbers{&row.id, nullptr, nullptr, &row.event, nullptr, nullptr,  nullptr,
                                                          nullptr, nullptr, nullptr, nullptr,    nullptr, &row.date};
  return tx.each(sql::search::list_documents, columns, {}, [&](std::span<const db::Value> values) -> Result<void> {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (texts[i] != nullptr) {
        if (const auto* found = std::get_if<std::string>(&values[i])) *texts[i] = *found;
      } else if (const auto* found = std::get_if<std::int64_t>(&values[i])) {
        *numbers[i] = *found;
      }
    }
    use(row);
    return {};
  });
}

namespace {

/// Calls `ask` with pieces of so many ids, filled up with 0, which no row has.
template <std::size_t Size, class Ask>
Result<void> in_pieces(std::span<const std::int64_t> ids, Ask ask) {
  for (std::size_t at = 0; at < ids.size(); at += Size) {
    std::array<std::int64_t, Size> piece{};
    std::ranges::copy(ids.subspan(at, std::min(Size, ids.size() - at)), piece.begin());
    TRY(ask(piece));
  }
  return {};
}

}  // namespace

Result<std::vector<Row>> list_documents(db::Tx& tx, std::span<const std::int64_t> ids) {
  std::vector<Row> out;
  TRY(in_pieces<16>(ids, [&](const std::array<std::int64_t, 16>& piece) -> Result<void> {
    TRY_ASSIGN(auto rows, std::apply([&](const auto&... id) { return tx.all<RowOfTable>(sql::search::list_some_documents, id...); }, piece));
    for (RowOfTable& row : rows) out.push_back(std::move(row));
    return {};
  }));
  return out;
}

Result<std::vector<Shown>> list_shown(db::Tx& tx, std::span<const std::int64_t> ids) {
  using Columns = std::tuple<std::int64_t, std::string, std::string>;
  std::vector<Shown> out;
  TRY(in_pieces<10>(ids, [&](const std::array<std::int64_t, 10>& piece) -> Result<void> {
    TRY_ASSIGN(auto rows, std::apply([&](const auto&... id) { return tx.all<Columns>(sql::search::list_shown, id...); }, piece));
    for (auto& [id, title, body] : rows) out.push_back({id, std::move(title), std::move(body)});
    return {};
  }));
  return out;
}

Result<std::int64_t> read_version(db::Tx& tx) { return tx.one<std::int64_t>(sql::search::read_version); }

Result<std::optional<std::vector<std::int64_t>>> changes_between(db::Tx& tx, std::int64_t from, std::int64_t to) {
  using Change = std::tuple<std::int64_t, std::string>;
  std::optional<std::vector<std::int64_t>> none;
  if (to - from > versions_kept) return none;
  TRY_ASSIGN(const auto changes, tx.all<Change>(sql::search::changes_after, from, to));
  if (std::ssize(changes) != to - from) return none;
  std::vector<std::int64_t> ids;
  for (const auto& [version, documents] : changes) {
    if (documents == "*") return none;
    for (const auto part : split(documents, ' ')) {
      std::int64_t id = 0;
      std::from_chars(part.data(), part.data() + part.size(), id);
      ids.push_back(id);
    }
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.size() > most_changes) return none;
  return ids;
}

bool has_changes(db::Tx& tx) { return tx.kept("search") != nullptr; }

}  // namespace confer::search
