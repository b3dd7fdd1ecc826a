// Talks with everything (full.h).
#include "archive/full.h"
#include <algorithm>
#include <map>
#include "archive/full_store.h"

namespace confer::archive {

Result<std::vector<Full>> with_all(db::Tx& tx, std::vector<Row> rows) {
  std::vector<TalkId> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows) ids.push_back(row.id);
  if (ids.empty()) return std::vector<Full>{};
  TRY_ASSIGN(auto texts, store::texts_of(tx, ids));
  TRY_ASSIGN(const auto tags, store::tags_of(tx, ids));
  TRY_ASSIGN(auto recordings, recordings::recordings_of(tx, std::span<const TalkId>(ids)));
  std::vector<Full> out;
  std::map<TalkId, std::size_t> places;
  for (auto& row : rows) {
    places.emplace(row.id, out.size());
    Full full;
    static_cast<Row&>(full) = std::move(row);
    out.push_back(std::move(full));
  }
  for (auto& text : texts) {
    auto& full = out[places.at(text.talk)];
    full.guid = std::move(text.guid);
    full.abstract = std::move(text.abstract);
    full.description = std::move(text.description);
    full.origin_url = std::move(text.origin_url);
    full.changed_at = text.updated_at;
    full.markup = markup_of_source(text.source);
  }
  for (const auto& tag : tags) out[places.at(tag.talk)].tags.push_back(tag.tag);
  for (auto& recording : recordings) {
    auto& full = out[places.at(recording.talk)];
    full.changed_at = std::max(full.changed_at, recording.updated_at);
    full.recording = std::move(recording);
  }
  return out;
}

Result<std::string> code_of_guid(db::Tx& tx, std::string_view guid) {
  TRY_ASSIGN(auto code, store::code_of_guid(tx, guid));
  return code.value_or("");
}
Result<std::string> code_of_video(db::Tx& tx, VideoId video) {
  TRY_ASSIGN(auto code, store::code_of_video(tx, video));
  return code.value_or("");
}

Result<std::vector<Row>> list_watched(db::Tx& tx, Watched order, int year, int limit) {
  TRY_ASSIGN(const auto codes, store::watched(tx, order, year, limit));
  return rows_of(tx, codes);
}

}  // namespace confer::archive
