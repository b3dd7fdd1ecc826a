// The assets' register: read once from the embedded files, then only looked up.
#include "html/assets.h"

#include <fmt/format.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

namespace confer::html {
namespace {

struct Addresses {
  std::map<std::string, Asset, std::less<>> by_path;
  std::map<std::string, const Asset*, std::less<>> by_name;
};

/// Pointers into a register may be kept by callers, so earlier ones stay; there is one per process but in tests.
std::atomic<const Addresses*> shipped{nullptr};

const Addresses* keep(Addresses next) {
  static std::mutex mutex;
  static std::deque<Addresses> kept;
  const std::lock_guard lock(mutex);
  Addresses& last = kept.emplace_back(std::move(next));
  for (const auto& [path, asset] : last.by_path) last.by_name.emplace(asset.name, &asset);
  return &last;
}

std::string_view type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".css", "text/css; charset=utf-8"},   {".js", "text/javascript; charset=utf-8"},     {".svg", "image/svg+xml"}, {".woff2", "font/woff2"},
      {".json", "application/json"},         {".webmanifest", "application/manifest+json"}, {".png", "image/png"},     {".ico", "image/x-icon"},
      {".txt", "text/plain; charset=utf-8"},
  };
  for (const auto& [ending, type] : types)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

}  // namespace

Result<void> use_assets(std::span<const embedded::File> files) {
  Addresses next;
  if (files.empty()) {
    shipped = nullptr;
    return {};
  }
  const embedded::File* manifest = nullptr;
  for (const auto& file : files)
    if (file.path == "manifest.json") manifest = &file;
  if (manifest == nullptr) return fail(ErrorCode::invalid, "The web assets have no manifest.json: build them with web/build.mjs.");
  const auto names = nlohmann::json::parse(manifest->bytes, nullptr, false);
  if (!names.is_object()) return fail(ErrorCode::invalid, "The web assets' manifest.json is not a JSON object.");
  for (const auto& [name, value] : names.items()) {
    const embedded::File* found = nullptr;
    for (const auto& file : files)
      if (value.is_string() && file.path == value.get_ref<const std::string&>()) found = &file;
    if (found == nullptr)
      return fail(ErrorCode::invalid, fmt::format("The web assets' manifest.json names {} for {}, which is not there.", value.dump(), name));
    const auto path = fmt::format("/assets/{}", found->path);
    const auto dash = found->path.rfind('-');
    const auto dot = found->path.rfind('.');
    const auto hash = dash != std::string_view::npos && dot != std::string_view::npos && dot > dash ? found->path.substr(dash + 1, dot - dash - 1) : "";
    next.by_path.emplace(path, Asset{path, name, std::string(hash), type_of(found->path), found->bytes});
  }
  shipped = keep(std::move(next));
  return {};
}

std::string asset_url(std::string_view name) {
  if (shipped.load() == nullptr) return fmt::format("/assets/{}", name);
  const Asset* asset = find_asset_by_name(name);
  ASSERT(asset != nullptr);
  return asset->path;
}

const Asset* find_asset(std::string_view path) {
  const auto* all = shipped.load();
  if (all == nullptr) return nullptr;
  const auto found = all->by_path.find(path);
  return found == all->by_path.end() ? nullptr : &found->second;
}

const Asset* find_asset_by_name(std::string_view name) {
  const auto* all = shipped.load();
  if (all == nullptr) return nullptr;
  const auto found = all->by_name.find(name);
  return found == all->by_name.end() ? nullptr : found->second;
}

std::vector<const Asset*> list_assets() {
  std::vector<const Asset*> result;
  if (const auto* all = shipped.load())
    for (const auto& [name, asset] : all->by_name) result.push_back(asset);
  return result;
}

}  // namespace confer::html
