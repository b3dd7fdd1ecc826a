// An archive's record of a talk that was programmed here: the talk gets its recording, and nothing of it changes; what
// the record says stands where the programme says nothing (told_texts).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "archive/imported.h"
#include "archive/store.h"

namespace confer::archive {

/// Whether a talk is of a programme made here, so that an archive's words about it are none of ours.
bool is_programmed(const events::Event& event, const talks::Talk& talk);
/// In a run's changes, instead of what a record said before: the talk had none.
inline constexpr std::string_view had_no_record = "{}";

/// The edition of the series that was programmed here, is public and released, and is the one that the source tells of: of that year, and by its address,
/// acronym or title. Nothing when none or several are.
Result<std::optional<events::Event>> find_programmed(db::Tx& tx, SeriesId series, const ImportedEvent& told);
/// The talk that each record surely means: the only one of that title, or told from others by title and speakers. Indices into `talks`; each is given once.
std::vector<std::optional<std::size_t>> surely_meant(std::span<const talks::Talk* const> talks, std::span<const ImportedTalk* const> records,
                                                     const events::Event& event);
/// Takes away what the record told of the talk's recording, and the record. What was edited here since stays: the fields' names.
Result<std::vector<std::string>> detach(db::Tx& tx, const store::Record& record, const talks::Talk& talk);
/// Of a record that must never be published: its talk goes, or, of one that was programmed here, what the record brought.
Result<void> take_away(db::Tx& tx, EventId event, TalkId talk, std::string_view code);

}  // namespace confer::archive
