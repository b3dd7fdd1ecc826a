// The archive's pages: made when somebody asks, kept in memory while they are true. Nothing is made at a start.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "db/database.h"
#include "events/events.h"
#include "http/message.h"
#include "people/web.h"
#include "site/document.h"
#include "site/page_cache.h"

namespace confer::site {

/// What a page is made from.
struct Asked {
  const Web& web;
  db::Tx& tx;
  const http::Request& request;
  std::string language;

  std::string_view base_url() const { return web.sign_in.base_url; }
  /// "" for the first language, else "/de".
  std::string prefix() const;
  /// Of `?page=`, from 1. What is no number is the first page.
  int page_number() const;
};
/// What comes of it.
struct Made {
  std::string content_type = "text/html; charset=utf-8", body;
  std::string moved_to;       ///< a path: what was asked for lives there
  std::string download_name;  ///< a file to be kept, not shown
  OtherHosts hosts;
  bool for_all_origins = false;
};
using MakePage = Result<Made> (*)(const Asked& asked);

/// Lives as long as the server. Thread-safe.
class ArchivePages {
 public:
  /// `headers` go with every page, as with RenderedSite's.
  ArchivePages(const Web& web, std::vector<std::pair<std::string, std::string>> headers);
  /// The page from memory, or made now.
  Result<http::Response> answer(MakePage make, const http::Request& request);
  PageCache::Numbers numbers() const { return cache_.numbers(); }

 private:
  const Web& web_;
  const std::vector<std::pair<std::string, std::string>> headers_;
  PageCache cache_;
};

// ---- the archive, each in every language
Result<Made> archive_home(const Asked& asked);         ///< GET /archive
Result<Made> archive_series_list(const Asked& asked);  ///< GET /archive/series
Result<Made> archive_series(const Asked& asked);       ///< GET /archive/series/{name}
Result<Made> archive_speakers(const Asked& asked);     ///< GET /archive/speakers?starts=
Result<Made> archive_speaker(const Asked& asked);      ///< GET /archive/speakers/{name}
Result<Made> archive_tags(const Asked& asked);         ///< GET /archive/tags
Result<Made> archive_tag(const Asked& asked);          ///< GET /archive/tags/{name}
Result<Made> archive_language(const Asked& asked);     ///< GET /archive/languages/{name}
Result<Made> archive_years(const Asked& asked);        ///< GET /archive/years
Result<Made> archive_year(const Asked& asked);         ///< GET /archive/years/{year}
// ---- events that are only archived, and their talks
Result<Made> archived_event_page(const Asked& asked);  ///< GET /{event}, /{event}/theme.css, /{event}/pages/{page}, /{event}/speakers…
Result<Made> archived_talk(const Asked& asked);        ///< GET /{event}/talks/{code}-{slug}
Result<Made> talk_citation(const Asked& asked);        ///< GET /{event}/talks/{code}/cite.bib
// ---- for search engines
Result<Made> sitemap_index(const Asked& asked);    ///< GET /sitemap.xml
Result<Made> archive_sitemap(const Asked& asked);  ///< GET /archive/sitemap.xml; /archive/sitemap/{after}.xml: talks after this id
// ---- not kept
Result<http::Response> archive_search(const Web& web, http::Request& request);           ///< GET /archive/search
Result<http::Response> archive_search_as_typed(const Web& web, http::Request& request);  ///< GET /archive/search.json?q=&at=
Result<http::Response> archive_surprise(const Web& web, http::Request& request);         ///< GET /archive/surprise
Result<http::Response> captions_file(const Web& web, http::Request& request);            ///< GET /{event}/talks/{code}/captions/{language}.vtt
Result<http::Response> own_video_file(const Web& web, http::Request& request);           ///< GET /{event}/talks/{code}/videos/{video}
Result<http::Response> own_video_part(const Web& web, http::Request& request);           ///< GET /{event}/talks/{code}/videos/{video}/{name}
Result<http::Response> chapters_vtt(const Web& web, http::Request& request);             ///< GET /{event}/talks/{code}/chapters.vtt
Result<http::Response> chapters_json(const Web& web, http::Request& request);            ///< GET /{event}/talks/{code}/chapters.json, for podcast players
Result<http::Response> talk_poster(const Web& web, http::Request& request);              ///< GET /{event}/talks/{code}/poster.jpg
Result<http::Response> series_redirect(const Web& web, http::Request& request);          ///< GET /series/{name}: of a series that is only archived
/// Where an old address leads: 301. Errors: not_found.
Result<http::Response> old_address(const Web& web, const http::Request& request);

/// Whether an event's pages are made on demand: it is only archived, nothing was released here.
Result<bool> is_on_demand(db::Tx& tx, const events::Event& event);

}  // namespace confer::site
