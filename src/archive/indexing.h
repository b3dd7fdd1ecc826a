// Brings what visitors find in line with talks: names and tags with their addresses, the rows that lists filter by, search documents.
#pragma once
#include <span>
#include "archive/archive.h"

namespace confer::archive {

/// A talk that visitors may see, as the index needs it.
struct ShownTalk {
  const talks::Talk* talk = nullptr;
  const recordings::Recording* recording = nullptr;  ///< nullptr: nothing is known
  std::optional<Date> day;                           ///< of its slot, when the recording knows none
  seconds length{};                                  ///< likewise
  bool is_new = false;                               ///< nothing of it is indexed yet
  const std::string* searched = nullptr;             ///< its `searched_text`, where that is known already
};
/// What is searched of a talk's abstract and description: without marks.
std::string searched_text(const talks::Talk& talk, Markup markup);
/// In a handful of statements for all names and tags, and a few for each talk. `series_title` is put into the search documents.
Result<void> index_talks(db::Tx& tx, const events::Event& event, std::string_view series_title, std::span<const ShownTalk> shown, Markup markup);
Result<void> unindex_talk(db::Tx& tx, TalkId talk, std::string_view code);

}  // namespace confer::archive
