// The SQL behind full.h.
#include "archive/full_store.h"
#include "archive/sql.h"
#include "base/json_fields.h"

namespace confer::archive::store {
namespace {

namespace sql = confer::sql::archive;

struct TextRow : Text {
  auto columns() { return std::tie(talk, guid, abstract, description, origin_url, updated_at, source); }
};
struct TalkTagRow : TalkTag {
  auto columns() { return std::tie(talk, tag.id, tag.slug, tag.name); }
};

}  // namespace

Result<std::vector<Text>> texts_of(db::Tx& tx, std::span<const TalkId> talks) {
  TRY_ASSIGN(const auto rows, tx.all<TextRow>(sql::texts_of_talks, ids_to_json(talks)));
  return std::vector<Text>(rows.begin(), rows.end());
}
Result<std::vector<TalkTag>> tags_of(db::Tx& tx, std::span<const TalkId> talks) {
  TRY_ASSIGN(const auto rows, tx.all<TalkTagRow>(sql::tags_of_talks, ids_to_json(talks)));
  return std::vector<TalkTag>(rows.begin(), rows.end());
}
Result<std::optional<std::string>> code_of_guid(db::Tx& tx, std::string_view guid) { return tx.find<std::string>(sql::code_of_guid, guid); }
Result<std::optional<std::string>> code_of_video(db::Tx& tx, VideoId video) { return tx.find<std::string>(sql::code_of_video, video); }
Result<std::vector<std::string>> watched(db::Tx& tx, Watched order, int year, int limit) {
  return tx.all<std::string>(order == Watched::most ? sql::most_viewed : sql::least_viewed, year, limit);
}

}  // namespace confer::archive::store
