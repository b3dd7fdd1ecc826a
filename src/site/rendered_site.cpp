// The public site in memory and on disk (site.h).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "html/template.h"
#include "site/home.h"
#include "site/pack.h"
#include "site/render.h"
#include "site/site.h"

namespace confer::site {
namespace {

/// The maps of all events, by slug; "" holds home, series, sitemap.
using Snapshot = std::unordered_map<std::string, std::shared_ptr<const ReadyMap>, TextHash, std::equal_to<>>;

std::string_view first_segment(std::string_view path) {
  path.remove_prefix(std::min<std::size_t>(1, path.size()));
  return path.substr(0, path.find('/'));
}

/// Whose map a path stands in.
std::string_view owner_of(std::string_view path) {
  std::string_view segment = first_segment(path);
  if (std::ranges::find(html::languages(), segment) != html::languages().end()) {
    path.remove_prefix(segment.size() + 1);
    segment = first_segment(path);
  }
  if (segment == "series" || segment == "sitemap.xml" || segment == "robots.txt") return {};
  if (segment == "embed") {
    std::string_view file = path.substr(std::string_view("/embed/").size() <= path.size() ? std::string_view("/embed/").size() : path.size());
    return file.ends_with(".json") ? file.substr(0, file.size() - std::string_view(".json").size()) : file;
  }
  return segment;
}

/// A new build draws anew. Templates, catalogues and assets travel in the program's file.
std::string build_stamp() {
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
  const auto size = std::filesystem::file_size(program, problem);
  const auto written = std::filesystem::last_write_time(program, problem);
  return std::to_string(size) + "-" + std::to_string(written.time_since_epoch().count());
}

/// Everything that an event's documents are made from, by versions: cheap to read at a start.
Result<std::string> input_key(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  std::string inputs = build_stamp() + "\n" + std::string(base_url) + "\n" + join(html::languages(), ",");
  const auto add_event = [&](const events::Event& e) -> Result<void> {
    inputs += "\nevent " + std::to_string(e.id.value) + " " + std::to_string(e.version) + " " + e.banner.to_json() + " " + std::to_string(e.banner_level) +
              " " + std::to_string(static_cast<int>(e.is_public));
    TRY_ASSIGN(const auto releases, programme::list_releases(tx, e));
    for (const auto& r : releases) inputs += " " + std::to_string(r.id.value) + "@" + std::to_string(to_ms(r.released_at));
    TRY_ASSIGN(const auto pages, events::list_pages(tx, e));
    for (const auto& p : pages) inputs += " " + p.slug + "#" + std::to_string(p.id.value) + "." + std::to_string(p.version);
    return {};
  };
  TRY(add_event(event));
  TRY_ASSIGN(const auto series, events::find_series(tx, event.series));
  if (series) inputs += "\nseries " + std::to_string(series->version);
  if (event.parent) {
    TRY_ASSIGN(const auto parent, events::find_event(tx, event.parent));
    if (parent) TRY(add_event(*parent));
  }
  TRY_ASSIGN(const auto summits, events::list_summits(tx, event.id));
  for (const auto& summit : summits) TRY(add_event(summit));
  return content_hash(inputs);
}

}  // namespace

void forget_kept(const std::string& data_dir, std::string_view slug) {
  std::error_code ignored;  // nothing kept is what is wanted; a pack that cannot be removed is the disk's failure and shows at the next rendering
  std::filesystem::remove_all(std::filesystem::path(data_dir) / "rendered" / slug, ignored);
}

struct RenderedSite::Impl {
  struct State {
    std::string slug;
    Instant next_edge = Instant::max();
  };

  const Web& web;
  Headers headers;
  std::atomic<std::shared_ptr<const Snapshot>> current{std::make_shared<const Snapshot>()};
  std::mutex rendering;  ///< one at a time; `find` does not take it
  std::map<std::int64_t, State> states;
  Instant home_edge = Instant::max();

  Impl(const Web& w, Headers h) : web(w), headers(std::move(h)) {}

  std::string pack_path(const std::string& slug) const { return web.data_dir + "/rendered/" + slug + "/pages.pack"; }
  std::string_view base_url() const { return web.sign_in.base_url; }

