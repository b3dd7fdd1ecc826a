// Facts become public pages and messages to open ones (following.h).
#include "app/following.h"
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include "base/json_writer.h"
#include "base/log.h"
#include "events/events.h"
#include "programme/programme.h"

namespace confer::app {
namespace {

constexpr int facts_at_once = 500;
/// A phone that slept longer asks for the revision anyway when it wakes; its stream is told to reset.
constexpr std::chrono::hours remembered{3};

/// The live topic of an event's open pages.
std::string topic_of(const events::Event& event) { return "event:" + event.slug; }

int revision_in(const journal::Fact& fact) {
  auto data = nlohmann::json::parse(fact.data, nullptr, false);
  return data.is_object() ? data.value("revision", 0) : 0;
}

/// What open pages are told: the new revision, and what moved, so that a phone can tell those who starred it.
Result<std::string> release_message(db::Tx& tx, const events::Event& event, int revision, std::string_view base_url) {
  TRY_ASSIGN(auto releases, programme::list_releases(tx, event));
  std::string name, earlier;
  for (const auto& release : releases) {
    if (release.revision == revision) name = release.name;
    if (release.revision == revision - 1) earlier = release.name;
  }
  TRY_ASSIGN(auto now, programme::released_programme(tx, event, name, base_url));
  if (!now) return std::string("{}");
  TRY_ASSIGN(auto before, programme::released_programme(tx, event, earlier, base_url));
  JsonWriter w;
  w.begin_object().field("revision", revision).field("version", now->version).field("released_at", to_ms(now->released_at)).key("changes").begin_array();
  if (before)
    for (const auto& change : programme::difference(*before, *now)) {
      if (!programme::concerns_attendees(change) || change.talk.empty()) continue;
      const auto* room = now->room(change.new_room);
      w.begin_object().field("talk", change.talk).field("title", change.title).field("kind", static_cast<int>(change.kind)).field("slot", change.slot);
      w.field("room", room != nullptr ? room->name.in(event.languages.front()) : "").field("start", to_text(change.new_start)).end_object();
    }
  return w.end_array().end_object().take();
}

bool is_told(const journal::Fact& fact) { return fact.name == "schedule.released" || fact.name == "banner.changed"; }

Result<void> tell(db::Tx& tx, const Web& web, const journal::Fact& fact) {
  TRY_ASSIGN(const auto event, events::find_event(tx, EventId{fact.event}));
  if (!event || !event->is_public) return {};
  if (fact.name == "banner.changed") {
    web.events.publish(topic_of(*event), fact.position, "banner", fact.data);
    return {};
  }
  TRY_ASSIGN(const auto message, release_message(tx, *event, revision_in(fact), web.sign_in.base_url));
  web.events.publish(topic_of(*event), fact.position, "released", message);
  return {};
}

/// What a handful of facts asks for.
struct Due {
  std::set<EventId> events;
  bool home = false;
};

/// Rooms, tracks and types are shown as they were released: their facts change nothing here. An archived edition's talks are shown as they are.
Result<void> add_due(db::Tx& tx, const journal::Fact& fact, Due& due) {
  const std::string_view name = fact.name;
  if (name.starts_with("series.")) {
    due.home = true;
    TRY_ASSIGN(const auto editions, events::list_events(tx, SeriesId{fact.series}));
    for (const auto& edition : editions) due.events.insert(edition.id);
  } else if (name == "schedule.released" || name == "person.erased" || name == "talk.file_erased" || name.starts_with("page.") || name.starts_with("banner.") ||
             name.starts_with("event.")) {
    if (fact.event != 0) due.events.insert(EventId{fact.event});
    due.home = true;
  } else if (fact.event != 0 && name.starts_with("recording.")) {
    due.events.insert(EventId{fact.event});
  } else if (fact.event != 0 && (name.starts_with("talk.") || name == "schedule.imported")) {
    TRY_ASSIGN(const auto event, events::find_event(tx, EventId{fact.event}));
    if (event && event->kind == events::EventKind::archived) due.events.insert(event->id);
  }
  return {};
}

}  // namespace

Result<void> FollowingSite::begin() {
  TRY_ASSIGN(auto tx, web_.db.begin_read());
  TRY_ASSIGN(position_, journal::last_position(tx));
  return {};
}

void FollowingSite::start() {
  ASSERT(!thread_.joinable());
  thread_ = std::thread([this] { run(); });
}

void FollowingSite::look() {
  const std::scoped_lock lock(mutex_);
  ++looks_;
  changed_.notify_all();
}

void FollowingSite::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void FollowingSite::catch_up() {
  std::unique_lock lock(mutex_);
  const auto mine = ++looks_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return stopping_ || done_ >= mine; });
}

/// Of the facts up to `position_`, the hub gets what was told lately.
void FollowingSite::remember() {
  const auto told = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, web_.db.begin_read());
    const auto from = std::max<std::int64_t>(0, position_ - facts_at_once);
    TRY_ASSIGN(const auto facts, journal::facts_after(tx, from, facts_at_once));
    std::int64_t complete_from = from;
    for (const auto& fact : facts) {
      if (fact.position > position_) break;
      if (fact.at < instant_of_ms(to_ms(tx.now())) - remembered)
        complete_from = fact.position;
      else if (is_told(fact) && fact.event != 0)
        TRY(tell(tx, web_, fact));
    }
    web_.events.complete_from(complete_from);
    return {};
  }();
  if (!told) log(LogTopic::site, LogLevel::warning, "earlier messages not known", {{"detail", told.error().detail}});
}

Result<void> FollowingSite::follow_new() {
  for (;;) {
    Due due;
    std::vector<journal::Fact> facts;
    {
      TRY_ASSIGN(auto tx, web_.db.begin_read());
      TRY_ASSIGN(facts, journal::facts_after(tx, position_, facts_at_once));
      if (facts.empty()) return {};
      for (const auto& fact : facts) TRY(add_due(tx, fact, due));
    }
    // New bytes first, then open pages are told that there are some.
    if (!due.events.empty())
      TRY(site_.render_events({due.events.begin(), due.events.end()}));
    else if (due.home)
      TRY(site_.render_home());
    {
      TRY_ASSIGN(auto tx, web_.db.begin_read());
      for (const auto& fact : facts)
        if (is_told(fact) && fact.event != 0) TRY(tell(tx, web_, fact));
    }
    position_ = facts.back().position;
  }
}

void FollowingSite::run() {
  remember();
  std::unique_lock lock(mutex_);
  constexpr std::chrono::seconds again{5};
  for (bool failed = false; !stopping_;) {
    const auto asked = looks_;
    lock.unlock();
    const auto done = follow_new();
    lock.lock();
    if (!done)
      log(LogTopic::site, LogLevel::error, "pages not rendered, will be tried again", {{"message", done.error().message}, {"detail", done.error().detail}});
    failed = !done;
    if (done) done_ = asked;
    changed_.notify_all();
    const auto rung = [&] { return stopping_ || looks_ != asked; };
    if (failed)
      changed_.wait_for(lock, again, [&] { return stopping_; });
    else
      changed_.wait(lock, rung);
  }
}

}  // namespace confer::app
