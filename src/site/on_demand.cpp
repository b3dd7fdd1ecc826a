// Pages made when they are asked for: search, old releases, redirects, the schedule for a terminal.
#include <algorithm>
#include <charconv>
#include <tuple>
#include "base/text.h"
#include "html/markdown.h"
#include "html/template.h"
#include "search/search.h"
#include "site/content.h"
#include "site/files_of_event.h"
#include "site/pages.h"
#include "site/session.h"
#include "site/site.h"

namespace confer::site {
namespace {

using html::translate;
using programme::Talk;

/// The language that the path names, else the event's first.
std::string language_of(const Content& content, std::string_view path) {
  for (const auto& language : content.languages)
    if (path.starts_with("/" + language + "/")) return language;
  return content.languages.front();
}

Result<Content> content_for(db::Tx& tx, const Web& web, std::string_view slug) {
  TRY_ASSIGN(const auto event, events::require_event(tx, slug));
  return load_content(tx, event.id, web.sign_in.base_url);
}

http::Response public_page(const Web& web, html::Page page, std::string_view template_name, const html::View& view) {
  page.body = html::render(template_name, view, page.language);
  return http::Response::html(web.chrome(page)).with_cache("no-cache");
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = fold(text);
  for (const auto word : split(folded, ' '))
    if (!trim(word).empty()) words.emplace_back(trim(word));
  return words;
}

struct FoundTalk {
  double score = 0;
  const Source* source = nullptr;
  const Talk* talk = nullptr;
};
struct FoundTalks {
  std::vector<FoundTalk> talks;  ///< best first
  std::string did_you_mean;      ///< other words; `corrected`: those that found the talks
  bool corrected = false;
  bool as_typed = false;  ///< the words as they are find something
};

/// Of the event and of the summits that its schedule shows.
Result<FoundTalks> find_talks(db::Tx& tx, const Content& c, const std::string& text, int most) {
  FoundTalks found;
  for (const auto& source : c.sources) {
    auto hits = search::find(tx, {.text = text, .event = source->event.id.value, .kind = std::string(talk_document), .limit = most});
    if (!hits && hits.error().code == ErrorCode::invalid) continue;  // no word in it: a comma
    TRY(hits);
    for (const auto& hit : hits->hits)
      if (const Talk* talk = source->programme.talk(hit.key); talk != nullptr && c.speaker_keys.contains(talk))
        found.talks.push_back({hit.score, source.get(), talk});
    // The first event's correction is told: a summit may have understood another word.
    if (found.did_you_mean.empty() && !hits->did_you_mean.empty()) {
      found.did_you_mean = hits->did_you_mean;
      found.corrected = hits->corrected;
    }
    found.as_typed = found.as_typed || (hits->did_you_mean.empty() && !hits->hits.empty());
  }
  std::ranges::sort(found.talks, {}, [](const FoundTalk& f) { return std::tuple(-f.score, std::string_view(f.talk->title), std::string_view(f.talk->code)); });
  if (found.as_typed) found.did_you_mean.clear();
  return found;
}

Result<void> fill_results(db::Tx& tx, html::View& view, const Content& c, const std::string& text, std::string_view language) {
  constexpr std::size_t most = 60;
  const auto words = words_of(text);
  if (words.empty()) return {};
  TRY_ASSIGN(const FoundTalks results, find_talks(tx, c, text, most));
  const auto& found = results.talks;
  if (!results.did_you_mean.empty())
    view.add(results.corrected ? "CORRECTED" : "OTHER_WORDS")
        .set("WORDS", results.did_you_mean)
        .set("HREF", base_of(c, language) + "/search?q=" + percent_encoded(results.did_you_mean));
  std::size_t people = 0;
  for (const auto& speaker : c.speakers) {
    const std::string name = fold(speaker.name);
    if (c.event.has(events::Feature::speakers_page) && std::ranges::all_of(words, [&](const auto& word) { return name.contains(word); }) && ++people <= most)
      view.add("PERSON").set("NAME", speaker.name).set("HREF", base_of(c, language) + "/speakers/" + speaker.key);
  }
  view.show_if(people > 0, "PEOPLE_FOUND");
  std::size_t pages = 0;
  for (const auto& page : c.pages) {
    const std::string all = fold(page.title.in(language, c.languages.front()) + " " + page.body.in(language, c.languages.front()));
    if (!std::ranges::all_of(words, [&](const auto& word) { return all.contains(word); })) continue;
    ++pages;
    view.add("PAGE").set("NAME", page.title.in(language, c.languages.front())).set("HREF", base_of(c, language) + "/pages/" + page.slug);
  }
  view.show_if(pages > 0, "PAGES_FOUND");
  view.add("COUNT").set("COUNT_TEXT", html::translate_plural("%1 session", "%1 sessions", static_cast<long>(found.size()), language));
  view.show_if(found.empty() && people == 0 && pages == 0, "NOTHING");
  for (std::size_t i = 0; i < std::min(found.size(), most); ++i) {
    const Talk& talk = *found[i].talk;
    const auto slots = c.slots_of_talk.find(talk.code);
    if (slots != c.slots_of_talk.end())
      fill_session(view.add("SESSION"), c, *slots->second.front(), language, {.day = true, .text = true, .parts = false});
    else
      view.add("TALK").set("TITLE", talk.title).set("HREF", base_of(*found[i].source, language) + "/talks/" + talk_name(talk));
  }
  return {};
}

int wanted_width(const http::Request& request) {
  constexpr int usual = 80, least = 40, most = 300;
  int width = usual;
  const auto& text = request.query.get("width");
  std::from_chars(text.data(), text.data() + text.size(), width);
  return std::clamp(width, least, most);
}

/// Empty when it is no part.
std::string code_of_block(db::Tx& tx, const talks::Talk& talk) {
  if (!talk.part_of) return {};
  return talks::code_of_talk(tx, talk.part_of).value_or("");
}

}  // namespace

Result<http::Response> search_page(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Content c, content_for(tx, web, request.param("event")));
  if (!c.event.has(events::Feature::search) || !c.released) return fail(ErrorCode::not_found, "There is no such page.");
  const std::string language = language_of(c, request.path);
  constexpr std::size_t longest = 200;
  const std::string text = ellipsis(tidy_line(request.query.get("q")), longest);
  html::View view;
  view.set("QUERY", text)
      .set("ACTION", base_of(c, language) + "/search")
      .set("ZONE_NOTE", zone_note(c, language))
      .set("SCHEDULE_HREF", base_of(c, language) + "/schedule");
  TRY(fill_results(tx, view, c, text, language));
  auto page = event_page(c, language, "/search", Section::none, std::string(translate("Search", language)));
  page.indexable = false;
  add_islands(page, c.event, {"find.js", "stars.js", "now.js", "offline.js"});
  return public_page(web, std::move(page), "site/search.html", view);
}

