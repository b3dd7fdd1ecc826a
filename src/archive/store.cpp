// What imports write, in SQL (store.h).
#include "archive/store.h"
#include <nlohmann/json.hpp>
#include "archive/sql.h"
#include "base/json_fields.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace confer::archive::store {
namespace {

namespace sql = confer::sql::archive;

struct RecordRow : Record {
  auto columns() { return std::tie(talk, code, path, number, hash, raw, repaired, talk_version, recording_version, is_removed, run, undone); }
};
struct FoundRecordRow : Record {
  auto columns() {
    return std::tie(talk, code, path, number, hash, raw, repaired, talk_version, recording_version, is_removed, run, undone, source, event_path, is_programmed);
  }
};

struct RunRow : Run {
  std::string counts_json, left_json;
  auto columns() {
    return std::tie(id, source, origin, done_by, started_at, finished_at, state, message, counts_json, findings_run, undone_at, undone_by, left_json);
  }
};
Run run_of(RunRow row) {
  const auto counts = nlohmann::json::parse(row.counts_json, nullptr, false);
  if (counts.is_object())
    for (const auto& [name, count] : counts.items())
      if (count.is_number_integer()) row.counts[name] = count.get<std::int64_t>();
  if (auto left = list_from_json(row.left_json)) row.left_alone = *std::move(left);
  return std::move(static_cast<Run&>(row));
}

std::string counts_json(const std::map<std::string, std::int64_t>& counts) {
  JsonWriter w;
  w.begin_object();
  for (const auto& [name, count] : counts) w.field(name, count);
  return w.end_object().take();
}

}  // namespace

Result<std::vector<EventSource>> list_event_sources(db::Tx& tx, std::string_view source) {
  struct Row : EventSource {
    auto columns() { return std::tie(event, path, hash, raw, is_undone); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_event_sources, source));
  return std::vector<EventSource>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<void> put_event_source(db::Tx& tx, std::string_view source, const EventSource& e, ImportRunId run) {
  TRY(tx.run(sql::put_event_source, e.event, source, e.path, e.hash, e.raw, run));
  return {};
}

Result<std::vector<Record>> records_of_event(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<RecordRow>(sql::records_of_event, event));
  return std::vector<Record>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<std::vector<Told>> told_of_programmed(db::Tx& tx, EventId event) {
  struct Row : Told {
    auto columns() { return std::tie(code, source, path, raw); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::told_of_programmed, event));
  return std::vector<Told>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<void> put_record(db::Tx& tx, EventId event, std::string_view source, const Record& r, ImportRunId run) {
  TRY(tx.run(sql::put_record, r.talk, event, source, r.path, r.number, r.hash, r.raw, r.repaired, r.talk_version, r.recording_version, run));
  return {};
}
Result<std::optional<Record>> find_record(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(auto row, tx.find<FoundRecordRow>(sql::find_record, talk));
  if (!row) return std::nullopt;
  return std::optional<Record>(std::move(*row));
}
Result<void> remove_record(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::remove_record, talk));
  return {};
}
Result<std::vector<Numbered>> numbered_records(db::Tx& tx, std::string_view source, std::int64_t number) {
  struct Row : Numbered {
    auto columns() { return std::tie(talk, event, code); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::numbered_records, source, number));
  return std::vector<Numbered>(rows.begin(), rows.end());
}
Result<void> change_raw(db::Tx& tx, TalkId talk, std::string_view raw) {
  TRY(tx.run(sql::change_record_raw, talk, raw));
  return {};
}

