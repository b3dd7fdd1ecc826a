// Taking an import back (exchange.h).
#include <algorithm>
#include <set>
#include "archive/attaching.h"
#include "archive/exchange.h"
#include "archive/indexing.h"
#include "archive/merging.h"
#include "archive/pyvideo.h"
#include "archive/store.h"
#include "archive/voctoweb.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"

namespace confer::archive {
namespace {

class Undo {
 public:
  Undo(db::Tx& tx, const Run& run) : tx_(tx), run_(run), format_(run.source == voctoweb_format.name ? voctoweb_format : pyvideo_format) {}

  Result<void> take_back(const store::ChangeToUndo& change) {
    TRY_ASSIGN(const auto record, store::find_record(tx_, change.talk));
    if (!record) return {};
    const std::string place = record->event_path + "/" + record->path;
    if (change.change == Change::removed) return leave(place + ": it must never be published, and stays away");
    if (record->is_removed) return {};
    if (record->run != run_.id) return leave(place + ": a later import wrote it again");
    TRY_ASSIGN(auto talk, talks::find_talk(tx_, record->code));
    if (!talk) return {};
    TRY_ASSIGN(auto recording, recordings::find_recording(tx_, change.talk));
    events_.insert(change.event);
    if (change.before == had_no_record) {
      TRY_ASSIGN(const auto kept, detach(tx_, *record, *talk));
      for (const auto& field : kept) TRY(leave(place + ": " + field + " was edited here since"));
      ++done.changed_back;
      return {};
    }
    return change.change == Change::added ? put_away(change, *record, *talk, recording, place) : change_back(change, *record, *talk, recording, place);
  }

  /// Lists, search, the events; after the last change.
  Result<void> finish(const Actor& actor) {
    for (const EventId id : events_) {
      TRY_ASSIGN(auto event, events::find_event(tx_, id));
      if (!event) continue;
      TRY_ASSIGN(const auto left, talks::list_talks(tx_, id));
      const bool hide = left.empty() && event->is_public && event->kind == events::EventKind::archived;
      TRY(store::ask_event_again(tx_, id, hide));
      if (hide) {
        ++done.events_hidden;
        event->is_public = false;
        // The keeper may not change events otherwise: who it was stands in the fact below.
        TRY(events::save_event(tx_, system_actor("undo of an import"), *event));
      }
      TRY(index_event(tx_, id));
      if (event->kind != events::EventKind::archived)
        TRY(journal::record(tx_, who(actor), "recording.import_undone", event->series.value, id.value, "event:" + event->slug));
      JsonWriter w;
      w.begin_object().field("run", run_.id.value);
      TRY(journal::record(tx_, who(actor), "archive.import_undone", event->series.value, id.value, "event:" + event->slug, w.end_object().take()));
    }
    return {};
  }

  Undone done;

 private:
  Result<void> leave(std::string sentence) {
    done.left_alone.push_back(std::move(sentence));
    return {};
  }

  Result<void> put_away(const store::ChangeToUndo& change, const store::Record& record, const talks::Talk& talk,
                        const std::optional<recordings::Recording>& recording, const std::string& place) {
    const bool edited = talk.version != record.talk_version || (recording && recording->version != record.recording_version);
    if (edited) return leave(place + ": it was edited here since it came in");
    TRY(talks::put_away(tx_, change.event, change.talk));
    TRY(store::mark_record_undone(tx_, change.talk, run_.id));
    ++done.put_away;
    return {};
  }

  Result<void> change_back(const store::ChangeToUndo& change, const store::Record& record, const talks::Talk& talk,
                           const std::optional<recordings::Recording>& stored, const std::string& place) {
    Findings ignored;
    auto now = format_.read_record(record.raw, record.path, ignored);
    auto before = format_.read_record(change.before, record.path, ignored);
    if (change.before.empty() || !now || !before) return leave(place + ": what stood there before is not known any more");
    if (record.is_programmed) now->talk = before->talk = talk;
    const recordings::Recording recording = stored.value_or(recordings::Recording{});
    // The same rule as an import's, the other way round: what stands here as the run set it goes back, what is otherwise is ours.
    Merged merged = merge(&*now, talk, recording, *before, true);
    for (const auto& field : merged.conflicts) TRY(leave(place + ": " + field + " was edited here since"));
    const bool was_edited = talk.version != record.talk_version || recording.version != record.recording_version;
    TRY_ASSIGN(const auto event, events::find_event(tx_, change.event));
    if (!event) return leave(place + ": its event is gone");
    TRY_ASSIGN(const auto put, talks::put_talk(tx_, *event, std::move(merged.talk)));
    if (!merged.recording.same_as(recording)) {
      merged.recording.talk = change.talk;
      TRY_ASSIGN(merged.recording, recordings::put_recording(tx_, std::move(merged.recording)));
    }
    store::Record back = record;
    back.raw = change.before;
    back.hash.clear();  // the next import compares it again
    back.number = before->number;
    back.repaired = join(before->repaired, " ");
    back.talk_version = was_edited ? 0 : put.version;
    back.recording_version = merged.recording.version;
    TRY(store::put_record(tx_, change.event, format_.name, back, run_.id));
    ++done.changed_back;
    return {};
  }

  db::Tx& tx_;
  const Run& run_;
  const Format& format_;
  std::set<EventId> events_;
};

}  // namespace

Result<Undone> undo_run(db::Database& db, const Actor& actor, ImportRunId id) {
  TRY(require(actor, Right::archive, Scope{}));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(const auto run, store::find_run(tx, id));
  if (!run) return fail(ErrorCode::not_found, "There is no such import.");
  if (run->state == RunState::running)
    return fail(ErrorCode::conflict, "This import is still running. Wait for its end; one that was killed is ended by the next import.");
  if (run->undone_at) return fail(ErrorCode::conflict, "This import was taken back already.");
  TRY_ASSIGN(const auto changes, store::changes_of_run(tx, id));
  const auto count = [&](const char* name) {
    const auto found = run->counts.find(name);
    return found == run->counts.end() ? 0 : found->second;
  };
  const auto known = std::ranges::count(changes, Change::added, &store::ChangeToUndo::change);
  if (known < count("talks added"))
    return fail(ErrorCode::conflict,
                "This import was made by an earlier version of Confer, which did not note every talk that it added. It cannot be taken back.");
  Undo undo(tx, *run);
  for (const auto& change : changes) TRY(undo.take_back(change));
  TRY(undo.finish(actor));
  const auto by = who(actor);
  TRY_ASSIGN(const bool first, store::mark_run_undone(tx, id, actor.person, by.by, undo.done.left_alone));
  if (!first) return fail(ErrorCode::conflict, "This import was taken back already.");
  TRY(tx.commit());
  return std::move(undo.done);
}

}  // namespace confer::archive
