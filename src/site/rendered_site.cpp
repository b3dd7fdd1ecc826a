// The public site in memory and on disk (site.h).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include "base/log.h"
#include "base/text.h"
#include "html/template.h"
#include "site/archive_pages.h"
#include "site/home.h"
#include "site/inputs.h"
#include "site/pack.h"
#include "site/render.h"
#include "site/site.h"

namespace confer::site {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// One event's documents, or those of the installation.
struct Shelf {
  explicit Shelf(ReadyMap all) : documents(std::move(all)) {}
  const ReadyMap documents;
  /// When somebody last asked, for the archive's sleep.
  mutable std::atomic<SteadyClock::time_point> asked{SteadyClock::now()};
};

/// By slug; "" holds home, series, sitemap.
using Snapshot = std::unordered_map<std::string, std::shared_ptr<const Shelf>, TextHash, std::equal_to<>>;

constexpr auto falls_asleep_after = std::chrono::minutes(30);
/// Documents pressed at once: with the largest first some seconds of a core.
constexpr std::size_t pressed_at_once = 24;

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
  if (segment == "series" || segment == "sitemap-home.xml" || segment == "robots.txt") return {};
  if (segment == "embed") {
    std::string_view file = path.substr(std::string_view("/embed/").size() <= path.size() ? std::string_view("/embed/").size() : path.size());
    return file.ends_with(".json") ? file.substr(0, file.size() - std::string_view(".json").size()) : file;
  }
  return segment;
}

}  // namespace

void forget_kept(const std::string& data_dir, std::string_view slug) {
  std::error_code ignored;  // nothing kept is what is wanted; a pack that cannot be removed is the disk's failure and shows at the next rendering
  std::filesystem::remove_all(std::filesystem::path(data_dir) / "rendered" / slug, ignored);
}

struct RenderedSite::Impl {
  /// What is known of a public event.
  struct State {
    std::string slug, key;  ///< `key` of the documents in memory
    bool awake = false, present = false;
    bool kept = false;          ///< on disk as in memory, but for what depends on the time of day
    bool pressed_kept = false;  ///< with the thorough compression too
    Instant next_edge = Instant::max();
  };

  const Web& web;
  Headers headers;
  std::atomic<std::shared_ptr<const Snapshot>> current{std::make_shared<const Snapshot>()};
  std::mutex rendering;  ///< one at a time; `find` does not take it
  std::map<std::int64_t, State> states;
  Instant home_edge = Instant::max();

  /// Which uploaded files an event's public pages show, as of `key` (inputs.h).
  struct ShownFiles {
    std::string key;
    std::set<std::string, std::less<>> codes;
  };
  std::mutex files_mutex;
  std::map<std::int64_t, ShownFiles> shown_files;

  Impl(const Web& w, Headers h) : web(w), headers(std::move(h)) {}

  std::string pack_path(const std::string& slug) const { return web.data_dir + "/rendered/" + slug + "/pages.pack"; }
  std::string_view base_url() const { return web.sign_in.base_url; }

  std::shared_ptr<const Shelf> shelf_of(std::string_view owner) const {
    const auto snapshot = current.load();
    const auto found = snapshot->find(owner);
    return found == snapshot->end() ? nullptr : found->second;
  }

  void swap_in(const std::string& owner, std::optional<ReadyMap> documents) {
    auto next = std::make_shared<Snapshot>(*current.load());
    if (documents)
      next->insert_or_assign(owner, std::make_shared<const Shelf>(*std::move(documents)));
    else
      next->erase(owner);
    current.store(std::move(next));
  }

  void drop(const std::string& slug) {
    swap_in(slug, std::nullopt);
    forget_kept(web.data_dir, slug);
  }

  ReadyMap render(const Content& content, const std::vector<ReleaseNote>& notes, const ReadyMap* before) const {
    auto ready = make_ready_map(render_documents(web.chrome, content, notes), headers, before);
    ready.merge(make_ready_map(render_moments(web.chrome, content), headers, before));
    ready.merge(make_ready_map(render_lists(content, ready), headers, before));
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
    TRY_ASSIGN(const bool on_demand, is_on_demand(tx, *event));
    if (on_demand) {
      if (state.awake) drop(state.slug);
      state = {.slug = event->slug};
      return std::nullopt;
    }
    state.slug = event->slug;
    state.present = is_present(*event, tx.now());
    TRY_ASSIGN(std::string key, input_key(tx, *event, base_url()));
    TRY_ASSIGN(Content content, load_content(tx, id, base_url()));
    TRY_ASSIGN(auto notes, read_release_notes(tx, content));
    return Inputs{std::move(content), std::move(notes), std::move(key)};
  }

