// How the archive's pages are kept and answered (archive_pages.h).
#include "site/archive_pages.h"
#include <algorithm>
#include <charconv>
#include <chrono>
#include "archive/archive.h"
#include "base/text.h"
#include "html/template.h"
#include "journal/journal.h"
#include "programme/programme.h"
#include "search/search.h"
#include "site/archive_frame.h"
#include "site/document.h"

namespace confer::site {
namespace {

/// All pages together. 21,000 talks in two languages would take some 300 MB: those that are asked for stay.
constexpr std::size_t most_bytes = 32u << 20;
/// What no fact tells of (a checked link, a day that begins) shows within this time.
constexpr std::chrono::minutes shown_within{10};

std::string language_of(const http::Request& request) {
  for (const auto& language : html::languages())
    if (request.path == "/" + language || request.path.starts_with("/" + language + "/")) return language;
  return html::languages().front();
}

/// The part of a query that pages are made from: anything else would only fill the memory.
std::string key_of(const http::Request& request) {
  std::string key = request.path;
  for (const std::string_view name : {"page", "starts"})
    if (request.query.has(name)) key.append("?").append(name).append("=").append(request.query.get(name));
  return key;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> with_players(std::vector<std::pair<std::string, std::string>> headers, const OtherHosts& hosts) {
  for (auto& [name, value] : headers) {
    if (name != "Content-Security-Policy") continue;
    if (!hosts.frames.empty()) value += "; frame-src " + join(hosts.frames, " ");
    if (hosts.connections.empty()) continue;
    value += "; connect-src 'self' " + join(hosts.connections, " ");
    // A script that reads a stream hands it to the player as a blob.
    value = replace_all(std::move(value), "media-src 'self' https:", "media-src 'self' https: blob:");
  }
  return headers;
}

std::string Asked::prefix() const { return prefix_of(language); }

int Asked::page_number() const {
  constexpr int most = 100'000;
  int number = 1;
  const auto& text = request.query.get("page");
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::clamp(number, 1, most);
}

ArchivePages::ArchivePages(const Web& web, std::vector<std::pair<std::string, std::string>> headers)
    : web_(web), headers_(std::move(headers)), cache_(most_bytes) {}

Result<http::Response> ArchivePages::answer(MakePage make, const http::Request& request) {
  TRY_ASSIGN(auto tx, web_.db.begin_read());
  TRY_ASSIGN(const auto position, journal::last_position(tx));
  // What follows a fact in the archive's lists comes after it, in a transaction of its own.
  TRY_ASSIGN(const auto followed, search::version(tx));
  const std::string stamp = std::to_string(position) + "." + std::to_string(followed) + "." +
                            std::to_string(std::chrono::floor<std::chrono::minutes>(tx.now()).time_since_epoch() / shown_within);
  std::string key = key_of(request);
  if (auto kept = cache_.find(key, stamp)) return http::Response::ready(std::move(kept));
  TRY_ASSIGN(Made made, make({.web = web_, .tx = tx, .request = request, .language = language_of(request)}));
  if (!made.moved_to.empty()) return http::Response::moved(std::move(made.moved_to));
  if (!made.download_name.empty())
    return http::Response::content(std::move(made.content_type), std::move(made.body)).with_cache("no-cache").as_download(std::move(made.download_name));
  auto headers = with_players(headers_, made.hosts);
  if (made.for_all_origins) headers = {{"Access-Control-Allow-Origin", "*"}, {"X-Content-Type-Options", "nosniff"}};
  auto ready = http::make_ready(std::move(made.content_type), std::move(made.body), "no-cache", std::move(headers));
  cache_.put(std::move(key), stamp, ready);
  return http::Response::ready(std::move(ready));
}

Result<bool> is_on_demand(db::Tx& tx, const events::Event& event) {
  if (event.kind != events::EventKind::archived) return false;
  TRY_ASSIGN(const auto releases, programme::list_releases(tx, event));
  return releases.empty();
}

Result<http::Response> old_address(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto target, archive::find_alias(tx, request.path));
  if (!target || target->path == request.path) return fail(ErrorCode::not_found, "There is no such page.");
  return http::Response::moved(std::move(target->path));
}

}  // namespace confer::site
