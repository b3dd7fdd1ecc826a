// Rows of talks' texts and tags (full.h).
#pragma once
#include "archive/full.h"

namespace confer::archive::store {

struct Text {
  TalkId talk;
  std::string guid, abstract, description, origin_url;
  Instant updated_at{};
  std::string source;
};
Result<std::vector<Text>> texts_of(db::Tx& tx, std::span<const TalkId> talks);
struct TalkTag {
  TalkId talk;
  TagLink tag;
};
Result<std::vector<TalkTag>> tags_of(db::Tx& tx, std::span<const TalkId> talks);
Result<std::optional<std::string>> code_of_guid(db::Tx& tx, std::string_view guid);
Result<std::optional<std::string>> code_of_video(db::Tx& tx, VideoId video);
Result<std::vector<std::string>> watched(db::Tx& tx, Watched order, int year, int limit);

}  // namespace confer::archive::store
