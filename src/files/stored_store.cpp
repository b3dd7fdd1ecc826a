// The SQL of what lies in a store elsewhere (stored_store.h).
#include "files/stored_store.h"

#include <tuple>

#include "files/sql.h"

namespace confer::files::stored {
namespace {

namespace sql = confer::sql::files;

struct StoredRow {
  std::string hash;
  std::int64_t size_bytes = 0;
  State state = State::coming;
  std::string upload_id;
  Instant changed_at{};
  std::optional<Instant> verified_at;
  auto columns() { return std::tie(hash, size_bytes, state, upload_id, changed_at, verified_at); }
  Row plain() && {
    return {.hash = std::move(hash),
            .size_bytes = static_cast<std::uint64_t>(size_bytes),
            .state = state,
            .upload_id = std::move(upload_id),
            .changed_at = changed_at,
            .verified_at = verified_at};
  }
};

}  // namespace

Result<std::optional<Row>> find(db::Tx& tx, std::string_view hash) {
  TRY_ASSIGN(auto row, tx.find<StoredRow>(sql::find_stored_file, hash));
  if (!row) return std::nullopt;
  return std::move(*row).plain();
}

Result<std::vector<Row>> list(db::Tx& tx) {
  TRY_ASSIGN(auto rows, tx.all<StoredRow>(sql::list_stored_files));
  std::vector<Row> all;
  all.reserve(rows.size());
  for (auto& row : rows) all.push_back(std::move(row).plain());
  return all;
}

Result<bool> put(db::Tx& tx, std::string_view hash, std::uint64_t size_bytes) {
  TRY_ASSIGN(const auto changed, tx.run(sql::put_stored_file, hash, static_cast<std::int64_t>(size_bytes), tx.now()));
  return changed == 1;
}

Result<void> set_upload(db::Tx& tx, std::string_view hash, std::string_view upload_id) {
  TRY(tx.run(sql::set_upload, hash, upload_id, tx.now()));
  return {};
}

Result<bool> set_verified(db::Tx& tx, std::string_view hash) {
  TRY_ASSIGN(const auto changed, tx.run(sql::set_verified, hash, tx.now()));
  return changed == 1;
}

Result<bool> set_named(db::Tx& tx, std::string_view hash) {
  TRY_ASSIGN(const auto changed, tx.run(sql::set_named, hash, tx.now()));
  return changed == 1;
}

Result<bool> set_going(db::Tx& tx, const Row& row) {
  TRY_ASSIGN(const auto changed, tx.run(sql::set_going, row.hash, row.state, tx.now(), row.changed_at));
  return changed == 1;
}

Result<void> forget(db::Tx& tx, std::string_view hash) {
  TRY(tx.run(sql::forget_stored_file, hash));
  return {};
}

Result<std::string> mark(db::Tx& tx) {
  TRY_ASSIGN(auto found, tx.find<std::string>(sql::find_mark));
  return std::move(found).value_or(std::string());
}

Result<void> put_mark(db::Tx& tx, std::string_view mark) {
  TRY(tx.run(sql::put_mark, mark));
  return {};
}

}  // namespace confer::files::stored
