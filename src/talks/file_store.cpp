// The SQL of uploaded files (file_store.h).
#include "talks/file_store.h"
#include "talks/sql.h"

namespace confer::talks::file_store {
namespace {

namespace sql = confer::sql::talks;

struct Row : StoredFile {
  auto columns() { return std::tie(id, talk, code, title, name, content_type, size_bytes, hash.hex, uploaded_by, created_at, removed_at, erased_at); }
};

Result<std::vector<StoredFile>> plain(Result<std::vector<Row>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  return std::vector<StoredFile>(std::make_move_iterator(list.begin()), std::make_move_iterator(list.end()));
}

Result<bool> changed(Result<std::int64_t> rows) {
  TRY_ASSIGN(const std::int64_t n, std::move(rows));
  return n == 1;
}

}  // namespace

Result<std::vector<StoredFile>> of_talk(db::Tx& tx, TalkId talk) { return plain(tx.all<Row>(sql::files_of_talk, talk)); }
Result<std::vector<StoredFile>> of_event(db::Tx& tx, EventId event) { return plain(tx.all<Row>(sql::files_of_event, event)); }
Result<std::vector<StoredFile>> of_person(db::Tx& tx, PersonId person) { return plain(tx.all<Row>(sql::files_of_person, person)); }
Result<std::vector<StoredFile>> of_person_alone(db::Tx& tx, PersonId person) { return plain(tx.all<Row>(sql::files_of_person_alone, person)); }

Result<std::optional<StoredFile>> find(db::Tx& tx, std::string_view code) {
  TRY_ASSIGN(auto row, tx.find<Row>(sql::find_file, code));
  if (!row) return std::nullopt;
  return std::optional<StoredFile>(std::move(*row));
}

Result<std::optional<EventId>> event_of(db::Tx& tx, TalkId talk) { return tx.find<EventId>(sql::event_of_talk, talk); }

Result<bool> is_code_taken(db::Tx& tx, std::string_view code) {
  TRY_ASSIGN(const auto n, tx.one<std::int64_t>(sql::file_code_is_taken, code));
  return n > 0;
}

Result<std::int64_t> next_position(db::Tx& tx, TalkId talk) { return tx.one<std::int64_t>(sql::next_file_position, talk); }

Result<TalkFileId> add(db::Tx& tx, const StoredFile& f, std::int64_t position) {
  TRY_ASSIGN(const auto id,
             tx.one<std::int64_t>(sql::add_file, f.talk, f.code, position, f.title, f.name, f.content_type, f.size_bytes, f.hash.hex, f.uploaded_by, tx.now()));
  return TalkFileId{id};
}

Result<void> place(db::Tx& tx, TalkFileId id, std::int64_t position, std::string_view title) {
  TRY(tx.run(sql::place_file, id, position, title));
  return {};
}

Result<bool> remove(db::Tx& tx, TalkFileId id) { return changed(tx.run(sql::remove_file, id, tx.now())); }
Result<bool> restore(db::Tx& tx, TalkFileId id, std::int64_t position) { return changed(tx.run(sql::restore_file, id, position)); }
Result<bool> erase(db::Tx& tx, TalkFileId id) { return changed(tx.run(sql::erase_file, id, tx.now())); }

Result<void> forget_uploader(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::forget_uploader, person));
  return {};
}

Result<bool> is_named(db::Tx& tx, const files::Hash& hash) {
  TRY_ASSIGN(const auto n, tx.one<std::int64_t>(sql::hash_is_named, hash.hex));
  return n > 0;
}

Result<std::vector<std::string>> named_hashes(db::Tx& tx) { return tx.all<std::string>(sql::named_hashes); }

Result<void> touch_talk(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::touch_talk, talk, tx.now()));
  return {};
}

}  // namespace confer::talks::file_store
