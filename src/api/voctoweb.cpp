// The handlers of voctoweb's public interface (voctoweb.h).
#include "api/voctoweb.h"
#include <algorithm>
#include <charconv>
#include <map>
#include "api/voctoweb_write.h"
#include "base/text.h"
#include "search/search.h"
#include "site/site.h"
#include "talks/talks.h"

namespace confer::api::voctoweb {
namespace {

using archive::Full;

constexpr int usual_page = 50, largest_page = 256, most_of_a_list = 50;

std::unexpected<Error> missing() { return fail(ErrorCode::not_found, "There is no such thing here."); }

int number_of(const std::string& text, int instead, int least, int most) {
  int number = instead;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) number = instead;
  return std::clamp(number, least, most);
}
std::int64_t id_of(const std::string& text) {
  std::int64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? id : 0;
}

archive::Page page_of(const http::Request& request) {
  constexpr int last_page = 100'000;
  return {.number = number_of(request.query.get("page"), 1, 1, last_page), .size = number_of(request.query.get("per_page"), usual_page, 1, largest_page)};
}

http::Response answer(std::string json) { return http::Response::json(std::move(json)).for_all_origins().with_cache("no-cache"); }

/// Link (RFC 8288), Total and Per-Page, as voctoweb has them.
http::Response answer(const Web& web, const http::Request& request, std::string json, archive::Page page, std::int64_t total) {
  const std::int64_t last = std::max<std::int64_t>(1, (total + page.size - 1) / page.size);
  std::string links;
  const auto link = [&](std::int64_t number, std::string_view relation) {
    std::string query;
    for (const auto& [name, value] : request.query.all())
      if (name != "page") query.append(percent_encoded(name)).append("=").append(percent_encoded(value)).append("&");
    links += (links.empty() ? "<" : ", <") + web.sign_in.base_url + request.path + "?" + query + "page=" + std::to_string(number) + ">; rel=\"" +
             std::string(relation) + "\"";
  };
  if (page.number > 1) {
    link(1, "first");
    link(std::min<std::int64_t>(page.number - 1, last), "prev");
  }
  if (page.number < last) {
    link(last, "last");
    link(page.number + 1, "next");
  }
  auto response = answer(std::move(json))
                      .with_header("Total", std::to_string(total))
                      .with_header("Per-Page", std::to_string(page.size))
                      .with_header("Access-Control-Expose-Headers", "ETag, Link, Total, Per-Page");
  if (!links.empty()) response.headers_.emplace_back("Link", std::move(links));
  return response;
}

enum class WithRecordings : unsigned char { no, yes };

Result<void> write_talks(JsonWriter& w, db::Tx& tx, const Web& web, std::vector<archive::Row> rows, WithRecordings with) {
  TRY_ASSIGN(const auto talks, archive::with_all(tx, std::move(rows)));
  std::vector<TalkId> ids;
  for (const auto& talk : talks) ids.push_back(talk.id);
  TRY_ASSIGN(const auto views, recordings::views_of(tx, ids));
  for (const auto& talk : talks) {
    const auto seen = views.find(talk.id);
    begin_talk(w, web.sign_in.base_url, talk, seen == views.end() ? 0 : seen->second, {});
    if (with == WithRecordings::yes) {
      w.key("recordings").begin_array();
      for (const auto* video : files_of(talk)) write_recording(w, web.sign_in.base_url, talk, *video);
      w.end_array();
    }
    w.end_object();
  }
  return {};
}

Result<http::Response> list_of(const Web& web, db::Tx& tx, std::vector<archive::Row> rows) {
  JsonWriter w;
  w.begin_object().key("events").begin_array();
  TRY(write_talks(w, tx, web, std::move(rows), WithRecordings::no));
  return answer(w.end_array().end_object().take());
}

Result<http::Response> list_watched(const Web& web, const http::Request& request, archive::Watched order) {
  constexpr int last_year = 9999;
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto rows, archive::list_watched(tx, order, number_of(request.query.get("year"), 0, 0, last_year), most_of_a_list));
  return list_of(web, tx, std::move(rows));
}

