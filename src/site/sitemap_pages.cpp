// Addresses for search engines: an index of parts, each with at most as many addresses as a sitemap may have.
#include <charconv>
#include "archive/archive.h"
#include "events/events.h"
#include "html/markdown.h"
#include "html/template.h"
#include "site/archive_pages.h"

namespace confer::site {
namespace {

constexpr std::string_view xml_type = "application/xml; charset=utf-8";
/// The protocol allows 50,000 (sitemaps.org); a part of these is about 2 MB.
constexpr int addresses_a_part = 20'000;

}  // namespace

Result<Made> sitemap_index(const Asked& asked) {
  std::string index = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  const auto list = [&](const std::string& path) { index += "<sitemap><loc>" + html::escape(std::string(asked.base_url()) + path) + "</loc></sitemap>\n"; };
  list("/sitemap-home.xml");
  TRY_ASSIGN(const auto events, events::list_events(asked.tx));
  for (const auto& event : events) {
    if (!event.is_public) continue;
    TRY_ASSIGN(const bool on_demand, is_on_demand(asked.tx, event));
    if (!on_demand) list("/" + event.slug + "/sitemap.xml");
  }
  list("/archive/sitemap.xml");
  for (TalkId after;;) {
    TRY_ASSIGN(const auto some, archive::list_addresses(asked.tx, after, addresses_a_part));
    if (some.empty()) break;
    list("/archive/sitemap/" + std::to_string(after.value) + ".xml");
    after = some.back().id;
  }
  return Made{.content_type = std::string(xml_type), .body = index + "</sitemapindex>\n"};
}

Result<Made> archive_sitemap(const Asked& asked) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  const auto list = [&](const std::string& path, std::string_view changed) {
    out += "<url><loc>" + html::escape(std::string(asked.base_url()) + path) + "</loc>";
    if (!changed.empty()) out.append("<lastmod>").append(changed).append("</lastmod>");
    out += "</url>\n";
  };
  const auto named = asked.request.route.find("after");
  if (named == asked.request.route.end()) {
    // Everything but talks.
    for (const std::string path : {"/archive", "/archive/series", "/archive/speakers", "/archive/tags"}) list(path, {});
    TRY_ASSIGN(const auto series, archive::count_series(asked.tx));
    for (const auto& one : series) list("/archive/series/" + one.slug, {});
    TRY_ASSIGN(const auto years, archive::count_years(asked.tx));
    for (const auto& year : years)
      if (year.year != 0) list("/archive/years/" + std::to_string(year.year), {});
    TRY_ASSIGN(const auto events, archive::count_events(asked.tx));
    for (const auto& event : events) list("/" + event.slug, {});
    return Made{.content_type = std::string(xml_type), .body = out + "</urlset>\n"};
  }
  std::int64_t after = -1;
  const auto& text = named->second;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), after);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || after < 0) return fail(ErrorCode::not_found, "There is no such page.");
  TRY_ASSIGN(const auto some, archive::list_addresses(asked.tx, TalkId{after}, addresses_a_part));
  if (some.empty()) return fail(ErrorCode::not_found, "There is no such page.");
  for (const auto& address : some) list(address.path, to_text(Instant(std::chrono::floor<std::chrono::seconds>(address.changed_at))));
  return Made{.content_type = std::string(xml_type), .body = out + "</urlset>\n"};
}

}  // namespace confer::site
