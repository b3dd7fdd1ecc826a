// All documents of one event (render.h).
#include "site/render.h"
#include <algorithm>
#include <atomic>
#include <thread>
#include "base/random.h"
#include "site/files_of_event.h"

namespace confer::site {
namespace {

Making making(const html::Chrome& chrome, const Content& content, const std::string& language, Documents& out) { return {chrome, content, language, out}; }

/// A page that `render_moments` draws.
bool is_moment(const Content& content, std::string_view path) {
  return std::ranges::any_of(content.languages, [&](const auto& language) {
    const std::string base = base_of(content, language);
    return path == base || path == base + "/schedule" || path == base + "/now";
  });
}

std::shared_ptr<const http::Ready> ready_of(Document document, const Headers& headers, const ReadyMap* before) {
  Headers own = with_players(headers, document.hosts);
  if (document.for_all_origins) own = {{"Access-Control-Allow-Origin", "*"}, {"X-Content-Type-Options", "nosniff"}};
  if (before != nullptr)
    if (const auto found = before->find(document.path); found != before->end()) {
      const http::Ready& old = *found->second;
      if (old.identity == document.body && old.content_type == document.content_type && old.cache_control == document.cache_control && old.headers == own)
        return found->second;
    }
  return http::make_ready(std::move(document.content_type), std::move(document.body), std::move(document.cache_control), std::move(own),
                          http::Compression::quick, document.last_modified);
}

}  // namespace

Result<std::vector<ReleaseNote>> read_release_notes(db::Tx& tx, const Content& content) {
  constexpr std::size_t most = 12;
  std::vector<ReleaseNote> notes;
  if (!content.released) return notes;
  std::optional<programme::Programme> after;
  for (std::size_t i = 0; i < content.releases.size() && i < most; ++i) {
    ReleaseNote note{.release = content.releases[i], .first = i + 1 == content.releases.size(), .changes = {}};
    std::optional<programme::Programme> before;
    if (!note.first) {
      TRY_ASSIGN(before, programme::released_programme(tx, content.event, content.releases[i + 1].name, content.base_url));
    }
    if (before) note.changes = programme::difference(*before, i == 0 ? content.programme() : *after);
    // What nobody may see is no news: a slot in a hidden room, a blocker.
    std::erase_if(note.changes, [&](const programme::Change& change) {
      if (change.of != programme::ChangeOf::slot) return false;
      const auto is_known = [&](const programme::Programme& p) {
        return std::ranges::any_of(p.slots, [&](const programme::Slot& s) { return s.guid == change.slot_guid && programme::is_public(p, s); });
      };
      const auto& now = i == 0 ? content.programme() : *after;
      return !is_known(now) && !(before && is_known(*before));
    });
    after = std::move(before);
    notes.push_back(std::move(note));
    if (!after) break;
  }
  return notes;
}

Documents render_documents(const html::Chrome& chrome, const Content& content, const std::vector<ReleaseNote>& notes) {
  Documents out;
  for (const auto& language : content.languages) {
    const Making m = making(chrome, content, language, out);
    make_schedule_pages(m);
    make_track_room_type_pages(m);
    make_talk_pages(m);
    make_speaker_pages(m);
    make_changes_page(m, notes);
    make_info_pages(m);
    make_print_pages(m);
    make_my_page(m);
    make_exports_page(m);
    make_island_data(content, language, out);
  }
  make_theme(content, out);
  make_exports(content, out);
  make_atom(content, notes, out);
  make_embed(content, out);
  return out;
}

Documents render_moments(const html::Chrome& chrome, const Content& content) {
  Documents out;
  for (const auto& language : content.languages) {
    const Making m = making(chrome, content, language, out);
    make_event_home(m);
    if (content.event.kind != events::EventKind::archived || !content.slots.empty()) make_schedule_front(m);
    make_now_page(m);
  }
  return out;
}

Instant next_edge(const Content& content) {
  Instant next = Instant::max();
  const auto consider = [&](Instant t) {
    if (t > content.now) next = std::min(next, t);
  };
  for (const auto& s : content.slots) {
    consider(s.start);
    consider(s.end);
  }
  for (const Date day : content.days)
    for (const Date edge : {day, day + std::chrono::days(1)})
      consider(content.zone.to_instant_lenient(WallTime(edge) + std::chrono::hours(content.event.day_start_hour)));
  return next;
}

ReadyMap make_ready_map(Documents documents, const Headers& headers, const ReadyMap* before) {
  std::vector<std::shared_ptr<const http::Ready>> made(documents.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < documents.size(); i = next++) {
      const std::string path = documents[i].path;
      made[i] = ready_of(std::move(documents[i]), headers, before);
      documents[i].path = path;
    }
  };
  {
    const std::jthread second(documents.size() > 8 ? std::jthread(work) : std::jthread());
    work();
  }
  ReadyMap out;
  out.reserve(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) out.insert_or_assign(std::move(documents[i].path), std::move(made[i]));
  return out;
}

Documents render_lists(const Content& content, const ReadyMap& ready) {
  std::vector<Hashed> hashes;
  hashes.reserve(ready.size());
  for (const auto& [path, document] : ready)
    if (!path.ends_with("/offline.json") && !path.ends_with("/revision.json") && !path.ends_with("/sitemap.xml")) hashes.push_back({path, document->etag});
  std::ranges::sort(hashes, {}, &Hashed::path);
  // What depends on the time of day is left out: at each start of a session every phone would look for changes.
  std::string all = content.today() ? to_text(*content.today()) + "\n" : "";
  std::vector<std::string> for_search_engines;
  for (const auto& h : hashes) {
    if (!is_moment(content, h.path)) all += h.path + " " + h.hash + "\n";
    if (ready.at(h.path)->content_type.starts_with("text/html") && !h.path.contains("/print") && !h.path.ends_with("/my")) for_search_engines.push_back(h.path);
  }
  Documents out;
  make_revision(content, content_hash(all), out);
  make_offline_list(content, hashes, out);
  make_sitemap("/" + content.event.slug + "/sitemap.xml", content.base_url, for_search_engines, out);
  return out;
}

}  // namespace confer::site
