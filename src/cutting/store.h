// Rows of cutting/ and the SQL that reads and writes them.
#pragma once
#include "cutting/cards.h"
#include "cutting/cutting.h"
#include "cutting/holders.h"
#include "cutting/programs.h"
#include "cutting/stage.h"

namespace confer::cutting::store {

Result<std::vector<Cut>> cuts_of(db::Tx& tx, EventId event);
/// Of the whole slot.
Result<std::optional<Cut>> find(db::Tx& tx, EventId event, std::int64_t slot);
/// Of one of its parts, by the code of that one's talk.
Result<std::optional<Cut>> find(db::Tx& tx, EventId event, std::int64_t slot, std::string_view part);
Result<std::optional<Cut>> find(db::Tx& tx, CutId id);
Result<std::optional<Cut>> find_published(db::Tx& tx, TalkId talk);
Result<CutId> add(db::Tx& tx, const Cut& cut);
/// All that can change, when it is still of its version; false when it is not.
Result<bool> change(db::Tx& tx, const Cut& cut);
/// What people and other programs were told to be online, and what is published.
struct Shown {
  CutId id;
  std::string published_hash, shown_hash;
};
/// Of a talk's cuts that are, or were.
Result<std::vector<Shown>> shown_of_talk(db::Tx& tx, TalkId talk);
Result<void> set_shown(db::Tx& tx, CutId id, std::string_view hash);
/// Of whatever version.
Result<void> set_problem(db::Tx& tx, CutId id, std::string_view problem);

Result<std::vector<Look>> looks_at(db::Tx& tx, CutId id);
Result<void> add(db::Tx& tx, CutId cut, const Look& look);

Result<std::vector<ReviewLink>> links_of(db::Tx& tx, CutId cut);
Result<std::optional<ReviewLink>> find_link(db::Tx& tx, std::string_view token_hash);
Result<void> add(db::Tx& tx, const ReviewLink& link, std::string_view token_hash);
Result<bool> revoke_link(db::Tx& tx, CutId cut, std::int64_t link);

Result<std::vector<Holder>> holders_of(db::Tx& tx, EventId event);
Result<void> take(db::Tx& tx, CutId cut, PersonId person);
Result<void> let_go(db::Tx& tx, CutId cut);

/// By slot.
Result<std::vector<StageMarks>> stage_marks_of(db::Tx& tx, EventId event);
Result<void> put_stage_marks(db::Tx& tx, EventId event, const StageMarks& marks);

Result<std::optional<Settings>> settings_of(db::Tx& tx, EventId event);
Result<void> add(db::Tx& tx, EventId event, const Settings& settings);
Result<bool> change(db::Tx& tx, EventId event, const Settings& settings);

/// Nothing when the event has none of its own.
Result<std::optional<CardTemplate>> card_template(db::Tx& tx, EventId event, CardKind kind);
Result<void> put_card_template(db::Tx& tx, EventId event, CardKind kind, std::string_view svg);
Result<void> remove_card_template(db::Tx& tx, EventId event, CardKind kind);

/// A file that was made of a published one.
struct MadeFile {
  std::string name, hash;
  std::string told;  ///< what it says, of a small text that pages are drawn from
};
Result<std::vector<MadeFile>> files_of(db::Tx& tx, CutId cut, std::string_view source_hash, media::Profile profile);
Result<void> add(db::Tx& tx, CutId cut, std::string_view source_hash, media::Profile profile, const MadeFile& file);
/// The same of what was made beside a preview, by the preview's hash.
Result<std::vector<MadeFile>> files_beside(db::Tx& tx, CutId cut, std::string_view preview_hash);
Result<void> add_beside(db::Tx& tx, CutId cut, std::string_view preview_hash, const MadeFile& file);
/// Of all profiles.
Result<std::vector<std::string>> hashes_made_of(db::Tx& tx, CutId cut, std::string_view source_hash);

Result<std::int64_t> add(db::Tx& tx, const Run& run);
/// Newest first.
Result<std::vector<Run>> runs_of(db::Tx& tx, CutId cut);
Result<std::optional<Run>> find_run(db::Tx& tx, std::int64_t id);
/// How it stands now.
Result<void> change(db::Tx& tx, const Run& run);

Result<std::vector<Look>> looks_of_person(db::Tx& tx, PersonId person);
Result<void> forget_person(db::Tx& tx, PersonId person);
Result<std::vector<std::string>> named_hashes(db::Tx& tx);
Result<std::vector<std::string>> cuts_of_foreign_talks(db::Tx& tx);

}  // namespace confer::cutting::store
