// Resumable uploads: their files and their state.
#include "http/uploads.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"

namespace confer::http {

namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t spare_bytes = 256ULL << 20;  ///< of the disk, for everything else

std::unexpected<Error> disk_failed(std::string_view doing) {
  return fail(ErrorCode::unavailable, "The upload cannot be stored just now. Please try again later.", std::string(doing) + ": " + strerror(errno));
}

Result<void> sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return disk_failed("opening the upload folder");
  const int synced = fsync(descriptor);
  ::close(descriptor);
  if (synced != 0) return disk_failed("syncing the upload folder");
  return {};
}

Result<void> write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return disk_failed("writing an upload");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> write_synced(const std::string& folder, const std::string& path, std::string_view bytes) {
  const std::string next = path + ".new";
  const int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return disk_failed("creating an upload");
  Result<void> written = write_all(descriptor, bytes);
  if (written && fsync(descriptor) != 0) written = disk_failed("syncing an upload");
  ::close(descriptor);
  TRY(written);
  if (rename(next.c_str(), path.c_str()) != 0) return disk_failed("renaming an upload");
  return sync_folder(folder);
}

/// Who may write to one upload just now: the sink that was made last.
struct Turn {
  std::mutex mutex;
  std::uint64_t number = 0;
};

class UploadSink final : public BodySink {
 public:
  UploadSink(int descriptor, std::uint64_t left, std::shared_ptr<Turn> turn, std::uint64_t number)
      : descriptor_(descriptor), left_(left), turn_(std::move(turn)), number_(number) {}
  ~UploadSink() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Result<void> write(std::string_view piece) override {
    const std::lock_guard lock(turn_->mutex);
    if (turn_->number != number_) return fail(ErrorCode::conflict, "The upload goes on by another connection.");
    if (piece.size() > left_) return fail(ErrorCode::invalid, "More bytes came than the upload was announced with.");
    TRY(write_all(descriptor_, piece));
    left_ -= piece.size();
    return {};
  }
  Result<void> end(bool) override {
    const int synced = fdatasync(descriptor_);
    ::close(descriptor_);
    descriptor_ = -1;
    if (synced != 0) return disk_failed("syncing an upload");
    return {};
  }

 private:
  int descriptor_;
  std::uint64_t left_;
  std::shared_ptr<Turn> turn_;
  std::uint64_t number_;
};

}  // namespace

struct ResumableUploads::Impl {
  struct Entry {
    UploadState state;  ///< without offset and expires: the file knows
    Instant touched{};
    std::shared_ptr<Turn> turn = std::make_shared<Turn>();
  };
  UploadRules rules;
  mutable std::mutex mutex;
  std::map<std::string, Entry, std::less<>> entries;

  std::string info_path(std::string_view id) const { return rules.folder + "/" + std::string(id) + ".info"; }
  std::string part_path(std::string_view id) const { return rules.folder + "/" + std::string(id) + ".part"; }

  Result<void> write_info(const UploadState& state) const {
    const nlohmann::json info{{"owner", state.owner},       {"length", state.length}, {"file_name", state.file_name}, {"content_type", state.content_type},
                              {"finished", state.finished}, {"title", state.title}};
    return write_synced(rules.folder, info_path(state.id), info.dump());
  }

  UploadState with_offset(const Entry& entry) const {
    UploadState state = entry.state;
    state.path = part_path(state.id);
    state.expires = entry.touched + rules.lifetime;
    struct stat about{};
    if (state.finished)
      state.offset = state.length;
    else if (stat(state.path.c_str(), &about) == 0)
      state.offset = static_cast<std::uint64_t>(about.st_size);
    return state;
  }

  Result<std::map<std::string, Entry, std::less<>>::iterator> entry_of(std::string_view id, std::string_view owner) {
    const auto found = entries.find(id);
    if (found == entries.end() || found->second.state.owner != owner) return fail(ErrorCode::not_found, "There is no such upload.");
    if (found->second.touched + rules.lifetime <= rules.clock->now()) return fail(ErrorCode::gone, "This upload has expired. Please start it again.");
    return found;
  }

  void forget_files(std::string_view id) const {
    unlink(part_path(id).c_str());
    unlink(info_path(id).c_str());
  }

  void load() {
    for (const fs::directory_entry& file : fs::directory_iterator(rules.folder)) {
      if (file.path().extension() != ".info") continue;
      std::ifstream in(file.path());
      const nlohmann::json info = nlohmann::json::parse(in, nullptr, false);
      Entry entry;
      entry.state.id = file.path().stem();
      if (info.is_discarded() || !info.is_object()) {
        log(LogTopic::http, LogLevel::warning, "upload's state cannot be read", {{"upload", entry.state.id}});
        continue;
      }
      entry.state.owner = info.value("owner", "");
      entry.state.length = info.value("length", std::uint64_t{0});
      entry.state.file_name = info.value("file_name", "");
      entry.state.content_type = info.value("content_type", "");
      entry.state.title = info.value("title", "");
      entry.state.finished = info.value("finished", false);
      struct stat about{};
      if (stat(part_path(entry.state.id).c_str(), &about) != 0 && stat(file.path().c_str(), &about) != 0) continue;
      entry.touched = Instant{std::chrono::seconds{about.st_mtim.tv_sec}};
      entries.emplace(entry.state.id, std::move(entry));
    }
  }
};