Result<std::vector<NamedSpeaker>> speakers_named(db::Tx& tx, const std::vector<std::string>& names) {
  struct Row : NamedSpeaker {
    auto columns() { return std::tie(id, slug, name, page_slug, page_name); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::find_speakers_named, list_to_json(names)));
  return std::vector<NamedSpeaker>(rows.begin(), rows.end());
}
Result<std::vector<std::string>> taken_speaker_slugs(db::Tx& tx, const std::vector<std::string>& slugs) {
  return tx.all<std::string>(sql::taken_speaker_slugs, list_to_json(slugs));
}
Result<SpeakerId> add_speaker(db::Tx& tx, std::string_view slug, std::string_view name) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_speaker, slug, name, fold(name), tx.now()));
  return SpeakerId{id};
}
Result<std::vector<FoldedTag>> tags_folded(db::Tx& tx, const std::vector<std::string>& folded) {
  struct Row : FoldedTag {
    auto columns() { return std::tie(tag.id, tag.slug, tag.name, folded); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::find_tags_folded, list_to_json(folded)));
  return std::vector<FoldedTag>(rows.begin(), rows.end());
}
Result<std::vector<std::string>> taken_tag_slugs(db::Tx& tx, const std::vector<std::string>& slugs) {
  return tx.all<std::string>(sql::taken_tag_slugs, list_to_json(slugs));
}
Result<TagId> add_tag(db::Tx& tx, std::string_view slug, std::string_view name, std::string_view folded) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_tag, slug, name, folded));
  return TagId{id};
}

Result<void> put_indexed(db::Tx& tx, const Indexed& row, const std::vector<SpeakerId>& speakers, const std::vector<TagId>& tags, bool is_new) {
  TRY(tx.run(sql::put_indexed, row.talk, row.event, row.series, row.day, row.year, row.language, static_cast<std::int64_t>(row.length.count()), row.has_video,
             row.added_at));
  if (!is_new) {
    TRY(tx.run(sql::remove_indexed_credits, row.talk));
    TRY(tx.run(sql::remove_indexed_tags, row.talk));
  }
  int position = 0;
  for (const SpeakerId speaker : speakers) {
    if (speaker) TRY(tx.run(sql::add_indexed_credit, row.talk, position, speaker));
    ++position;
  }
  for (const TagId tag : tags) TRY(tx.run(sql::add_indexed_tag, row.talk, tag));
  return {};
}
Result<void> remove_indexed(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::remove_indexed_credits, talk));
  TRY(tx.run(sql::remove_indexed_tags, talk));
  TRY(tx.run(sql::remove_indexed, talk));
  return {};
}
Result<std::vector<std::pair<TalkId, std::string>>> indexed_of_event(db::Tx& tx, EventId event) {
  using Row = std::tuple<TalkId, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::indexed_of_event, event));
  std::vector<std::pair<TalkId, std::string>> out;
  for (auto& [talk, code] : rows) out.emplace_back(talk, std::move(code));
  return out;
}

Result<void> add_alias(db::Tx& tx, std::string_view path, TalkId talk, EventId event) {
  TRY(tx.run(sql::add_alias, path, talk, event));
  return {};
}
Result<std::optional<AliasTarget>> find_alias(db::Tx& tx, std::string_view path) {
  struct Row : AliasTarget {
    auto columns() { return std::tie(code, slug, event); }
  };
  TRY_ASSIGN(auto row, tx.find<Row>(sql::find_alias, path));
  if (!row) return std::nullopt;
  return std::optional<AliasTarget>(std::move(*row));
}

Result<std::vector<NoPublish>> list_no_publish(db::Tx& tx) {
  struct Row : NoPublish {
    auto columns() { return std::tie(source, number, reason, marked_at); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_no_publish));
  return std::vector<NoPublish>(rows.begin(), rows.end());
}
Result<bool> add_no_publish(db::Tx& tx, const NoPublish& mark) {
  TRY_ASSIGN(const auto rows, tx.run(sql::add_no_publish, mark.source, mark.number, mark.reason, tx.now()));
  return rows > 0;
}
Result<void> add_withheld(db::Tx& tx, TalkId talk, std::string_view name_hash) {
  TRY(tx.run(sql::add_withheld, talk, name_hash));
  return {};
}
Result<std::set<std::pair<TalkId, std::string>>> withheld_of_event(db::Tx& tx, EventId event) {
  using Row = std::tuple<TalkId, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::withheld_of_event, event));
  std::set<std::pair<TalkId, std::string>> out;
  for (auto& [talk, hash] : rows) out.emplace(talk, std::move(hash));
  return out;
}

