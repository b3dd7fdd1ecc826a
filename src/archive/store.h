// Rows of archive/ that imports write: sources, records, names, the index of lists, runs. (Lists are read by list_store.h.)
#pragma once
#include <set>
#include "archive/archive.h"

namespace confer::archive::store {

struct EventSource {
  EventId event;
  std::string path, hash, raw;
  bool is_undone = false;
};
Result<std::vector<EventSource>> list_event_sources(db::Tx& tx, std::string_view source);
Result<void> put_event_source(db::Tx& tx, std::string_view source, const EventSource& event, ImportRunId run);

struct Record {
  TalkId talk;
  std::string code, path;
  std::optional<std::int64_t> number;
  std::string hash, raw, repaired;  ///< names of fields, with blanks between
  std::int64_t talk_version = 0, recording_version = 0;
  bool is_removed = false;
  ImportRunId run;                 ///< that wrote it last
  ImportRunId undone;              ///< the run whose undoing put the talk away; none: it was removed here
  std::string source, event_path;  ///< filled by `find_record`, as is the next
  bool is_programmed = false;      ///< its talk is of a programme made here
};
/// By path; of removed talks too.
Result<std::vector<Record>> records_of_event(db::Tx& tx, EventId event);
Result<void> put_record(db::Tx& tx, EventId event, std::string_view source, const Record& record, ImportRunId run);
Result<std::optional<Record>> find_record(db::Tx& tx, TalkId talk);
Result<void> remove_record(db::Tx& tx, TalkId talk);
/// What records say of an event's talks that were programmed here.
struct Told {
  std::string code, source, path, raw;
};
Result<std::vector<Told>> told_of_programmed(db::Tx& tx, EventId event);
struct Numbered {
  TalkId talk;
  EventId event;
  std::string code;
};
Result<std::vector<Numbered>> numbered_records(db::Tx& tx, std::string_view source, std::int64_t number);
Result<void> change_raw(db::Tx& tx, TalkId talk, std::string_view raw);

/// A printed name, and the page where its talks stand: its own, or that of the name it was joined with.
struct NamedSpeaker : SpeakerLink {
  std::string page_slug, page_name;
};
/// The first row of each name.
Result<std::vector<NamedSpeaker>> speakers_named(db::Tx& tx, const std::vector<std::string>& names);
Result<std::vector<std::string>> taken_speaker_slugs(db::Tx& tx, const std::vector<std::string>& slugs);
Result<SpeakerId> add_speaker(db::Tx& tx, std::string_view slug, std::string_view name);
struct FoldedTag {
  TagLink tag;
  std::string folded;
};
Result<std::vector<FoldedTag>> tags_folded(db::Tx& tx, const std::vector<std::string>& folded);
Result<std::vector<std::string>> taken_tag_slugs(db::Tx& tx, const std::vector<std::string>& slugs);
Result<TagId> add_tag(db::Tx& tx, std::string_view slug, std::string_view name, std::string_view folded);

struct Indexed {
  TalkId talk;
  EventId event;
  SeriesId series;
  std::string day;  ///< "2012-03-09"; empty: unknown
  int year = 0;
  std::string language;
  seconds length{};
  bool has_video = false;
  Instant added_at{};
};
/// `is_new`: there is nothing of it yet, which spares looking.
Result<void> put_indexed(db::Tx& tx, const Indexed& row, const std::vector<SpeakerId>& speakers, const std::vector<TagId>& tags, bool is_new);
Result<void> remove_indexed(db::Tx& tx, TalkId talk);
Result<std::vector<std::pair<TalkId, std::string>>> indexed_of_event(db::Tx& tx, EventId event);  ///< with codes

Result<void> add_alias(db::Tx& tx, std::string_view path, TalkId talk, EventId event);
struct AliasTarget {
  std::string code, slug, event;
};
Result<std::optional<AliasTarget>> find_alias(db::Tx& tx, std::string_view path);

Result<std::vector<NoPublish>> list_no_publish(db::Tx& tx);
/// True when it is new.
Result<bool> add_no_publish(db::Tx& tx, const NoPublish& mark);
Result<void> add_withheld(db::Tx& tx, TalkId talk, std::string_view name_hash);
Result<std::set<std::pair<TalkId, std::string>>> withheld_of_event(db::Tx& tx, EventId event);

Result<ImportRunId> add_run(db::Tx& tx, std::string_view source, std::string_view origin, PersonId person, std::string_view done_by);
Result<void> finish_run(db::Tx& tx, const Run& run, std::string_view findings_hash);
/// Runs that were killed say so.
Result<void> fail_running(db::Tx& tx, std::string_view message);
Result<ImportRunId> run_with_findings(db::Tx& tx, std::string_view findings_hash);
Result<std::vector<Run>> list_runs(db::Tx& tx, int limit, int offset);
Result<std::optional<Run>> find_run(db::Tx& tx, ImportRunId id);
struct ChangeToUndo {
  TalkId talk;
  EventId event;
  Change change = Change::added;
  std::string before;
};
Result<std::vector<ChangeToUndo>> changes_of_run(db::Tx& tx, ImportRunId run);
/// False: it is undone already.
Result<bool> mark_run_undone(db::Tx& tx, ImportRunId run, PersonId person, std::string_view done_by, const std::vector<std::string>& left);
Result<void> mark_record_undone(db::Tx& tx, TalkId talk, ImportRunId run);
/// The next import looks at all of the event, whether or not the source changed; `hidden`: and shows it again.
Result<void> ask_event_again(db::Tx& tx, EventId event, bool hidden);
Result<void> add_finding(db::Tx& tx, ImportRunId run, const Finding& finding);
Result<std::vector<Finding>> list_findings(db::Tx& tx, ImportRunId run);
Result<void> add_change(db::Tx& tx, ImportRunId run, TalkId talk, Change change, std::string_view before);
Result<std::vector<RunChange>> list_changes(db::Tx& tx, ImportRunId run, int limit, int offset);

}  // namespace confer::archive::store
