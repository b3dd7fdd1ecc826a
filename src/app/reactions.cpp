// What follows from what (reactions.h). Read as a table: fact → consequence.
#include "app/reactions.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/log.h"
#include "events/events.h"
#include "programme/notices.h"
#include "programme/programme.h"

namespace confer::app {
namespace {

/// The live topic of an event's open pages.
std::string topic_of(const events::Event& event) { return "event:" + event.slug; }

int revision_in(const journal::Fact& fact) {
  auto data = nlohmann::json::parse(fact.data, nullptr, false);
  return data.is_object() ? data.value("revision", 0) : 0;
}

Result<std::optional<events::Event>> event_of(db::Tx& tx, const journal::Fact& fact) { return events::find_event(tx, EventId{fact.event}); }

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

bool changes_public_pages(const std::string& fact) {
  for (std::string_view prefix : {"schedule.released", "page.", "banner.", "event.", "series.", "room.", "track.", "type."})
    if (fact.starts_with(prefix)) return true;
  return false;
}

/// In every process: new bytes first, then open pages are told that there are some.
void follow(const journal::Fact& fact, const Web& web, site::RenderedSite& site) {
  if (!changes_public_pages(fact.name)) return;
  if (fact.event == 0) {
    if (auto done = site.render_home(); !done) log(LogTopic::site, LogLevel::error, "home not rendered", {{"detail", done.error().detail}});
    return;
  }
  if (auto done = site.render_event(EventId{fact.event}); !done) {
    log(LogTopic::site, LogLevel::error, "event not rendered", {{"event", fact.event}, {"message", done.error().message}, {"detail", done.error().detail}});
    return;
  }
  auto tx = web.db.begin_read();
  if (!tx) return;
  auto event = event_of(*tx, fact);
  if (!event || !*event || !(*event)->is_public) return;
  if (fact.name == "schedule.released") {
    if (auto message = release_message(*tx, **event, revision_in(fact), web.sign_in.base_url))
      web.events.publish(topic_of(**event), fact.position, "released", *message);
  } else if (fact.name == "banner.changed") {
    web.events.publish(topic_of(**event), fact.position, "banner", fact.data);
  }
}

/// A release does; of an archived edition, which has none, each edit and the end of an import, but not the import's single talks.
bool changes_what_is_found(const journal::Fact& fact, const events::Event& event) {
  if (fact.name == "schedule.released") return true;
  if (event.kind != events::EventKind::archived) return false;
  return fact.name == "schedule.imported" || (fact.name.starts_with("talk.") && fact.person != 0);
}

}  // namespace

void add_reactions(journal::Feed& feed, const Web& web, site::RenderedSite& site) {
  feed.subscribe([&](const journal::Fact& fact) { follow(fact, web, site); });
  feed.react("index what visitors find", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    TRY_ASSIGN(auto event, event_of(tx, fact));
    return event && changes_what_is_found(fact, *event) ? site::index_event(tx, event->id) : Result<void>{};
  });
  feed.react("copy the rules of a copied event", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (fact.name != "event.copied") return {};
    const auto data = nlohmann::json::parse(fact.data, nullptr, false);
    return programme::copy_rules(tx, EventId{data.is_object() ? data.value("from", std::int64_t{0}) : 0}, EventId{fact.event});
  });
  feed.react("tell speakers of a release", [&web](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (fact.name != "schedule.released") return {};
    TRY_ASSIGN(auto event, event_of(tx, fact));
    // An event of the past is not news to its speakers: an archive that is imported and released sends no mail.
    if (!event || !event->is_public || !event->end || instant_of_ms(to_ms(tx.now())) > Zone().to_instant_lenient(WallTime(*event->end + std::chrono::days(1))))
      return {};
    TRY_ASSIGN(int mails, programme::tell_speakers(tx, *event, revision_in(fact), web.sign_in.base_url, web.sign_in.mail));
    if (mails > 0) log(LogTopic::programme, "speakers told", {{"event", event->slug}, {"mails", mails}});
    return {};
  });
}

}  // namespace confer::app