  void swap_in(const std::string& owner, std::shared_ptr<const ReadyMap> documents) {
    auto next = std::make_shared<Snapshot>(*current.load());
    if (documents)
      next->insert_or_assign(owner, std::move(documents));
    else
      next->erase(owner);
    current.store(std::move(next));
  }

  void drop(const std::string& slug) {
    swap_in(slug, nullptr);
    forget_kept(web.data_dir, slug);
  }

  void keep(const std::string& slug, const std::string& key, const ReadyMap& documents) const {
    if (auto written = write_pack(pack_path(slug), key, documents); !written)
      log(LogTopic::site, LogLevel::warning, "rendered pages not kept", {{"event", slug}, {"detail", written.error().detail}});
  }

  ReadyMap render(const Content& content, const std::vector<ReleaseNote>& notes) const {
    auto ready = make_ready_map(render_documents(web.chrome, content, notes), headers);
    ready.merge(make_ready_map(render_moments(web.chrome, content), headers));
    ready.merge(make_ready_map(render_lists(content, ready), headers));
    return ready;
  }

  /// What one read transaction says of an event. Drawing begins when it has ended.
  struct Inputs {
    Content content;
    std::vector<ReleaseNote> notes;
    std::string key;
  };
  Result<std::optional<Inputs>> read_inputs(EventId id) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto event, events::find_event(tx, id));
    State& state = states[id.value];
    if (!state.slug.empty() && (!event || !event->is_public || event->slug != state.slug)) drop(state.slug);
    if (!event || !event->is_public) {
      states.erase(id.value);
      return std::nullopt;
    }
    state.slug = event->slug;
    TRY_ASSIGN(std::string key, input_key(tx, *event, base_url()));
    TRY_ASSIGN(Content content, load_content(tx, id, base_url()));
    TRY_ASSIGN(auto notes, read_release_notes(tx, content));
    return Inputs{std::move(content), std::move(notes), std::move(key)};
  }

  Result<void> bring(EventId id) {
    const auto began = std::chrono::steady_clock::now();
    TRY_ASSIGN(const auto inputs, read_inputs(id));
    if (!inputs) return {};
    const auto& content = inputs->content;
    auto documents = std::make_shared<const ReadyMap>(render(content, inputs->notes));
    states[id.value].next_edge = next_edge(content);
    swap_in(content.event.slug, documents);
    keep(content.event.slug, inputs->key, *documents);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    log(LogTopic::site, "event rendered",
        {{"event", content.event.slug}, {"revision", content.programme().revision}, {"documents", documents->size()}, {"ms", took.count()}});
    return {};
  }

  /// What is kept on disk, or else rendered.
  Result<void> bring_kept(EventId id) {
    {
      TRY_ASSIGN(auto tx, web.db.begin_read());
      TRY_ASSIGN(const auto event, events::require_event(tx, id));
      TRY_ASSIGN(const std::string key, input_key(tx, event, base_url()));
      if (auto kept = read_pack(pack_path(event.slug), key)) {
        State& state = states[id.value];
        state.slug = event.slug;
        TRY(bring_moments(tx, event, state, *kept));
        swap_in(event.slug, std::make_shared<const ReadyMap>(std::move(*kept)));
        return {};
      }
    }
    return bring(id);
  }

  /// Kept pages were drawn at another time: what depends on it is drawn now. Of past events nothing does.
  Result<void> bring_moments(db::Tx& tx, const events::Event& event, State& state, ReadyMap& documents) {
    state.next_edge = Instant::max();
    if (!event.end || event.zone.empty()) return {};
    TRY_ASSIGN(const Zone zone, events::zone_of(event));
    if (day_of(zone.to_wall(tx.now()), event.day_start_hour) > *event.end + std::chrono::days(2)) return {};
    TRY_ASSIGN(const Content content, load_content(tx, event.id, base_url()));
    for (auto& [path, ready] : make_ready_map(render_moments(web.chrome, content), headers)) documents.insert_or_assign(path, ready);
    for (auto& [path, ready] : make_ready_map(render_lists(content, documents), headers)) documents.insert_or_assign(path, ready);
    state.next_edge = next_edge(content);
    return {};
  }

  Result<void> bring_home() {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    std::vector<std::string> paths;
    for (const auto& [slug, documents] : *current.load()) {
      if (slug.empty()) continue;
      for (const auto& [path, ready] : *documents)
        if (ready->content_type.starts_with("text/html") && !path.contains("/print") && !path.ends_with("/my")) paths.push_back(path);
    }
    std::ranges::sort(paths);
    TRY_ASSIGN(auto documents, make_home_documents(tx, web.chrome, base_url(), paths));
    TRY_ASSIGN(home_edge, next_home_edge(tx));
    swap_in("", std::make_shared<const ReadyMap>(make_ready_map(std::move(documents), headers)));
    return {};
  }

  Result<void> bring_event_and_what_shows_it(EventId id) {
    TRY(bring(id));
    std::vector<EventId> others;
    {
      TRY_ASSIGN(auto tx, web.db.begin_read());
      TRY_ASSIGN(const auto event, events::find_event(tx, id));
      if (event && event->parent) others.push_back(event->parent);
      TRY_ASSIGN(const auto summits, events::list_summits(tx, id));
      for (const auto& summit : summits) others.push_back(summit.id);
    }
    for (const EventId other : others) TRY(bring(other));
    return bring_home();
  }
};

