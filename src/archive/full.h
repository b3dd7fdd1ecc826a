// Talks with all that feeds and other programs tell of them.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "archive/archive.h"

namespace confer::archive {

/// A talk as lists have it, with its texts, tags and recording.
struct Full : Row {
  std::string guid, abstract, description, origin_url;
  Markup markup = Markup::markdown;
  Instant changed_at{};  ///< the later of its own and its recording's
  std::vector<TagLink> tags;
  recordings::Recording recording;  ///< version 0: nothing is known
};
/// In the order of the rows. Four statements, however many.
Result<std::vector<Full>> with_all(db::Tx& tx, std::vector<Row> rows);

/// The code of the talk that visitors may see under this GUID, or with this video; empty when there is none.
Result<std::string> code_of_guid(db::Tx& tx, std::string_view guid);
Result<std::string> code_of_video(db::Tx& tx, VideoId video);

enum class Watched : unsigned char { most, least };
/// Those that were watched at all, `year` 0: of any year.
Result<std::vector<Row>> list_watched(db::Tx& tx, Watched order, int year, int limit);

}  // namespace confer::archive