  /// Present, or of the past and in memory. The archive's other events are drawn when somebody asks; what is no longer public goes at once.
  Result<bool> is_wanted(EventId id) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto event, events::find_event(tx, id));
    State& state = states[id.value];
    if (state.awake || !event || !event->is_public) return true;
    if (!state.slug.empty() && state.slug != event->slug) drop(state.slug);
    state.slug = event->slug;
    state.present = is_present(*event, tx.now());
    // What is kept of it is outdated, and may name somebody whose name was erased.
    if (!state.present) forget_kept(web.data_dir, state.slug);
    return state.present;
  }

  Result<void> bring(EventId id) {
    const auto began = SteadyClock::now();
    TRY_ASSIGN(const auto inputs, read_inputs(id));
    if (!inputs) return {};
    const auto& content = inputs->content;
    State& state = states[id.value];
    const auto before = shelf_of(state.slug);
    auto documents = render(content, inputs->notes, before ? &before->documents : nullptr);
    const auto count = documents.size();
    const auto fresh = std::ranges::count_if(documents, [&](const auto& entry) {
      if (!before) return true;
      const auto old = before->documents.find(entry.first);
      return old == before->documents.end() || old->second != entry.second;
    });
    swap_in(state.slug, std::move(documents));
    state.key = inputs->key;
    state.awake = true;
    state.kept = state.pressed_kept = false;
    state.next_edge = next_edge(content);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - began);
    log(LogTopic::site, "event rendered",
        {{"event", state.slug}, {"revision", content.programme().revision}, {"documents", count}, {"changed", fresh}, {"ms", took.count()}});
    return {};
  }

  /// What is kept on disk and still right. False: it must be rendered.
  Result<bool> bring_kept(EventId id) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto event, events::require_event(tx, id));
    TRY_ASSIGN(std::string key, input_key(tx, event, base_url()));
    auto kept = read_pack(pack_path(event.slug), key);
    if (!kept) return false;
    State& state = states[id.value];
    state.slug = event.slug;
    state.present = is_present(event, tx.now());
    TRY(bring_moments(tx, event, state, *kept));
    swap_in(event.slug, std::move(*kept));
    state.key = std::move(key);
    state.awake = state.kept = true;
    state.pressed_kept = false;
    return true;
  }

  /// Kept pages were drawn at another time: what depends on it is drawn now. Of past events nothing does.
  Result<void> bring_moments(db::Tx& tx, const events::Event& event, State& state, ReadyMap& documents) {
    state.next_edge = Instant::max();
    if (!state.present || event.zone.empty()) return {};
    TRY_ASSIGN(const Content content, load_content(tx, event.id, base_url()));
    for (auto& [path, ready] : make_ready_map(render_moments(web.chrome, content), headers, &documents)) documents.insert_or_assign(path, ready);
    for (auto& [path, ready] : make_ready_map(render_lists(content, documents), headers, &documents)) documents.insert_or_assign(path, ready);
    state.next_edge = next_edge(content);
    return {};
  }

  Result<void> bring_home() {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(auto documents, make_home_documents(tx, web.chrome, base_url()));
    TRY_ASSIGN(home_edge, next_home_edge(tx));
    const auto before = shelf_of("");
    swap_in("", make_ready_map(std::move(documents), headers, before ? &before->documents : nullptr));
    return {};
  }

  /// A summit is shown in its edition, an edition named in its summits.
  Result<std::set<EventId>> with_those_that_show(const std::vector<EventId>& events) {
    std::set<EventId> all(events.begin(), events.end());
    TRY_ASSIGN(auto tx, web.db.begin_read());
    for (const EventId id : events) {
      TRY_ASSIGN(const auto event, events::find_event(tx, id));
      if (event && event->parent) all.insert(event->parent);
      TRY_ASSIGN(const auto summits, events::list_summits(tx, id));
      for (const auto& summit : summits) all.insert(summit.id);
    }
    return all;
  }

  Result<void> keep(State& state) {
    state.kept = true;
    const auto shelf = shelf_of(state.slug);
    if (!shelf) return {};
    state.pressed_kept = std::ranges::all_of(shelf->documents, [](const auto& entry) { return entry.second->is_pressed; });
    return write_pack(pack_path(state.slug), state.key, shelf->documents);
  }

  /// The largest documents that are only quickly compressed, pressed while nobody waits for the lock; what was drawn anew meanwhile stays. False: none is left.
  bool press(std::unique_lock<std::mutex>& lock, const std::string& slug, const std::stop_token& stop) {
    std::vector<std::pair<std::string, std::shared_ptr<const http::Ready>>> due;
    if (const auto shelf = shelf_of(slug))
      for (const auto& [path, ready] : shelf->documents)
        if (!ready->is_pressed) due.emplace_back(path, ready);
    if (due.empty()) return false;
    const auto some = std::min(due.size(), pressed_at_once);
    std::ranges::partial_sort(due, due.begin() + static_cast<std::ptrdiff_t>(some), std::greater(), [](const auto& d) { return d.second->identity.size(); });
    due.resize(some);
    lock.unlock();
    std::vector<std::shared_ptr<const http::Ready>> smaller;
    smaller.reserve(some);
    for (const auto& [path, ready] : due) {
      if (stop.stop_requested()) break;  // the largest take a second each
      smaller.push_back(http::pressed(*ready));
    }
    lock.lock();
    const auto shelf = shelf_of(slug);
    if (!shelf) return true;
    ReadyMap next = shelf->documents;
    for (std::size_t i = 0; i < smaller.size(); ++i)
      if (const auto found = next.find(due[i].first); found != next.end() && found->second == due[i].second) found->second = smaller[i];
    swap_in(slug, std::move(next));
    return true;
  }
};

