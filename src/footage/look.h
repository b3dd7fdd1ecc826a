// Looking at files where they lie: what is there, what is in it, and whether it still grows.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include "footage/footage.h"
#include "media/probe.h"

namespace confer::footage {

/// `media::probe`; a test has its own.
using Probe = std::function<Result<media::Probed>(const std::string&)>;

struct Found {
  std::string path;  ///< absolute
  std::uint64_t size_bytes = 0;
  Instant modified_at{};
};
/// What a look found out.
struct Looked {
  Found found;
  FileState state = FileState::whole;
  std::optional<milliseconds> length;
  std::string probed, reason;
  bool was_registered = false;  ///< before the look
};

/// By its ending: "talk.mkv".
bool is_media_name(std::string_view name);
/// Errors: invalid – it is none.
Result<void> check_media_name(std::string_view name);
/// Errors: not_found; invalid – a folder, or not a media file by its name.
Result<Found> find_file(const std::string& path);
/// The media files in a folder and below it, by path. Hidden ones are left out, and symbolic links are not followed. Errors: not_found – no such folder;
/// unavailable – it cannot be read.
Result<std::vector<Found>> find_files(const std::string& folder);

/// A file that changed within so long may still be written to.
inline constexpr std::chrono::seconds still_growing{20};
/// `before` is what is known of it, if anything. No transaction is open meanwhile: the probe starts a process.
Looked look(const Found& found, const std::optional<MediaFile>& before, const Probe& probe, Instant now);
/// Size, time and state say that there is nothing new to find out.
bool is_known(const Found& found, const MediaFile& before);

enum class Kept : unsigned char { added, changed, unchanged };
struct KeptFile {
  MediaFile file;
  Kept how = Kept::added;
};
/// Registers what was looked at, in order. Errors: by right; conflict – another recorder has the path, and which; invalid – a name that is not UTF-8.
Result<std::vector<KeptFile>> keep_files(db::Tx& tx, const Actor& actor, const events::Event& event, const Recorder& recorder,
                                         const std::vector<Looked>& looked);

/// The absolute path of a watched folder. Errors: invalid – it leads out of the root by a symbolic link; not_found – it is not there.
Result<std::string> watched_folder(const Places& places, const Recorder& recorder);

/// One round through all watched folders and all files that grow. Each recorder's files are registered in transactions of their own. `stopping` ends it early.
Result<void> watch(db::Database& db, const Places& places, const Probe& probe, const std::function<bool()>& stopping);
/// One look at every registered file: what vanished is missing, what changed or came back is looked into again. Files of a recorder whose watched folder is not
/// there (a disk that is not mounted) keep their state, here and in `watch`.
Result<void> look_after_files(db::Database& db, const Places& places, const Probe& probe, const std::function<bool()>& stopping);

/// Where an upload of this name goes, below `incoming`. Errors: invalid – a name that is no media file's.
Result<std::string> place_of_upload(const Places& places, const events::Event& event, const events::Room& room, const Recorder& recorder,
                                    std::string_view name);
/// The sentence of a conflict.
std::unexpected<Error> name_is_taken();
/// Moves an uploaded file to its place, synced. The same file again (a retry) is fine. Errors: invalid – a name that is no media file's; conflict –
/// another file of that name is there; unavailable.
Result<std::string> take_upload(const Places& places, const events::Event& event, const events::Room& room, const Recorder& recorder, std::string_view name,
                                const std::string& from, std::uint64_t size_bytes);

}  // namespace confer::footage