Result<http::Response> old_release_page(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::require_event(tx, request.param("event")));
  TRY_ASSIGN(auto p, programme::released_programme(tx, event, request.param("name"), web.sign_in.base_url));
  if (!p) return fail(ErrorCode::not_found, "There is no such release.");
  TRY_ASSIGN(const Content c, content_of(tx, event, std::move(p), web.sign_in.base_url));
  const std::string language = language_of(c, request.path), base = base_of(c, language);
  html::View view;
  view.set("NAME", c.programme().version)
      .set("REVISION", c.programme().revision)
      .set("CURRENT_HREF", base + "/schedule")
      .set("CHANGES_HREF", base + "/changes")
      .set("ZONE_NOTE", zone_note(c, language));
  const WallTime at = c.zone.to_wall(c.programme().released_at);
  view.set("WHEN", format_date(std::chrono::floor<std::chrono::days>(at), language) + ", " + clock_text(at));
  for (const std::string_view file : {"schedule.json", "schedule.xml", "schedule2.json", "schedule.ics", "schedule.csv", "schedule.txt"})
    view.add("FILE").set("HREF", "/" + c.event.slug + "/releases/" + percent_encoded(c.programme().version) + "/" + std::string(file)).set("FILE_NAME", file);
  std::vector<const ShownSlot*> all;
  for (const auto& s : c.slots) all.push_back(&s);
  fill_days(view, c, all, language, true);
  auto page = event_page(c, language, "/releases/" + percent_encoded(c.programme().version), Section::changes,
                         translate("Programme %1", language, {c.programme().version}));
  page.indexable = false;
  return public_page(web, std::move(page), "site/release.html", view);
}

