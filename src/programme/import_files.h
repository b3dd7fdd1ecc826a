// Files that were uploaded to be looked at before they are imported. They hold people's data, so they do not stay: not after the import, not after an
// erasure (whoever was in the middle uploads again), and not for longer than a day. They are in no backup.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include "base/result.h"
#include "base/time.h"
#include "files/files.h"

namespace confer::programme {

inline constexpr std::chrono::hours import_file_lifetime{24};

/// On disk when it returns.
Result<files::Hash> keep_import_file(const std::string& data_dir, std::string_view bytes);
/// Errors: not_found – it was imported, erased or forgotten.
Result<std::string> find_import_file(const std::string& data_dir, const files::Hash& file);
Result<void> forget_import_file(const std::string& data_dir, const files::Hash& file);
/// Those that came before `before`.
Result<void> forget_import_files(const std::string& data_dir, Instant before);

}  // namespace confer::programme
