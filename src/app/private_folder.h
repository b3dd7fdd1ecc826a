// A folder for parts of a backup: only its owner looks into it, and it does not outlive its use for long, whatever ends the process.
#pragma once
#include <filesystem>
#include <string>
#include "base/result.h"
#include "files/durable.h"

namespace confer::app {

/// Gone with its scope. After a crash or `kill -9`, with the next one that is made beside it: everybody's data is in it.
class PrivateFolder {
 public:
  /// Named `beside` and something random. Folders of the same ending that nobody works in any more are removed first.
  static Result<PrivateFolder> make(const std::string& beside);
  PrivateFolder(PrivateFolder&& other) noexcept;
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  ~PrivateFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  PrivateFolder(std::filesystem::path path, files::Descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::filesystem::path path_;
  files::Descriptor lock_;  ///< of the folder: says that somebody works in it
};

}  // namespace confer::app
