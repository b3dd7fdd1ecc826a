// Rows of footage/ and the SQL that reads and writes them.
#pragma once
#include "footage/disk.h"
#include "footage/footage.h"

namespace confer::footage::store {

Result<std::vector<Recorder>> recorders_of(db::Tx& tx, EventId event);
Result<std::optional<Recorder>> find_recorder(db::Tx& tx, RecorderId id);
Result<std::vector<Recorder>> recorders_with_folder(db::Tx& tx);
Result<RecorderId> add(db::Tx& tx, const Recorder& recorder);
Result<bool> change(db::Tx& tx, const Recorder& recorder);  ///< of its version
Result<void> set_folder_note(db::Tx& tx, RecorderId id, std::string_view note);
Result<void> remove(db::Tx& tx, RecorderId id);

Result<std::vector<MediaFile>> files_of(db::Tx& tx, EventId event);
Result<std::vector<MediaFile>> files_of(db::Tx& tx, RecorderId recorder);
Result<std::vector<MediaFile>> files_in(db::Tx& tx, FileState state);
Result<std::vector<MediaFile>> list_files(db::Tx& tx, MediaFileId after, int limit);
Result<std::optional<MediaFile>> find_file(db::Tx& tx, std::string_view path);
Result<std::optional<MediaFile>> find_file(db::Tx& tx, MediaFileId id);
Result<MediaFileId> add(db::Tx& tx, const MediaFile& file);
/// All but recorder, path and `added_at`.
Result<void> change(db::Tx& tx, const MediaFile& file);
Result<void> remove(db::Tx& tx, MediaFileId id);
Result<void> add(db::Tx& tx, const DiskSample& sample);
Result<std::vector<DiskSample>> disk_samples_since(db::Tx& tx, Instant since);  ///< in the order of place and time
Result<void> forget_disk_samples(db::Tx& tx, Instant before);

struct Unheard {
  MediaFileId file;
  std::string path;
  Instant modified_at{};
  RoomId room;
  RecorderId recorder;
};
struct Sound {
  MediaFileId file;
  std::string levels;  ///< media::to_text
};
/// Of the first `of_each` whole files of a recorder, in a room that others record too.
Result<std::optional<Unheard>> next_to_hear(db::Tx& tx, int of_each);
Result<std::vector<Sound>> sounds_beside(db::Tx& tx, RoomId room, RecorderId recorder);  ///< of the room's other recorders
/// Nothing when the file was changed or taken away meanwhile.
Result<void> keep_sound(db::Tx& tx, MediaFileId file, Instant modified_at, std::string_view levels);
Result<void> forget_common_sounds(db::Tx& tx, MediaFileId file);
Result<void> add(db::Tx& tx, const CommonSound& common);
Result<std::vector<CommonSound>> common_sounds_of(db::Tx& tx, EventId event);
Result<std::vector<std::string>> recorders_in_foreign_rooms(db::Tx& tx);

}  // namespace confer::footage::store
