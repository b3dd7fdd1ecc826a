// Rows of keeping/.
#pragma once
#include "keeping/keeping.h"

namespace confer::keeping::store {

Result<KeeperCaseId> add(db::Tx& tx, const Case& c);
/// Of several decided ones `undo` only says whether there is something: that of a change of many is long.
Result<std::vector<Case>> list(db::Tx& tx, const CaseFilter& filter);
Result<std::map<Kind, Waiting>> count_waiting(db::Tx& tx);
Result<std::vector<std::pair<SpeakerId, SpeakerId>>> list_pairs(db::Tx& tx);
Result<std::int64_t> count_of_talk(db::Tx& tx, TalkId talk);
/// All but pairs of names.
Result<std::int64_t> count_asked(db::Tx& tx);
/// `asked_by` none: by anybody.
Result<std::int64_t> count_of_speaker(db::Tx& tx, Kind kind, SpeakerId speaker, PersonId asked_by);
/// False: somebody has decided it.
Result<bool> decide(db::Tx& tx, const Case& c, State state, PersonId by, std::string_view answer, std::int64_t mail, std::string_view undo);
/// A change of many that was taken back: it is closed, and does not wait again.
Result<void> close_many(db::Tx& tx, KeeperCaseId id, PersonId by);
Result<bool> reopen(db::Tx& tx, KeeperCaseId id, PersonId by);
Result<std::vector<std::int64_t>> mails_to_forget(db::Tx& tx, Instant decided_before);
Result<std::int64_t> forget_answered(db::Tx& tx, Instant decided_before);
Result<std::vector<Case>> cases_of_person(db::Tx& tx, PersonId person);
Result<std::vector<std::int64_t>> mails_of_person(db::Tx& tx, PersonId person);
Result<void> erase_of_person(db::Tx& tx, PersonId person);
/// What was written about the talks where the name is printed, and the pairs with it.
Result<void> forget_name(db::Tx& tx, SpeakerId name);
Result<std::vector<KeeperCaseId>> decided_without_time(db::Tx& tx);

}  // namespace confer::keeping::store
