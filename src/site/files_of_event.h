// The files of an event: exports in the field's formats, calendars, feeds, and what the islands and the service worker read.
#pragma once
#include <string>
#include <vector>
#include "site/content.h"
#include "site/document.h"
#include "site/pages.h"

namespace confer::site {

/// schedule.json, .xml, schedule2.json, .ics, .csv, .txt, and the calendars of rooms, tracks, speakers and talks.
void make_exports(const Content& content, Documents& out);
/// One of them for any programme, by its file name. Empty: there is no such file.
struct ExportFile {
  std::string content_type, body;
};
ExportFile export_file(const Content& content, const programme::Programme& programme, std::string_view name);
/// The calendar of one room, track, speaker or talk: `kind` "rooms", `file` "aula.ics". Empty: there is no such thing.
ExportFile calendar_of(const Content& content, std::string_view kind, std::string_view file);

/// "/pycon-2027/releases.atom".
void make_atom(const Content& content, const std::vector<ReleaseNote>& notes, Documents& out);
/// index.json, details.json and the manifest, in one language.
void make_island_data(const Content& content, std::string_view language, Documents& out);
/// theme.css, the embeddable schedule, and revision.json; `pages_hash` names the state of all pages.
void make_theme(const Content& content, Documents& out);
void make_embed(const Content& content, Documents& out);
void make_revision(const Content& content, std::string_view pages_hash, Documents& out);
/// What the service worker keeps: addresses with their hashes.
struct Hashed {
  std::string path, hash;
};
void make_offline_list(const Content& content, const std::vector<Hashed>& documents, Documents& out);
/// The addresses of pages, for search engines. "/sitemap.xml" names the sitemaps of all events (home.h).
void make_sitemap(std::string path, std::string_view base_url, const std::vector<std::string>& paths, Documents& out);

}  // namespace confer::site