/// One talk with everything. `code` empty, or not to be seen: not_found.
Result<Full> require_full(db::Tx& tx, const std::string& code) {
  if (code.empty()) return missing();
  const std::vector<std::string> codes{code};
  TRY_ASSIGN(auto rows, archive::rows_of(tx, codes));
  if (rows.empty()) return missing();
  TRY_ASSIGN(auto talks, archive::with_all(tx, std::move(rows)));
  return std::move(talks.front());
}

Result<std::vector<Related>> related_to(db::Tx& tx, const Full& talk) {
  TRY_ASSIGN(const auto hits, confer::search::related(tx, site::talk_document, talk.code));
  std::vector<std::string> codes;
  for (const auto& hit : hits) codes.push_back(hit.key);
  TRY_ASSIGN(auto rows, archive::rows_of(tx, codes));
  TRY_ASSIGN(const auto talks, archive::with_all(tx, std::move(rows)));
  std::vector<Related> out;
  for (const auto& other : talks) {
    const auto hit = std::ranges::find(hits, other.code, &confer::search::Hit::key);
    constexpr double shown = 100;
    out.push_back({.id = other.id.value, .guid = other.guid, .weight = hit == hits.end() ? 0 : static_cast<int>(hit->score * shown)});
  }
  return out;
}

}  // namespace

Result<http::Response> list_conferences(const Web& web, http::Request&) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto counts, archive::count_events(tx));
  TRY_ASSIGN(const auto events, events::list_events(tx));
  std::map<EventId, const events::Event*> by_id;
  for (const auto& event : events) by_id.emplace(event.id, &event);
  JsonWriter w;
  w.begin_object().key("conferences").begin_array();
  for (const auto& count : counts) {
    const auto event = by_id.find(count.id);
    if (event == by_id.end() || !event->second->is_public) continue;
    w.begin_object();
    write_conference(w, web.sign_in.base_url, *event->second, count);
    w.end_object();
  }
  return answer(w.end_array().end_object().take());
}

Result<http::Response> show_conference(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::find_event(tx, request.param("acronym")));
  if (!event || !event->is_public) return missing();
  TRY_ASSIGN(const auto counts, archive::count_events(tx, event->series));
  const auto count = std::ranges::find(counts, event->id, &archive::EventCount::id);
  if (count == counts.end()) return missing();
  JsonWriter w;
  w.begin_object();
  write_conference(w, web.sign_in.base_url, *event, *count);
  w.key("events").begin_array();
  // All of them, as voctoweb gives them: an event has some hundreds at most.
  for (archive::Page page{.number = 1, .size = largest_page};; ++page.number) {
    TRY_ASSIGN(auto found, archive::list_talks(tx, {.event = event->id}, page));
    const bool is_last = found.rows.empty() || static_cast<std::int64_t>(page.number) * page.size >= found.total;
    TRY(write_talks(w, tx, web, std::move(found.rows), WithRecordings::no));
    if (is_last) break;
  }
  return answer(w.end_array().end_object().take());
}

Result<http::Response> list_talks(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const auto page = page_of(request);
  TRY_ASSIGN(auto found, archive::list_talks(tx, {}, page));
  const auto total = found.total;
  JsonWriter w;
  w.begin_object().key("events").begin_array();
  TRY(write_talks(w, tx, web, std::move(found.rows), WithRecordings::no));
  return answer(web, request, w.end_array().end_object().take(), page, total);
}

Result<http::Response> list_recent(const Web& web, http::Request&) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto rows, archive::list_newest(tx, most_of_a_list));
  return list_of(web, tx, std::move(rows));
}

Result<http::Response> search(const Web& web, http::Request& request) {
  constexpr std::size_t longest = 300;
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const auto page = page_of(request);
  const std::string text = ellipsis(tidy_line(request.query.get("q")), longest);
  JsonWriter w;
  w.begin_object().key("events").begin_array();
  std::int64_t total = 0;
  auto hits = confer::search::find(tx, {.text = text, .kind = std::string(site::talk_document), .limit = page.size, .offset = (page.number - 1) * page.size});
  if (hits) {
    total = hits->total;
    std::vector<std::string> codes;
    for (const auto& hit : hits->hits) codes.push_back(hit.key);
    TRY_ASSIGN(auto rows, archive::rows_of(tx, codes));
    TRY(write_talks(w, tx, web, std::move(rows), WithRecordings::no));
  } else if (hits.error().code != ErrorCode::invalid) {
    return std::unexpected(hits.error());
  }
  return answer(web, request, w.end_array().end_object().take(), page, total);
}

