// What follows from what (reactions.h). Read as a table: fact → consequence.
#include "app/reactions.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "app/periodic.h"
#include "archive/archive.h"
#include "base/log.h"
#include "cutting/cutting.h"
#include "cutting/programs.h"
#include "events/events.h"
#include "footage/footage.h"
#include "programme/notices.h"
#include "programme/parts.h"

namespace confer::app {
namespace {

int revision_in(const journal::Fact& fact) {
  auto data = nlohmann::json::parse(fact.data, nullptr, false);
  return data.is_object() ? data.value("revision", 0) : 0;
}

Result<std::optional<events::Event>> event_of(db::Tx& tx, const journal::Fact& fact) { return events::find_event(tx, EventId{fact.event}); }

/// A release does; of an archived edition, which has none, each edit and the end of an import, but not the import's single talks.
bool changes_what_is_found(const journal::Fact& fact, const events::Event& event) {
  if (fact.name == "schedule.released") return true;
  if (event.kind != events::EventKind::archived) return false;
  return fact.name == "schedule.imported" || (fact.name.starts_with("talk.") && fact.person != 0);
}

/// When a talk's consent may be another than what became of its recording. A cut that went online in the very moment in which consent was taken back, too.
bool changes_consent(const journal::Fact& fact) {
  if (fact.name == "cut.published") return true;
  if (fact.name != "talk.changed") return false;
  const auto data = nlohmann::json::parse(fact.data, nullptr, false);
  if (!data.is_object() || !data.contains("fields")) return false;
  return std::ranges::find(data["fields"], "recording") != data["fields"].end();
}

bool changes_what_is_seen(const journal::Fact& fact) { return changes_consent(fact) || fact.name == "cut.stopped" || fact.name.starts_with("recording."); }

/// The code in "talk:QX7T9M"; empty when the fact is about something else.
std::string_view talk_of(const journal::Fact& fact) {
  constexpr std::string_view talk = "talk:";
  const std::string_view subject = fact.subject;
  return subject.starts_with(talk) ? subject.substr(talk.size()) : std::string_view();
}

/// What blocks and their parts are may be another than the parts' own talks say.
bool changes_parts(const journal::Fact& fact) {
  return fact.name.starts_with("slot.") || fact.name == "schedule.released" || fact.name == "schedule.imported" || fact.name == "draft.reset" ||
         fact.name == "talk.restored";
}

/// What else lists of the archive are made from. An event that was just added has no talks, unless an import brought it, which has listed them itself.
bool changes_the_archive(const journal::Fact& fact) {
  if (fact.name == "parts.followed") return true;
  return fact.name.starts_with("recording.") || (fact.name.starts_with("event.") && fact.name != "event.added");
}

}  // namespace

void add_reactions(journal::Feed& feed, const Web& web, const Config& config, FollowingSite& following) {
  // In every process: public pages are drawn again, and open ones are told.
  feed.subscribe([&](const journal::Fact&) { following.look(); });
  // First: what follows finds the parts' own talks.
  feed.react("give each part of a block its talk", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    TRY_ASSIGN(const auto event, event_of(tx, fact));
    if (!event || !changes_parts(fact)) return {};
    TRY_ASSIGN(const auto followed, programme::follow_parts(tx, *event));
    return cutting::follow_returned(tx, *event, followed.returned);
  });
  feed.react("index what visitors find", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    TRY_ASSIGN(auto event, event_of(tx, fact));
    return event && changes_what_is_found(fact, *event) ? site::index_event(tx, event->id) : Result<void>{};
  });
  feed.react("keep the archive's lists true", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    TRY_ASSIGN(auto event, event_of(tx, fact));
    if (!event || !changes_the_archive(fact)) return {};
    // A block's parts are found beside what the archive knows of it.
    const bool is_programme =
        event->kind != events::EventKind::archived && event->is_public && (fact.name.starts_with("recording.") || fact.name == "parts.followed");
    return is_programme ? site::index_event(tx, event->id) : archive::index_event(tx, event->id);
  });
  // Consent first: what it takes offline is not told as seen.
  feed.react("tell what can be seen of a talk", [&web, &config](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (!changes_what_is_seen(fact)) return {};
    TRY_ASSIGN(const auto event, event_of(tx, fact));
    if (!event) return {};
    if (changes_consent(fact)) TRY(cutting::follow_consent(tx, web.sign_in, *event, talk_of(fact)));
    return cutting::follow_showing(tx, web.sign_in, config.hooks, *event, talk_of(fact));
  });
  // After it: what that took offline goes as well.
  feed.react("take out of the store what nothing names", [&web](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (!web.files.is_shared() || !(fact.name.starts_with("cut.") || fact.name.starts_with("recording."))) return {};
    TRY(jobs::enqueue(tx, {.kind = files_withdraw_kind, .unique_key = std::string("periodic ") + files_withdraw_kind}));
    return {};
  });
  feed.react("copy the rules of a copied event", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (fact.name != "event.copied") return {};
    const auto data = nlohmann::json::parse(fact.data, nullptr, false);
    return programme::copy_rules(tx, EventId{data.is_object() ? data.value("from", std::int64_t{0}) : 0}, EventId{fact.event});
  });
  feed.react("read recorders' clocks by the event's zone", [](db::Tx& tx, const journal::Fact& fact) -> Result<void> {
    if (fact.name != "event.changed") return {};
    TRY_ASSIGN(const auto event, event_of(tx, fact));
    if (!event) return {};
    TRY(footage::follow_zone(tx, *event));
    TRY_ASSIGN(const auto summits, events::list_summits(tx, event->id));  // they share the zone
    for (const auto& summit : summits) TRY(footage::follow_zone(tx, summit));
    return {};
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
