// Stylesheets, scripts, fonts and icons: their addresses with the content's hash, and their bytes.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace confer::html {

/// One file to serve for ever: its address changes with its content, so `Cache-Control: public, max-age=31536000, immutable` is right.
struct Asset {
  std::string path;       ///< "/assets/site-4f3a9c21.css"
  std::string name;       ///< "site.css"
  std::string hash;       ///< of the content, as in the path: a strong ETag
  std::string_view type;  ///< Content-Type
  std::string_view bytes;
};

/// The assets from now on: what web/build.mjs wrote, with its `manifest.json` (name → file). `app` passes `embedded::assets()` before it serves.
/// Errors: invalid – no manifest, or it names a file that is not there.
Result<void> use_assets(std::span<const embedded::File> files);

/// "site.css" → "/assets/site-4f3a9c21.css". Without assets (a library's test) "/assets/site.css"; ASSERTs that a name is known otherwise.
std::string asset_url(std::string_view name);
/// The asset that is served at `path`, or nullptr.
const Asset* find_asset(std::string_view path);
/// By its name: the service worker, which is served at an address of its own ("sw.js"), or a style to inline. nullptr when there is none.
const Asset* find_asset_by_name(std::string_view name);
/// All of them, by name: for the service worker's list.
std::vector<const Asset*> list_assets();

}  // namespace confer::html