Result<ImportRunId> add_run(db::Tx& tx, std::string_view source, std::string_view origin, PersonId person, std::string_view done_by) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_run, source, origin, person, done_by, tx.now(), RunState::running));
  return ImportRunId{id};
}
Result<void> finish_run(db::Tx& tx, const Run& run, std::string_view findings_hash) {
  TRY(tx.run(sql::finish_run, run.id, tx.now(), run.state, run.message, counts_json(run.counts), run.findings_run, findings_hash));
  return {};
}
Result<void> fail_running(db::Tx& tx, std::string_view message) {
  struct Row {
    ImportRunId run;
    Change change{};
    std::int64_t count = 0;
    auto columns() { return std::tie(run, change, count); }
  };
  TRY_ASSIGN(const auto done, tx.all<Row>(sql::count_running, RunState::running));
  std::map<ImportRunId, std::map<std::string, std::int64_t>> counts;
  for (const auto& row : done)
    counts[row.run][row.change == Change::added ? "talks added" : row.change == Change::removed ? "talks removed" : "talks changed"] += row.count;
  for (const auto& [run, all] : counts) TRY(tx.run(sql::set_run_counts, run, counts_json(all)));
  TRY(tx.run(sql::fail_running, RunState::failed, message, tx.now(), RunState::running));
  return {};
}
Result<ImportRunId> run_with_findings(db::Tx& tx, std::string_view findings_hash) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::find_run_with_findings, findings_hash));
  return ImportRunId{id};
}
Result<std::vector<Run>> list_runs(db::Tx& tx, int limit, int offset) {
  TRY_ASSIGN(auto rows, tx.all<RunRow>(sql::list_runs, limit, offset));
  std::vector<Run> out;
  for (auto& row : rows) out.push_back(run_of(std::move(row)));
  return out;
}
Result<std::optional<Run>> find_run(db::Tx& tx, ImportRunId id) {
  TRY_ASSIGN(auto row, tx.find<RunRow>(sql::find_run, id));
  if (!row) return std::nullopt;
  return std::optional(run_of(std::move(*row)));
}
Result<std::vector<ChangeToUndo>> changes_of_run(db::Tx& tx, ImportRunId run) {
  struct Row : ChangeToUndo {
    auto columns() { return std::tie(talk, event, change, before); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::changes_of_run, run));
  return std::vector<ChangeToUndo>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}
Result<bool> mark_run_undone(db::Tx& tx, ImportRunId run, PersonId person, std::string_view done_by, const std::vector<std::string>& left) {
  TRY_ASSIGN(const auto rows, tx.run(sql::undone_run, run, tx.now(), person, done_by, list_to_json(left)));
  return rows == 1;
}
Result<void> mark_record_undone(db::Tx& tx, TalkId talk, ImportRunId run) {
  TRY(tx.run(sql::mark_record_undone, talk, run.value));
  return {};
}
Result<void> ask_event_again(db::Tx& tx, EventId event, bool hidden) {
  TRY(tx.run(sql::ask_event_again, event, hidden));
  return {};
}
Result<void> add_finding(db::Tx& tx, ImportRunId run, const Finding& f) {
  TRY(tx.run(sql::add_finding, run, f.kind, f.count, f.message, list_to_json(f.places)));
  return {};
}
Result<std::vector<Finding>> list_findings(db::Tx& tx, ImportRunId run) {
  struct Row : Finding {
    std::string places_json;
    auto columns() { return std::tie(kind, count, message, places_json); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_findings, run));
  std::vector<Finding> out;
  for (auto& row : rows) {
    TRY_ASSIGN(row.places, list_from_json(row.places_json));
    out.push_back(std::move(static_cast<Finding&>(row)));
  }
  return out;
}
Result<void> add_change(db::Tx& tx, ImportRunId run, TalkId talk, Change change, std::string_view before) {
  TRY(tx.run(sql::add_change, run, talk, change, before));
  return {};
}
Result<std::vector<RunChange>> list_changes(db::Tx& tx, ImportRunId run, int limit, int offset) {
  struct Row : RunChange {
    auto columns() { return std::tie(talk, code, title, event_slug, change); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_changes, run, limit, offset));
  return std::vector<RunChange>(rows.begin(), rows.end());
}

}  // namespace confer::archive::store
