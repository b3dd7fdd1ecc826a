// Where an uploaded file goes (look.h).
#include <filesystem>
#include "base/text.h"
#include "files/durable.h"
#include "footage/look.h"

namespace confer::footage {
namespace {

namespace fs = std::filesystem;

std::string folder_name(std::string_view text, std::string_view otherwise) {
  auto slug = slugify(text);
  return slug.empty() ? std::string(otherwise) : slug;
}

}  // namespace

Result<std::string> place_of_upload(const Places& places, const events::Event& event, const events::Room& room, const Recorder& recorder,
                                    std::string_view name) {
  constexpr std::size_t longest = 200;
  const std::string tidy = tidy_line(name);
  if (tidy.empty() || tidy.starts_with('.') || tidy.find_first_of("/\\") != std::string::npos || tidy.size() > longest)
    return fail(ErrorCode::invalid, "“" + ellipsis(name, 100) + "” is no name for a file here: at most 200 characters, no slash, no dot in front.");
  TRY(check_media_name(tidy));
  return (fs::path(places.incoming) / event.slug / folder_name(room.code, "room") / folder_name(recorder.name, "recorder") / tidy).string();
}

std::unexpected<Error> name_is_taken() {
  return fail(ErrorCode::conflict, "There is a file of this name already: rename yours, or take the other one off the list and the disk.");
}

Result<std::string> take_upload(const Places& places, const events::Event& event, const events::Room& room, const Recorder& recorder, std::string_view name,
                                const std::string& from, std::uint64_t size_bytes) {
  TRY_ASSIGN(auto to, place_of_upload(places, event, room, recorder, name));
  TRY(files::ensure_folder(files::folder_of(to)));
  std::error_code problem;
  // The first try may have moved it before something else failed.
  if (!fs::exists(from, problem) && fs::is_regular_file(to, problem) && fs::file_size(to, problem) == size_bytes) return to;
  TRY(files::sync_file(from));
  if (auto moved = files::move_durably_new(from, to); !moved) {
    if (moved.error().code == ErrorCode::conflict) return name_is_taken();
    return std::unexpected(std::move(moved).error());
  }
  return to;
}

}  // namespace confer::footage