RenderedSite::RenderedSite(const Web& web, std::vector<std::pair<std::string, std::string>> headers) : impl_(std::make_unique<Impl>(web, std::move(headers))) {}
RenderedSite::~RenderedSite() = default;

const std::vector<std::pair<std::string, std::string>>& RenderedSite::headers() const { return impl_->headers; }

Result<void> RenderedSite::load() {
  const std::scoped_lock lock(impl_->rendering);
  std::vector<EventId> present;
  {
    TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
    TRY_ASSIGN(const auto all, events::list_events(tx));
    for (const auto& event : all) {
      if (!event.is_public) continue;
      auto& state = impl_->states[event.id.value];
      state.slug = event.slug;
      state.present = is_present(event, tx.now());
      if (state.present) present.push_back(event.id);
    }
  }
  for (const EventId id : present) TRY(impl_->bring_kept(id));
  return impl_->bring_home();
}

Result<void> RenderedSite::render_events(const std::vector<EventId>& events) {
  const std::scoped_lock lock(impl_->rendering);
  TRY_ASSIGN(const auto all, impl_->with_those_that_show(events));
  for (const EventId id : all) {
    TRY_ASSIGN(const bool wanted, impl_->is_wanted(id));
    if (wanted) TRY(impl_->bring(id));
  }
  return impl_->bring_home();
}

Result<void> RenderedSite::render_home() {
  const std::scoped_lock lock(impl_->rendering);
  return impl_->bring_home();
}

Result<void> RenderedSite::render_now(Instant now) {
  const std::scoped_lock lock(impl_->rendering);
  for (auto& [id, state] : impl_->states) {
    if (!state.awake || state.next_edge > now) continue;
    TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
    TRY_ASSIGN(const auto event, events::find_event(tx, EventId{id}));
    const auto shelf = impl_->shelf_of(state.slug);
    if (!event || !shelf) continue;
    ReadyMap next = shelf->documents;
    TRY(impl_->bring_moments(tx, *event, state, next));
    impl_->swap_in(state.slug, std::move(next));
  }
  return impl_->home_edge <= now ? impl_->bring_home() : Result<void>{};
}

std::shared_ptr<const http::Ready> RenderedSite::find(std::string_view path) const {
  const auto shelf = impl_->shelf_of(owner_of(path));
  if (!shelf) return nullptr;
  shelf->asked.store(SteadyClock::now(), std::memory_order_relaxed);
  const auto found = shelf->documents.find(path);
  return found == shelf->documents.end() ? nullptr : found->second;
}

