// Fetching the schedules that events follow (sync.h).
#include "app/sync.h"
#include "base/log.h"
#include "http/outbound.h"
#include "programme/release_steps.h"
#include "programme/sync.h"

namespace confer::app {
namespace {

namespace pr = confer::programme;

Result<pr::Imported> read(const http::OutboundAnswer& answer) {
  TRY_ASSIGN(auto format, pr::detect(answer.final_url, answer.body));
  switch (format) {
    case pr::Format::schedule_json:
      return pr::read_schedule_json(answer.body);
    case pr::Format::schedule2_json:
      return pr::read_schedule2_json(answer.body);
    case pr::Format::schedule_xml:
      return pr::read_schedule_xml(answer.body);
    case pr::Format::pyvideo:
    case pr::Format::csv:
      break;
  }
  return fail(ErrorCode::invalid, "What the address answers is not a schedule.json, schedule2 or schedule.xml.");
}

/// The next of "sync-1", "sync-2", …: a followed schedule's own version may repeat or be empty.
std::string release_name(int revision) { return "sync-" + std::to_string(revision + 1); }

std::string counted(const pr::ImportReport& report) {
  return std::to_string(report.added) + " added, " + std::to_string(report.updated) + " updated, " + std::to_string(report.removed) + " removed, " +
         std::to_string(report.conflicts.size()) + " kept as edited here.";
}

/// Told in the words of the draft as it is now.
Result<std::string> report_text(Installation& here, EventId event_id, const pr::ImportReport& report, pr::SyncMode mode) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY_ASSIGN(auto draft, pr::load_draft(tx, event, here.config.public_url()));
  return pr::to_json(pr::sync_report(report, draft, mode));
}

/// True when a release would also publish what somebody made here and has not released yet.
Result<bool> is_unfinished(Installation& here, EventId id) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, id));
  TRY_ASSIGN(auto draft, pr::releasable(tx, event, here.config.public_url()));
  TRY_ASSIGN(auto released, pr::current_programme(tx, event, here.config.public_url()));
  if (!released) return !draft.talks.empty() || !draft.slots.empty();
  return !pr::is_same_programme(*released, draft);
}

/// Why nobody should see at once what came: half of the programme is gone, which is oftener a fault at the source than meant. Empty: nothing of that kind.
Result<std::string> what_is_gone(Installation& here, EventId id) {
  constexpr std::size_t few = 6;
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, id));
  TRY_ASSIGN(auto draft, pr::releasable(tx, event, here.config.public_url()));
  TRY_ASSIGN(auto released, pr::current_programme(tx, event, here.config.public_url()));
  if (!released || released->slots.size() < few || 2 * draft.slots.size() >= released->slots.size()) return std::string();
  return std::to_string(released->slots.size() - draft.slots.size()) + " of " + std::to_string(released->slots.size()) +
         " sessions would be gone. If that is meant, release the draft yourself.";
}

Result<std::string> fetch_and_import(Installation& here, const pr::SyncSource& source, pr::SyncMode mode, http::OutboundAnswer& answer, pr::SyncNote& note,
                                     const Progress& progress) {
  http::OutboundRequest request;
  request.url = source.url;
  if (mode == pr::SyncMode::import) {
    request.etag = source.etag;
    request.last_modified = source.last_modified;
  }
  request.internal = here.config.outbound_private ? http::InternalAddresses::allow : http::InternalAddresses::refuse;
  TRY_ASSIGN(answer, http::fetch(request));
  if (answer.not_modified) {
    note.report = source.last_report;
    return std::string("Nothing new.");
  }
  if (answer.status != 200) return fail(ErrorCode::unavailable, "The address answered with status " + std::to_string(answer.status) + ".");
  TRY_ASSIGN(auto imported, read(answer));
  const Actor actor = system_actor("sync");
  if (mode == pr::SyncMode::look) {
    TRY_ASSIGN(auto report, pr::preview_import(*here.db, actor, source.event, imported));
    TRY_ASSIGN(note.report, report_text(here, source.event, report, mode));
    return "Looked only, nothing was imported. It would be: " + counted(report);
  }
  bool unfinished = false;
  if (source.release_changes) {
    TRY_ASSIGN(unfinished, is_unfinished(here, source.event));
  }
  TRY_ASSIGN(auto report, pr::import_programme(*here.db, actor, source.event, imported, progress));
  TRY_ASSIGN(note.report, report_text(here, source.event, report, mode));
  std::string sentence = counted(report);
  if (!source.release_changes) return sentence;
  if (unfinished) return sentence + " Not released: the draft has changes made here that are not released yet.";
  if (report.added + report.updated + report.removed == 0) return sentence;
  TRY_ASSIGN(const auto gone, what_is_gone(here, source.event));
  if (!gone.empty()) return sentence + " Not released: " + gone;
  int revision = 0;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(auto event, events::require_event(tx, source.event));
    TRY_ASSIGN(auto releases, pr::list_releases(tx, event));
    if (!releases.empty()) revision = releases.front().revision;
  }
  auto released =
      pr::release_schedule(*here.db, actor, source.event, release_name(revision), "Followed " + http::printable_url(source.url), here.config.public_url());
  if (released) return sentence + " Released as " + released->name + ".";
  if (released.error().code == ErrorCode::conflict && released.error().problems.empty()) return sentence;
  return fail(released.error().code, sentence + " Not released: " + released.error().message);
}

}  // namespace

Result<std::string> sync_event(Installation& here, EventId event, pr::SyncMode mode, const Progress& progress) {
  std::optional<pr::SyncSource> source;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(source, pr::find_sync_source(tx, event));
  }
  if (!source) return fail(ErrorCode::not_found, "This event follows no address.");
  http::OutboundAnswer answer;
  pr::SyncNote note;
  auto done = fetch_and_import(here, *source, mode, answer, note, progress);
  TRY_ASSIGN(auto tx, here.db->begin_write());
  note.result = done ? *done : done.error().message;
  // After a failure or a mere look the old validators stay, so that the next attempt gets the whole file again.
  const bool fresh = done && !answer.not_modified && mode == pr::SyncMode::import;
  note.etag = fresh ? answer.etag : source->etag;
  note.last_modified = fresh ? answer.last_modified : source->last_modified;
  TRY(pr::note_sync(tx, event, note));
  TRY(tx.commit());
  return done;
}

Result<void> sync_now(Installation& here, const jobs::Running& running) {
  const EventId event{running.job().event};
  // How it ended is noted for the page; a failed job would only say so twice.
  if (auto done = sync_event(here, event, pr::mode_of_job(running.job().input)); !done)
    log(LogTopic::sync, LogLevel::warning, "sync failed", {{"event", event.value}, {"message", done.error().message}});
  return {};
}

Result<void> sync_due(Installation& here, const jobs::Running& running) {
  std::vector<pr::SyncSource> due;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(due, pr::due_sync_sources(tx));
  }
  for (const auto& source : due) {
    if (running.stopping()) break;
    if (auto done = sync_event(here, source.event); !done)
      log(LogTopic::sync, LogLevel::warning, "sync failed", {{"event", source.event.value}, {"message", done.error().message}});
  }
  return {};
}

}  // namespace confer::app
