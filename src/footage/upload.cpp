// Where an uploaded file goes (look.h).
#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include "base/text.h"
#include "footage/look.h"

namespace confer::footage {
namespace {

namespace fs = std::filesystem;

Result<void> sync(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!is_synced) return fail(ErrorCode::unavailable, "The file could not be stored: the disk has a problem.", path + ": " + std::strerror(errno));
  return {};
}

/// Never over another file. From another file system by a copy.
Result<void> move_to(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EEXIST) return fail(ErrorCode::conflict, "There is a file of this name already: rename yours, or take the other one off the list and the disk.");
  if (errno != EXDEV && errno != EINVAL && errno != ENOSYS)
    return fail(ErrorCode::unavailable, "The file could not be stored.", to + ": " + std::strerror(errno));
  const std::string part = to + ".part";
  std::error_code problem;
  fs::copy_file(from, part, fs::copy_options::overwrite_existing, problem);
  if (problem) return fail(ErrorCode::unavailable, "The file could not be stored.", part + ": " + problem.message());
  TRY(sync(part));
  fs::rename(part, to, problem);
  if (problem) return fail(ErrorCode::unavailable, "The file could not be stored.", to + ": " + problem.message());
  fs::remove(from, problem);
  return {};
}

std::string folder_name(std::string_view text, std::string_view otherwise) {
  auto slug = slugify(text);
  return slug.empty() ? std::string(otherwise) : slug;
}

}  // namespace

Result<std::string> take_upload(const Places& places, const events::Event& event, const events::Room& room, const Recorder& recorder, std::string_view name,
                                const std::string& from, std::uint64_t size_bytes) {
  constexpr std::size_t longest = 200;
  const std::string tidy = tidy_line(name);
  if (tidy.empty() || tidy.starts_with('.') || tidy.find_first_of("/\\") != std::string::npos || tidy.size() > longest)
    return fail(ErrorCode::invalid, "“" + ellipsis(name, 100) + "” is no name for a file here: at most 200 characters, no slash, no dot in front.");
  if (!is_media_name(tidy))
    return fail(ErrorCode::invalid, "“" + ellipsis(name, 100) + "” is no media file by its name: one ends in .ts, .mkv, .mp4, .mov, .wav or the like.");
  const fs::path folder = fs::path(places.incoming) / event.slug / folder_name(room.code, "room") / folder_name(recorder.name, "recorder");
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) return fail(ErrorCode::unavailable, "The file could not be stored.", folder.string() + ": " + problem.message());
  const std::string to = (folder / tidy).string();
  // The first try may have moved it before something else failed.
  if (!fs::exists(from, problem) && fs::is_regular_file(to, problem) && fs::file_size(to, problem) == size_bytes) return to;
  TRY(move_to(from, to));
  TRY(sync(folder.string()));
  return to;
}

}  // namespace confer::footage
