// The ready bytes of one event in one file, so that a start needs no rendering.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include "base/result.h"
#include "http/message.h"

namespace confer::site {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
/// By path.
using ReadyMap = std::unordered_map<std::string, std::shared_ptr<const http::Ready>, TextHash, std::equal_to<>>;

/// Replaces the file. It is a cache: losing it costs one rendering, so it is not synced.
Result<void> write_pack(const std::string& path, std::string_view key, const ReadyMap& documents);
/// Nothing when there is no such file, it was made from other inputs than `key`, or it is damaged.
std::optional<ReadyMap> read_pack(const std::string& path, std::string_view key);

}  // namespace confer::site