Result<std::shared_ptr<const http::Ready>> RenderedSite::wake(std::string_view path) {
  if (auto found = find(path)) return found;
  const std::scoped_lock lock(impl_->rendering);
  const auto owner = owner_of(path);
  const auto asleep = std::ranges::find_if(impl_->states, [&](const auto& entry) { return entry.second.slug == owner && !entry.second.awake; });
  if (asleep != impl_->states.end()) {
    const EventId id{asleep->first};
    {
      TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
      TRY_ASSIGN(const auto event, events::find_event(tx, id));
      TRY_ASSIGN(const bool on_demand, event ? is_on_demand(tx, *event) : Result<bool>(false));
      if (on_demand) return std::shared_ptr<const http::Ready>{};
    }
    TRY_ASSIGN(const bool was_kept, impl_->bring_kept(id));
    if (!was_kept) TRY(impl_->bring(id));
  }
  return find(path);
}

Result<bool> RenderedSite::bring_present() {
  const std::scoped_lock lock(impl_->rendering);
  for (auto& [id, state] : impl_->states) {
    if (!state.present || state.awake) continue;
    TRY(impl_->bring(EventId{id}));
    return true;
  }
  return false;
}

Result<bool> RenderedSite::do_what_can_wait(const std::stop_token& stop) {
  std::unique_lock lock(impl_->rendering);
  for (auto& [id, state] : impl_->states) {
    if (state.awake && !state.kept) {
      TRY(impl_->keep(state));
      return true;
    }
  }
  for (auto& [id, state] : impl_->states)
    if (state.awake && impl_->press(lock, std::string(state.slug), stop)) return true;
  for (auto& [id, state] : impl_->states) {
    if (!state.awake || state.pressed_kept) continue;
    state.pressed_kept = true;
    // Written only where there is something: what was removed before an erasure must not come back.
    if (std::filesystem::exists(impl_->pack_path(state.slug))) TRY(impl_->keep(state));
    return true;
  }
  for (auto& [id, state] : impl_->states) {
    const auto shelf = impl_->shelf_of(state.slug);
    if (!state.awake || state.present || !shelf || shelf->asked.load() > SteadyClock::now() - falls_asleep_after) continue;
    impl_->swap_in(state.slug, std::nullopt);
    state.awake = false;
    return true;
  }
  return false;
}

Result<bool> RenderedSite::shows_file(EventId id, std::string_view code) {
  TRY_ASSIGN(auto tx, impl_->web.db.begin_read());
  TRY_ASSIGN(const auto event, events::find_event(tx, id));
  if (!event || !event->is_public) return false;
  TRY_ASSIGN(std::string key, input_key(tx, *event, impl_->base_url()));
  {
    const std::scoped_lock lock(impl_->files_mutex);
    const auto known = impl_->shown_files.find(id.value);
    if (known != impl_->shown_files.end() && known->second.key == key) return known->second.codes.contains(code);
  }
  TRY_ASSIGN(const Content content, load_content(tx, id, impl_->base_url()));
  Impl::ShownFiles shown{.key = std::move(key), .codes = {}};
  for (const auto* talk : content.talks)
    for (const auto& link : talk->attachments)
      if (auto file = talks::file_code_of(link.url); file && link.url.starts_with('/')) shown.codes.insert(*std::move(file));
  const bool found = shown.codes.contains(code);
  const std::scoped_lock lock(impl_->files_mutex);
  impl_->shown_files.insert_or_assign(id.value, std::move(shown));
  return found;
}

RenderedSite::Numbers RenderedSite::numbers() const {
  Numbers out;
  for (const auto& [slug, shelf] : *impl_->current.load()) {
    out.documents += shelf->documents.size();
    for (const auto& [path, ready] : shelf->documents) out.bytes += ready->identity.size() + ready->gzip.size() + ready->brotli.size();
  }
  return out;
}

std::vector<std::string> RenderedSite::paths() const {
  std::vector<std::string> out;
  for (const auto& [slug, shelf] : *impl_->current.load())
    for (const auto& [path, ready] : shelf->documents) out.push_back(path);
  std::ranges::sort(out);
  return out;
}

}  // namespace confer::site
