// Rows of talks/ and the SQL that reads and writes them.
#pragma once
#include "talks/talks.h"

namespace confer::talks::store {

/// Without credits.
Result<std::vector<Talk>> list_talks(db::Tx& tx, EventId event);
/// By block.
Result<std::vector<Talk>> list_parts(db::Tx& tx, EventId event, bool with_removed);
Result<std::vector<Talk>> parts_of_talk(db::Tx& tx, TalkId block);
Result<std::optional<Talk>> find_talk(db::Tx& tx, std::string_view code);
Result<std::optional<Talk>> find_talk(db::Tx& tx, TalkId id);
Result<std::vector<Talk>> talks_of_person(db::Tx& tx, PersonId person);
Result<TalkId> add(db::Tx& tx, const Talk& talk);
Result<bool> change(db::Tx& tx, const Talk& talk);
Result<bool> set_state(db::Tx& tx, EventId event, TalkId id, State state);
Result<bool> remove(db::Tx& tx, EventId event, TalkId id);
Result<bool> restore(db::Tx& tx, EventId event, TalkId id);
Result<std::optional<TalkId>> find_removed(db::Tx& tx, EventId event, std::string_view code);
Result<std::vector<std::string>> removed_guids(db::Tx& tx, EventId event);
Result<bool> is_code_taken(db::Tx& tx, std::string_view code);
Result<std::vector<std::string>> taken_codes(db::Tx& tx, const std::vector<std::string>& codes);
struct TalkCredit {
  TalkId talk;
  Credit credit;
};
/// By talk, then position.
Result<std::vector<TalkCredit>> credits_of_event(db::Tx& tx, EventId event);
/// Of parts of blocks, removed ones too.
Result<std::vector<TalkCredit>> credits_of_parts(db::Tx& tx, EventId event);
Result<std::vector<Credit>> credits_of_talk(db::Tx& tx, TalkId talk);
Result<void> add_credits(db::Tx& tx, TalkId talk, const std::vector<Credit>& credits);
Result<void> replace_credits(db::Tx& tx, TalkId talk, const std::vector<Credit>& credits);

struct PersonCredit {
  std::string code, title, name, biography, avatar_url;
  CreditRole role{};
};
Result<std::vector<PersonCredit>> credits_of_person(db::Tx& tx, PersonId person);
Result<void> adopt_namesakes(db::Tx& tx, PersonId person);
Result<void> erase_credits(db::Tx& tx, PersonId person);
Result<std::vector<std::string>> talks_with_foreign_track(db::Tx& tx);
Result<std::vector<std::string>> talks_with_foreign_type(db::Tx& tx);
Result<std::vector<std::string>> credits_without_name(db::Tx& tx);

}  // namespace confer::talks::store
