// Rows of uploaded files and the SQL that reads and writes them.
#pragma once
#include "talks/files.h"

namespace confer::talks::file_store {

Result<std::vector<StoredFile>> of_talk(db::Tx& tx, TalkId talk);
/// Those that stand in the draft, by talk, then position.
Result<std::vector<StoredFile>> of_event(db::Tx& tx, EventId event);
/// That the person uploaded, or that belong to a talk that credits them.
Result<std::vector<StoredFile>> of_person(db::Tx& tx, PersonId person);
/// Of talks that credit nobody else.
Result<std::vector<StoredFile>> of_person_alone(db::Tx& tx, PersonId person);
Result<std::optional<StoredFile>> find(db::Tx& tx, std::string_view code);
Result<std::optional<EventId>> event_of(db::Tx& tx, TalkId talk);
Result<bool> is_code_taken(db::Tx& tx, std::string_view code);
Result<std::int64_t> next_position(db::Tx& tx, TalkId talk);
Result<TalkFileId> add(db::Tx& tx, const StoredFile& file, std::int64_t position);
Result<void> place(db::Tx& tx, TalkFileId id, std::int64_t position, std::string_view title);
Result<bool> remove(db::Tx& tx, TalkFileId id);
Result<bool> restore(db::Tx& tx, TalkFileId id, std::int64_t position);
Result<bool> erase(db::Tx& tx, TalkFileId id);
Result<void> forget_uploader(db::Tx& tx, PersonId person);
Result<bool> is_named(db::Tx& tx, const files::Hash& hash);
Result<std::vector<std::string>> named_hashes(db::Tx& tx);
/// What writes to a talk's files takes this first: two of them come one after the other.
Result<void> touch_talk(db::Tx& tx, TalkId talk);

}  // namespace confer::talks::file_store