Result<http::Response> old_release_export(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::require_event(tx, request.param("event")));
  TRY_ASSIGN(auto p, programme::released_programme(tx, event, request.param("name"), web.sign_in.base_url));
  if (!p) return fail(ErrorCode::not_found, "There is no such release.");
  TRY_ASSIGN(const Content c, content_of(tx, event, std::move(p), web.sign_in.base_url));
  const auto kind = request.route.find("kind");
  auto file = kind == request.route.end() ? export_file(c, c.programme(), request.param("file")) : calendar_of(c, kind->second, request.param("file"));
  if (file.content_type.empty())
    return fail(ErrorCode::not_found,
                "A release has these files: schedule.json, schedule.xml, schedule2.json, schedule.ics, schedule.csv, schedule.txt, and calendars: "
                "rooms/, tracks/, speakers/ and talks/ with the name and .ics.");
  return http::Response::content(std::move(file.content_type), std::move(file.body)).for_all_origins().with_cache("no-cache");
}

Result<http::Response> talk_redirect(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Content c, content_for(tx, web, request.param("event")));
  const std::string_view asked = request.param("code");
  const std::string code(asked.substr(0, asked.find('-')));
  const auto talk = std::ranges::find_if(c.talks, [&](const Talk* t) { return t->code == code; });
  if (talk == c.talks.end()) {
    // A part of a block that has no video of its own stands in its block.
    TRY_ASSIGN(const auto part, talks::find_talk(tx, code));
    const std::string of = part && part->event == c.event.id ? code_of_block(tx, *part) : std::string();
    const auto block = std::ranges::find_if(c.talks, [&](const Talk* t) { return !of.empty() && t->code == of; });
    if (block != c.talks.end()) return http::Response::see_other(talk_href(c, **block, language_of(c, request.path)) + "#" + part->part_anchor);
  }
  if (talk == c.talks.end()) return fail(ErrorCode::not_found, "There is no such talk, or it is not in the programme any more.");
  const std::string present = talk_href(c, **talk, language_of(c, request.path));
  // The page itself is ready bytes: who comes here with its address came before it was swapped in.
  if (request.path == present) return fail(ErrorCode::unavailable, "This page is just being made. Please try again.");
  return http::Response::moved(present);
}

Result<http::Response> talk_file(const Web& web, RenderedSite& site, http::Request& request) {
  std::optional<talks::StoredFile> file;
  std::optional<events::Event> event;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(file, talks::find_file(tx, request.param("file")));
    if (!file) return fail(ErrorCode::not_found, "There is no such file.");
    TRY_ASSIGN(const auto id, talks::event_of_file(tx, *file));
    TRY_ASSIGN(event, events::find_event(tx, id.value_or(EventId{})));
  }
  if (!event) return fail(ErrorCode::not_found, "There is no such file.");
  if (file->erased_at) return event->is_public ? fail(ErrorCode::gone, "This file was removed.") : fail(ErrorCode::not_found, "There is no such file.");
  TRY_ASSIGN(const bool is_public, site.shows_file(event->id, file->code));
  if (!is_public) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    // Whether there is such a file is for its organisers to know.
    if (!talks::require_change_of_talk(tx, actor_of(request), *event, file->talk)) return fail(ErrorCode::not_found, "There is no such file.");
  }
  TRY_ASSIGN(const std::string path, web.files.path(file->hash));
  // Whatever is in it: it is kept, not shown, and where a reader shows it all the same, it is nobody's page and runs nothing.
  return http::Response::file(path, file->content_type, file->name)
      .with_header("Content-Security-Policy", "sandbox; default-src 'none'")
      .with_header("X-Content-Type-Options", "nosniff")
      .with_header("Cross-Origin-Resource-Policy", "same-origin")
      .with_cache(is_public ? "public, no-cache" : "private, no-store");
}

Result<http::Response> text_schedule(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::require_event(tx, request.param("event")));
  TRY_ASSIGN(const auto p, programme::current_programme(tx, event, web.sign_in.base_url));
  if (!p) return fail(ErrorCode::not_found, "The schedule is not out yet.");
  const std::string text = programme::write_text(*p, page_languages(event).front(), static_cast<std::size_t>(wanted_width(request)));
  return http::Response::text(text).for_all_origins().with_cache("no-cache");
}

}  // namespace confer::site