ResumableUploads::ResumableUploads(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResumableUploads::~ResumableUploads() = default;
const UploadRules& ResumableUploads::rules() const { return impl_->rules; }

Result<std::unique_ptr<ResumableUploads>> ResumableUploads::open(UploadRules rules) {
  auto impl = std::make_unique<Impl>();
  impl->rules = std::move(rules);
  try {
    fs::create_directories(impl->rules.folder);
    impl->load();
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::unavailable, "The folder for uploads cannot be used: " + impl->rules.folder + ".", thrown.what());
  }
  return std::unique_ptr<ResumableUploads>(new ResumableUploads(std::move(impl)));
}

Result<UploadState> ResumableUploads::create(std::string_view owner, std::uint64_t length, std::string_view file_name, std::string_view content_type,
                                             std::string_view title) {
  TRY(check_text(title, "title", 1024));
  TRY(check_text(file_name, "file name", 1024));
  TRY(check_text(content_type, "content type", 256));
  if (length > impl_->rules.max_bytes)
    return fail(ErrorCode::invalid, "The file is too large: at most " + std::to_string(impl_->rules.max_bytes >> 20) + " MiB are taken.");
  struct statvfs disk{};
  if (statvfs(impl_->rules.folder.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < length + spare_bytes)
    return fail(ErrorCode::unavailable, "There is not enough space for this file.", "the disk of the upload folder is nearly full");
  const std::lock_guard lock(impl_->mutex);
  std::size_t open_ones = 0;
  for (const auto& [id, entry] : impl_->entries)
    if (entry.state.owner == owner && !entry.state.finished) ++open_ones;
  if (open_ones >= impl_->rules.most_open_per_owner)
    return fail(ErrorCode::conflict, "Too many uploads are unfinished (" + std::to_string(open_ones) + "). Please finish or cancel one of them.");
  Impl::Entry entry;
  entry.state.id = random_token();
  entry.state.owner = owner;
  entry.state.length = length;
  entry.state.file_name = file_name;
  entry.state.content_type = content_type;
  entry.state.title = title;
  entry.touched = impl_->rules.clock->now();
  const int part = ::open(impl_->part_path(entry.state.id).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (part < 0) return disk_failed("creating an upload");
  ::close(part);
  TRY(impl_->write_info(entry.state));  // syncs the folder, too
  const UploadState state = impl_->with_offset(entry);
  impl_->entries.emplace(state.id, std::move(entry));
  return state;
}

Result<UploadState> ResumableUploads::find(std::string_view id, std::string_view owner) const {
  const std::lock_guard lock(impl_->mutex);
  TRY_ASSIGN(const auto entry, impl_->entry_of(id, owner));
  return impl_->with_offset(entry->second);
}

Result<std::unique_ptr<BodySink>> ResumableUploads::append(std::string_view id, std::string_view owner, std::uint64_t offset) {
  const std::lock_guard lock(impl_->mutex);
  TRY_ASSIGN(const auto entry, impl_->entry_of(id, owner));
  if (entry->second.state.finished) return fail(ErrorCode::conflict, "This upload is finished.");
  const std::shared_ptr<Turn> turn = entry->second.turn;
  const std::lock_guard turn_lock(turn->mutex);
  const UploadState state = impl_->with_offset(entry->second);
  if (offset != state.offset) return fail(ErrorCode::conflict, "The upload stands at byte " + std::to_string(state.offset) + ".");
  const int descriptor = ::open(state.path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor < 0) return disk_failed("opening an upload");
  entry->second.touched = impl_->rules.clock->now();
  return std::make_unique<UploadSink>(descriptor, state.length - state.offset, turn, ++turn->number);
}

Result<void> ResumableUploads::finish(std::string_view id, std::string_view owner) {
  const std::lock_guard lock(impl_->mutex);
  TRY_ASSIGN(const auto entry, impl_->entry_of(id, owner));
  entry->second.state.finished = true;
  TRY(impl_->write_info(entry->second.state));
  unlink(impl_->part_path(id).c_str());
  return {};
}

Result<void> ResumableUploads::remove(std::string_view id, std::string_view owner) {
  const std::lock_guard lock(impl_->mutex);
  TRY_ASSIGN(const auto entry, impl_->entry_of(id, owner));
  impl_->forget_files(id);
  impl_->entries.erase(entry);
  return sync_folder(impl_->rules.folder);
}

std::size_t ResumableUploads::remove_expired() {
  const std::lock_guard lock(impl_->mutex);
  const Instant now = impl_->rules.clock->now();
  return std::erase_if(impl_->entries, [&](const auto& entry) {
    if (entry.second.touched + impl_->rules.lifetime > now) return false;
    impl_->forget_files(entry.first);
    return true;
  });
}

}  // namespace confer::http