Result<http::Response> list_popular(const Web& web, http::Request& request) { return list_watched(web, request, archive::Watched::most); }
Result<http::Response> list_unpopular(const Web& web, http::Request& request) { return list_watched(web, request, archive::Watched::least); }

Result<http::Response> list_promoted(const Web& web, http::Request&) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return list_of(web, tx, {});
}

Result<http::Response> show_talk(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto code, archive::code_of_guid(tx, request.param("guid")));
  TRY_ASSIGN(const auto talk, require_full(tx, code));
  const std::vector<TalkId> ids{talk.id};
  TRY_ASSIGN(const auto views, recordings::views_of(tx, ids));
  TRY_ASSIGN(const auto related, related_to(tx, talk));
  JsonWriter w;
  begin_talk(w, web.sign_in.base_url, talk, views.empty() ? 0 : views.begin()->second, related);
  w.key("recordings").begin_array();
  for (const auto* video : files_of(talk)) write_recording(w, web.sign_in.base_url, talk, *video);
  return answer(w.end_array().end_object().take());
}

Result<http::Response> list_recordings(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const auto page = page_of(request);
  TRY_ASSIGN(auto found, archive::list_talks(tx, {.only_with_video = true}, page));
  const auto total = found.total;
  TRY_ASSIGN(const auto talks, archive::with_all(tx, std::move(found.rows)));
  JsonWriter w;
  w.begin_object().key("recordings").begin_array();
  for (const auto& talk : talks)
    for (const auto* video : files_of(talk)) write_recording(w, web.sign_in.base_url, talk, *video);
  return answer(web, request, w.end_array().end_object().take(), page, total);
}

Result<http::Response> show_recording(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const VideoId id{id_of(request.param("id"))};
  TRY_ASSIGN(const auto code, archive::code_of_video(tx, id));
  TRY_ASSIGN(const auto talk, require_full(tx, code));
  const auto files = files_of(talk);
  const auto file = std::ranges::find_if(files, [&](const auto* video) { return video->id == id; });
  if (file == files.end()) return missing();
  JsonWriter w;
  write_recording(w, web.sign_in.base_url, talk, **file);
  return answer(w.take());
}

Result<http::Response> oembed(const Web& web, http::Request& request) {
  const std::string& url = request.query.get("url");
  const std::string& base = web.sign_in.base_url;
  if (const auto& format = request.query.get("format"); !format.empty() && format != "json")
    return fail(ErrorCode::invalid, "Only JSON is spoken here: leave “format” out or say json.");
  if (!url.starts_with(base + "/")) return missing();
  // …/{event}/talks/{code}-{slug}, in any language.
  const auto at = url.find("/talks/");
  if (at == std::string::npos) return missing();
  const auto rest = url.substr(at + 7);
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto talk, require_full(tx, rest.substr(0, rest.find_first_of("-/?#"))));
  std::vector<std::string> names;
  for (const auto& speaker : talk.speakers)
    if (!speaker.name.empty()) names.push_back(speaker.name);
  JsonWriter w;
  // A link, not a player: players of others would be asked for before anybody clicked.
  w.begin_object().field("version", "1.0").field("type", "link").field("title", talk.title).field("author_name", join(names, ", "));
  w.field("provider_name", talk.event_title.in("en").empty() ? talk.event_slug : talk.event_title.in("en")).field("provider_url", base + "/" + talk.event_slug);
  return answer(w.end_object().take());
}

Result<http::Response> count_view(const Web& web, recordings::ViewCounter& counter, http::Request& request) {
  const std::string& named = request.form.has("event_id") ? request.form.get("event_id") : request.query.get("event_id");
  // The transaction that reads ends before the one that writes begins.
  TRY_ASSIGN(const auto id, [&]() -> Result<TalkId> {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(auto code, archive::code_of_guid(tx, named));
    const std::vector<std::string> codes{code.empty() ? named : code};
    TRY_ASSIGN(const auto rows, archive::rows_of(tx, codes));
    if (rows.empty()) return missing();
    return rows.front().id;
  }());
  TRY(counter.count(web.db, id, request.remote_address, request.received));
  return answer(R"({"status":"ok"})");
}

}  // namespace confer::api::voctoweb
