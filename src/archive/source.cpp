// Folders and packed archives as files in memory (source.h).
#include "archive/source.h"
#include <archive.h>
#include <archive_entry.h>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <numeric>
#include <utility>
#include "base/text.h"
#include "files/files.h"

namespace confer::archive {
namespace {

namespace fs = std::filesystem;

/// The largest record of the public data has 16 KB; a saved answer of voctoweb lists a whole conference.
constexpr std::size_t most_file_bytes = 32UL << 20;
constexpr std::size_t most_bytes = 2UL << 30;
constexpr std::size_t most_files = 2'000'000;

class Collected {
 public:
  Result<void> add(std::string path, std::string bytes, std::string problem = {}) {
    total_ += bytes.size();
    if (total_ > most_bytes || files_.size() >= most_files)
      return fail(ErrorCode::invalid, "This is too much for one import: more than 2 GB, or two million files.");
    files_.push_back({std::move(path), std::move(bytes), std::move(problem)});
    return {};
  }
  std::size_t size() const { return files_.size(); }
  std::vector<SourceFile> take() {
    std::vector<std::size_t> order(files_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair<std::string_view, std::size_t>(files_[i].path, i); });
    // A path twice in a packed archive: the later entry is the newer.
    std::vector<SourceFile> out;
    for (const std::size_t i : order) {
      if (!out.empty() && out.back().path == files_[i].path) out.pop_back();
      out.push_back(std::move(files_[i]));
    }
    return out;
  }

 private:
  std::vector<SourceFile> files_;
  std::size_t total_ = 0;
};

bool is_wanted(std::string_view path) { return ascii_lower(path).ends_with(".json"); }

std::string too_large() { return "The file is larger than 32 MB; it was left out."; }

Result<void> read_folder(const std::string& root, const Progress& progress, Collected& files) {
  std::error_code problem;
  for (auto it = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, problem);
       !problem && it != fs::recursive_directory_iterator(); it.increment(problem)) {
    std::error_code ignored;
    if (it->is_symlink(ignored) || !it->is_regular_file(ignored) || !is_wanted(it->path().native())) continue;
    // Names may be of any encoding; in reports and addresses they are text.
    std::string path = repair_utf8(it->path().lexically_relative(root).generic_string());
    if (it->file_size(ignored) > most_file_bytes) {
      TRY(files.add(std::move(path), "", too_large()));
      continue;
    }
    auto bytes = files::read_file(it->path().string(), most_file_bytes);
    std::string why = bytes ? "" : bytes.error().message;
    TRY(files.add(std::move(path), bytes ? *std::move(bytes) : "", std::move(why)));
    if (progress) progress("files read", static_cast<std::int64_t>(files.size()), 0);
  }
  if (problem) return fail(ErrorCode::invalid, root + " cannot be read: " + problem.message() + ".");
  return {};
}

std::unexpected<Error> unreadable(struct ::archive* a, const std::string& path) {
  const char* why = archive_error_string(a);
  return fail(ErrorCode::invalid, path + " cannot be read as an archive" + (why != nullptr ? ": " + std::string(why) : "") + ".");
}

Result<void> read_packed(const std::string& path, const Progress& progress, Collected& files) {
  const std::unique_ptr<struct ::archive, decltype(&archive_read_free)> a(archive_read_new(), &archive_read_free);
  archive_read_support_filter_all(a.get());
  archive_read_support_format_tar(a.get());
  archive_read_support_format_zip(a.get());
  constexpr std::size_t block = 1 << 18;
  if (archive_read_open_filename(a.get(), path.c_str(), block) != ARCHIVE_OK) return unreadable(a.get(), path);
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(a.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG || !is_wanted(name)) continue;
    std::string inside = repair_utf8(name);
    while (inside.starts_with("./")) inside.erase(0, 2);
    std::string bytes(1 << 14, '\0');
    std::size_t size = 0;
    bool fits = true;
    for (;;) {
      const auto got = archive_read_data(a.get(), bytes.data() + size, bytes.size() - size);
      if (got < 0) return unreadable(a.get(), path);
      if (got == 0) break;
      size += static_cast<std::size_t>(got);
      if (size > most_file_bytes) {
        fits = false;
        break;
      }
      if (size == bytes.size()) bytes.resize(bytes.size() * 2);
    }
    if (fits)
      TRY(files.add(std::move(inside), bytes.substr(0, size)));
    else
      TRY(files.add(std::move(inside), "", too_large()));
    if (progress) progress("files read", static_cast<std::int64_t>(files.size()), 0);
  }
  if (status != ARCHIVE_EOF) return unreadable(a.get(), path);
  return {};
}

}  // namespace

Result<std::vector<SourceFile>> read_source(const std::string& path, const Progress& progress) {
  Collected files;
  std::error_code problem;
  if (fs::is_directory(path, problem))
    TRY(read_folder(path, progress, files));
  else if (fs::is_regular_file(path, problem))
    TRY(read_packed(path, progress, files));
  else
    return fail(ErrorCode::invalid, "There is no folder or file " + path + ".");
  if (files.size() == 0) return fail(ErrorCode::invalid, path + " holds no .json file.");
  return files.take();
}

}  // namespace confer::archive
