// A folder of its own in the data directory, beside what is kept for ever (import_files.h).
#include "programme/import_files.h"
#include <sys/stat.h>
#include <memory>
#include <vector>

namespace confer::programme {
namespace {

Result<std::unique_ptr<files::Store>> store_in(const std::string& data_dir) {
  const std::string root = data_dir + "/imports";
  (void)::mkdir(root.c_str(), 0700);  // nobody else looks into it; what goes wrong is told by what follows
  return files::open_folder(root);
}

/// When it was put there.
Instant came_at(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0) return Instant{};
  return Instant{std::chrono::seconds(about.st_mtim.tv_sec) + std::chrono::milliseconds(about.st_mtim.tv_nsec / 1'000'000)};
}

}  // namespace

Result<files::Hash> keep_import_file(const std::string& data_dir, std::string_view bytes) {
  TRY_ASSIGN(const auto store, store_in(data_dir));
  return store->put(bytes);
}

Result<std::string> find_import_file(const std::string& data_dir, const files::Hash& file) {
  TRY_ASSIGN(const auto store, store_in(data_dir));
  if (!store->has(file)) return fail(ErrorCode::not_found, "There is no such file (any more). Please upload it again.");
  return store->get(file);
}

Result<void> forget_import_file(const std::string& data_dir, const files::Hash& file) {
  TRY_ASSIGN(const auto store, store_in(data_dir));
  return store->has(file) ? store->remove(file) : Result<void>{};
}

Result<void> forget_import_files(const std::string& data_dir, Instant before) {
  TRY_ASSIGN(const auto store, store_in(data_dir));
  std::vector<files::Hash> old;
  TRY(store->each([&](const files::Hash& file, std::uint64_t) -> Result<void> {
    TRY_ASSIGN(const auto path, store->path(file));
    if (came_at(path) < before) old.push_back(file);
    return {};
  }));
  for (const auto& file : old) TRY(store->remove(file));
  return {};
}

}  // namespace confer::programme
