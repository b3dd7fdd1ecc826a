// The only C++ of footage/ that runs SQL.
#include "footage/store.h"
#include "footage/sql.h"

namespace confer::footage::store {
namespace {

namespace sql = confer::sql::footage;

struct RecorderRow : Recorder {
  std::int64_t offset_ms = 0;
  auto columns() { return std::tie(id, event, room, name, stream, zone, offset_ms, patterns, folder, folder_note, version); }
};
struct FileRow : MediaFile {
  std::optional<std::int64_t> length_ms;
  std::int64_t size = 0;
  auto columns() { return std::tie(id, recorder, path, size, modified_at, told_at, source, doubt, length_ms, probed, state, reason, added_at, looked_at); }
};

struct SampleRow : DiskSample {
  auto columns() { return std::tie(place, at, free_bytes); }
};

struct UnheardRow : store::Unheard {
  auto columns() { return std::tie(file, path, modified_at, room, recorder); }
};
struct SoundRow : store::Sound {
  auto columns() { return std::tie(file, levels); }
};
struct CommonRow : CommonSound {
  std::int64_t lag_ms = 0;
  auto columns() { return std::tie(one, other, lag_ms); }
};

Recorder plain(RecorderRow row) {
  row.offset = milliseconds(row.offset_ms);
  return std::move(static_cast<Recorder&>(row));
}
MediaFile plain(FileRow row) {
  if (row.length_ms) row.length = milliseconds(*row.length_ms);
  row.size_bytes = static_cast<std::uint64_t>(row.size);
  return std::move(static_cast<MediaFile&>(row));
}
CommonSound plain(CommonRow row) {
  row.lag = milliseconds(row.lag_ms);
  return static_cast<CommonSound&>(row);
}
template <class Plain, class Row>
Result<std::vector<Plain>> plain(Result<std::vector<Row>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Plain> out;
  out.reserve(list.size());
  for (auto& row : list) out.push_back(plain(std::move(row)));
  return out;
}
template <class Plain, class Row>
Result<std::optional<Plain>> plain(Result<std::optional<Row>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  return std::optional<Plain>(plain(std::move(*found)));
}

std::optional<std::int64_t> count_of(const std::optional<milliseconds>& length) { return length ? std::optional<std::int64_t>(length->count()) : std::nullopt; }

}  // namespace

Result<std::vector<Recorder>> recorders_of(db::Tx& tx, EventId event) { return plain<Recorder>(tx.all<RecorderRow>(sql::recorders_of_event, event)); }
Result<std::optional<Recorder>> find_recorder(db::Tx& tx, RecorderId id) { return plain<Recorder>(tx.find<RecorderRow>(sql::find_recorder, id)); }
Result<std::vector<Recorder>> recorders_with_folder(db::Tx& tx) { return plain<Recorder>(tx.all<RecorderRow>(sql::recorders_with_folder)); }

Result<RecorderId> add(db::Tx& tx, const Recorder& r) {
  TRY_ASSIGN(const auto id,
             tx.one<std::int64_t>(sql::add_recorder, r.event, r.room, r.name, r.stream, r.zone, r.offset.count(), r.patterns, r.folder, tx.now()));
  return RecorderId{id};
}
Result<bool> change(db::Tx& tx, const Recorder& r) {
  TRY_ASSIGN(const auto rows, tx.run(sql::change_recorder, r.id, r.version, r.room, r.name, r.stream, r.zone, r.offset.count(), r.patterns, r.folder));
  return rows == 1;
}
Result<void> set_folder_note(db::Tx& tx, RecorderId id, std::string_view note) {
  TRY(tx.run(sql::set_folder_note, id, note));
  return {};
}
Result<void> remove(db::Tx& tx, RecorderId id) {
  TRY(tx.run(sql::remove_recorder, id));
  return {};
}

Result<std::vector<MediaFile>> files_of(db::Tx& tx, EventId event) { return plain<MediaFile>(tx.all<FileRow>(sql::files_of_event, event)); }
Result<std::vector<MediaFile>> files_of(db::Tx& tx, RecorderId recorder) { return plain<MediaFile>(tx.all<FileRow>(sql::files_of_recorder, recorder)); }
Result<std::vector<MediaFile>> files_in(db::Tx& tx, FileState state) { return plain<MediaFile>(tx.all<FileRow>(sql::files_in_state, state)); }
Result<std::vector<MediaFile>> list_files(db::Tx& tx, MediaFileId after, int limit) {
  return plain<MediaFile>(tx.all<FileRow>(sql::list_files, after.value, limit));
}
Result<std::optional<MediaFile>> find_file(db::Tx& tx, std::string_view path) { return plain<MediaFile>(tx.find<FileRow>(sql::find_file_by_path, path)); }
Result<std::optional<MediaFile>> find_file(db::Tx& tx, MediaFileId id) { return plain<MediaFile>(tx.find<FileRow>(sql::find_file, id)); }

Result<MediaFileId> add(db::Tx& tx, const MediaFile& f) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_file, f.recorder, f.path, static_cast<std::int64_t>(f.size_bytes), f.modified_at, f.told_at, f.source,
                                                 f.doubt, count_of(f.length), f.probed, f.state, f.reason, tx.now()));
  return MediaFileId{id};
}
Result<void> change(db::Tx& tx, const MediaFile& f) {
  TRY(tx.run(sql::change_file, f.id, static_cast<std::int64_t>(f.size_bytes), f.modified_at, f.told_at, f.source, f.doubt, count_of(f.length), f.probed,
             f.state, f.reason, tx.now()));
  return {};
}
Result<void> remove(db::Tx& tx, MediaFileId id) {
  TRY(tx.run(sql::remove_file, id));
  return {};
}
Result<void> add(db::Tx& tx, const DiskSample& sample) {
  TRY(tx.run(sql::add_disk_sample, sample.place, sample.at, sample.free_bytes));
  return {};
}
Result<std::vector<DiskSample>> disk_samples_since(db::Tx& tx, Instant since) {
  TRY_ASSIGN(auto rows, tx.all<SampleRow>(sql::disk_samples_since, since));
  return std::vector<DiskSample>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<void> forget_disk_samples(db::Tx& tx, Instant before) {
  TRY(tx.run(sql::forget_disk_samples, before));
  return {};
}
Result<std::optional<Unheard>> next_to_hear(db::Tx& tx, int of_each) {
  TRY_ASSIGN(auto row, tx.find<UnheardRow>(sql::next_to_hear, of_each));
  return row ? std::optional<Unheard>(std::move(*row)) : std::nullopt;
}
Result<std::vector<Sound>> sounds_beside(db::Tx& tx, RoomId room, RecorderId recorder) {
  TRY_ASSIGN(auto rows, tx.all<SoundRow>(sql::sounds_beside, room, recorder));
  return std::vector<Sound>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<void> keep_sound(db::Tx& tx, MediaFileId file, Instant modified_at, std::string_view levels) {
  TRY(tx.run(sql::keep_sound, file, modified_at, levels));
  return {};
}
Result<void> forget_common_sounds(db::Tx& tx, MediaFileId file) {
  TRY(tx.run(sql::forget_common_sounds, file));
  return {};
}
Result<void> add(db::Tx& tx, const CommonSound& common) {
  TRY(tx.run(sql::add_common_sound, common.one, common.other, common.lag.count()));
  return {};
}
Result<std::vector<CommonSound>> common_sounds_of(db::Tx& tx, EventId event) {
  return plain<CommonSound>(tx.all<CommonRow>(sql::common_sounds_of_event, event));
}
Result<std::vector<std::string>> recorders_in_foreign_rooms(db::Tx& tx) { return tx.all<std::string>(sql::recorders_in_foreign_rooms); }

}  // namespace confer::footage::store