RenderedSite::RenderedSite(const Web& web, std::vector<std::pair<std::string, std::string>> headers) : impl_(std::make_unique<Impl>(web, std::move(headers))) {}
RenderedSite::~RenderedSite() = default;

Result<void> RenderedSite::load() {
  const std::scoped_lock lock(impl_->rendering);
  std::vector<EventId> ids;
  {
    TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
    TRY_ASSIGN(const auto all, events::list_events(tx));
    for (const auto& event : all)
      if (event.is_public) ids.push_back(event.id);
  }
  for (const EventId id : ids) TRY(impl_->bring_kept(id));
  return impl_->bring_home();
}

Result<void> RenderedSite::render_event(EventId event) {
  const std::scoped_lock lock(impl_->rendering);
  return impl_->bring_event_and_what_shows_it(event);
}

Result<void> RenderedSite::render_home() {
  const std::scoped_lock lock(impl_->rendering);
  return impl_->bring_home();
}

Result<void> RenderedSite::render_now(Instant now) {
  const std::scoped_lock lock(impl_->rendering);
  for (auto& [id, state] : impl_->states) {
    if (state.next_edge > now) continue;
    TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
    TRY_ASSIGN(const auto event, events::find_event(tx, EventId{id}));
    const auto snapshot = impl_->current.load();
    const auto documents = snapshot->find(state.slug);
    if (!event || documents == snapshot->end()) continue;
    ReadyMap next = *documents->second;
    TRY(impl_->bring_moments(tx, *event, state, next));
    impl_->swap_in(state.slug, std::make_shared<const ReadyMap>(std::move(next)));
  }
  return impl_->home_edge <= now ? impl_->bring_home() : Result<void>{};
}

std::shared_ptr<const http::Ready> RenderedSite::find(std::string_view path) const {
  const auto snapshot = impl_->current.load();
  const auto owner = snapshot->find(owner_of(path));
  if (owner == snapshot->end()) return nullptr;
  const auto found = owner->second->find(path);
  return found == owner->second->end() ? nullptr : found->second;
}

RenderedSite::Numbers RenderedSite::numbers() const {
  Numbers out;
  for (const auto& [slug, documents] : *impl_->current.load()) {
    out.documents += documents->size();
    for (const auto& [path, ready] : *documents) out.bytes += ready->identity.size() + ready->gzip.size() + ready->brotli.size();
  }
  return out;
}

std::vector<std::string> RenderedSite::paths() const {
  std::vector<std::string> out;
  for (const auto& [slug, documents] : *impl_->current.load())
    for (const auto& [path, ready] : *documents) out.push_back(path);
  std::ranges::sort(out);
  return out;
}

}  // namespace confer::site
