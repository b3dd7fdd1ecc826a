// Where the data shared between projects lies; tests that need it skip where it is absent.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace confer::programme::testing {

/// The folder with schedules/ and pyvideo.tar.zst; empty when there is none. CONFER_SHARED_DATA says where, else it lies beside the repository.
inline std::filesystem::path shared_data() {
  const char* set = std::getenv("CONFER_SHARED_DATA");
  std::filesystem::path path = set ? std::filesystem::path(set) : std::filesystem::path(CONFER_SOURCE_DIR) / "../shared/data";
  return std::filesystem::is_directory(path / "schedules") ? path : std::filesystem::path();
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

/// A new folder, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "confer-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The whole of the public data takes minutes under sanitizers: `script/check` sets CONFER_WHOLE_DATA and reads all of it, other runs an eighth of its events.
inline bool takes_whole_data() { return std::getenv("CONFER_WHOLE_DATA") != nullptr; }
/// By the name of the event's folder, the same ones every time.
inline bool takes_event(std::string_view folder) {
  constexpr unsigned share = 8;
  unsigned sum = 0;
  for (const char c : folder) sum = sum * 31 + static_cast<unsigned char>(c);
  return takes_whole_data() || sum % share == 0;
}

}  // namespace confer::programme::testing

#define CONFER_NEEDS_SHARED_DATA() \
  if (confer::programme::testing::shared_data().empty()) GTEST_SKIP() << "the shared data is not beside the repository"
