// The only C++ of cutting/ that runs SQL.
#include "cutting/store.h"
#include "base/text.h"
#include "cutting/chapters.h"
#include "cutting/sql.h"

namespace confer::cutting::store {
namespace {

namespace sql = confer::sql::cutting;

struct CutRow : Cut {
  std::string plan_json, chapters_json;
  std::optional<Instant> preview_from, preview_to, removed_at;
  std::int64_t online_title_ms = 0;
  auto columns() {
    return std::tie(id, event, slot, talk, talk_code, title, block, removed_at, stage, revision, plan_json, chapters_json, doubts, problem, preview.key,
                    preview.hash, preview_from, preview_to, preview.frame_rate, sound, wave, poster_hash, published_hash, published_at, online_from,
                    online_title_ms, changed_at, version);
  }
};
struct LookRow : Look {
  auto columns() { return std::tie(revision, plan_key, name, person, is_speaker, is_good, note, at); }
};
struct LinkRow : ReviewLink {
  auto columns() { return std::tie(id, cut, viewer.person, viewer.name, viewer.is_speaker, created_at, expires_at, revoked_at); }
};
struct HolderRow : Holder {
  auto columns() { return std::tie(cut, person, name, is_speaker, taken_at); }
};
struct MarksRow : StageMarks {
  auto columns() { return std::tie(slot, part, began, ended); }
};
struct SettingsRow : Settings {
  std::int64_t before_s = 0, after_s = 0, title_card_s = 0, end_card_s = 0, apology_card_s = 0, name_plate_s = 0;
  std::string profile_words;
  auto columns() {
    return std::tie(before_s, after_s, is_automatic, needs_two, license, profile_words, title_card_s, end_card_s, apology_card_s, name_plate_s, version,
                    embargoed_until);
  }
};

struct CardRow : CardTemplate {
  auto columns() { return std::tie(svg, changed_at); }
};
struct ShownRow : Shown {
  auto columns() { return std::tie(id, published_hash, shown_hash); }
};
struct RunRow : Run {
  std::int64_t attempts_made = 0;
  std::optional<std::int64_t> ended_with;
  auto columns() { return std::tie(id, cut, target, occasion, hash, state, attempts_made, ended_with, words, url, queued_at, ended_at); }
};
Run plain(RunRow row) {
  row.attempts = static_cast<int>(row.attempts_made);
  if (row.ended_with) row.exit_code = static_cast<int>(*row.ended_with);
  return std::move(static_cast<Run&>(row));
}

struct FileRow : MadeFile {
  auto columns() { return std::tie(name, hash, told); }
};

std::string words_of(const std::vector<media::Profile>& profiles) {
  std::string words;
  for (const auto profile : profiles) words.append(words.empty() ? "" : " ").append(media::name_of(profile));
  return words;
}

Result<Cut> plain(CutRow row) {
  TRY_ASSIGN(row.plan, plan_of_json(row.plan_json));
  TRY_ASSIGN(row.chapters, chapters_of_json(row.chapters_json));
  row.is_gone = row.removed_at.has_value();
  row.online_title = milliseconds(row.online_title_ms);
  if (row.preview_from && row.preview_to) row.preview.span = {*row.preview_from, *row.preview_to};
  return std::move(static_cast<Cut&>(row));
}
Result<std::optional<Cut>> plain(Result<std::optional<CutRow>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  TRY_ASSIGN(auto cut, plain(std::move(*found)));
  return std::optional(std::move(cut));
}
template <class Plain, class Row>
std::vector<Plain> sliced(std::vector<Row> rows) {
  std::vector<Plain> out;
  out.reserve(rows.size());
  for (auto& row : rows) out.push_back(std::move(static_cast<Plain&>(row)));
  return out;
}

}  // namespace

Result<std::vector<Cut>> cuts_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<CutRow>(sql::cuts_of_event, event));
  std::vector<Cut> cuts;
  for (auto& row : rows) {
    TRY_ASSIGN(auto cut, plain(std::move(row)));
    cuts.push_back(std::move(cut));
  }
  return cuts;
}
Result<std::optional<Cut>> find(db::Tx& tx, EventId event, std::int64_t slot) { return plain(tx.find<CutRow>(sql::find_cut_of_slot, event, slot)); }
Result<std::optional<Cut>> find(db::Tx& tx, EventId event, std::int64_t slot, std::string_view part) {
  return plain(tx.find<CutRow>(sql::find_cut_of_part, event, slot, part));
}
Result<std::optional<Cut>> find_published(db::Tx& tx, TalkId talk) { return plain(tx.find<CutRow>(sql::find_published_cut, talk)); }
Result<std::optional<Cut>> find(db::Tx& tx, CutId id) { return plain(tx.find<CutRow>(sql::find_cut, id)); }

Result<CutId> add(db::Tx& tx, const Cut& c) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_cut, c.event, c.slot, c.talk, c.stage, to_json(c.plan), c.doubts, tx.now()));
  return CutId{id};
}
Result<bool> change(db::Tx& tx, const Cut& c) {
  const bool has_preview = !c.preview.hash.empty();
  const auto preview_time = [&](Instant at) { return has_preview ? std::optional(at) : std::nullopt; };
  TRY_ASSIGN(const auto rows, tx.run(sql::change_cut, c.id, c.version, c.stage, c.revision, to_json(c.plan), c.doubts, c.problem, c.preview.key, c.preview.hash,
                                     preview_time(c.preview.span.from), preview_time(c.preview.span.to), c.preview.frame_rate, c.sound, c.wave, c.poster_hash,
                                     c.published_hash, c.published_at, c.online_from, c.online_title.count(), tx.now(), to_json(c.chapters)));
  return rows == 1;
}
Result<std::vector<Shown>> shown_of_talk(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(auto rows, tx.all<ShownRow>(sql::shown_of_talk, talk));
  return sliced<Shown>(std::move(rows));
}
Result<void> set_shown(db::Tx& tx, CutId id, std::string_view hash) {
  TRY(tx.run(sql::set_shown, id, hash));
  return {};
}
Result<void> set_problem(db::Tx& tx, CutId id, std::string_view problem) {
  TRY(tx.run(sql::set_problem, id, problem));
  return {};
}

Result<std::vector<Look>> looks_at(db::Tx& tx, CutId id) {
  TRY_ASSIGN(auto rows, tx.all<LookRow>(sql::looks_at, id));
  return sliced<Look>(std::move(rows));
}
Result<std::vector<Look>> looks_of_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(auto rows, tx.all<LookRow>(sql::looks_of_person, person));
  return sliced<Look>(std::move(rows));
}
Result<void> add(db::Tx& tx, CutId cut, const Look& l) {
  TRY(tx.run(sql::add_look, cut, l.revision, l.plan_key, l.name, l.person, l.is_speaker, l.is_good, l.note, tx.now()));
  return {};
}

Result<std::vector<ReviewLink>> links_of(db::Tx& tx, CutId cut) {
  TRY_ASSIGN(auto rows, tx.all<LinkRow>(sql::links_of_cut, cut));
  return sliced<ReviewLink>(std::move(rows));
}
Result<std::optional<ReviewLink>> find_link(db::Tx& tx, std::string_view token_hash) {
  TRY_ASSIGN(auto row, tx.find<LinkRow>(sql::find_link, token_hash));
  if (!row) return std::nullopt;
  return std::optional<ReviewLink>(std::move(*row));
}
Result<void> add(db::Tx& tx, const ReviewLink& l, std::string_view token_hash) {
  TRY(tx.run(sql::add_link, l.cut, token_hash, l.viewer.person, l.viewer.name, l.viewer.is_speaker, l.created_at, l.expires_at));
  return {};
}
Result<bool> revoke_link(db::Tx& tx, CutId cut, std::int64_t link) {
  TRY_ASSIGN(const auto rows, tx.run(sql::revoke_link, cut, link, tx.now()));
  return rows == 1;
}

Result<std::vector<Holder>> holders_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<HolderRow>(sql::holders_of_event, event, tx.now()));
  return sliced<Holder>(std::move(rows));
}
Result<void> take(db::Tx& tx, CutId cut, PersonId person) {
  TRY(tx.run(sql::take_cut, cut, person, tx.now()));
  return {};
}
Result<void> let_go(db::Tx& tx, CutId cut) {
  TRY(tx.run(sql::let_go, cut));
  return {};
}

Result<std::vector<StageMarks>> stage_marks_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<MarksRow>(sql::stage_marks_of_event, event));
  return std::vector<StageMarks>(rows.begin(), rows.end());
}
Result<void> put_stage_marks(db::Tx& tx, EventId event, const StageMarks& marks) {
  TRY(tx.run(sql::put_stage_marks, event, marks.slot, marks.part, marks.began, marks.ended));
  return {};
}

Result<std::optional<Settings>> settings_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto row, tx.find<SettingsRow>(sql::settings_of_event, event));
  if (!row) return std::nullopt;
  row->padding = {.before = seconds(row->before_s), .after = seconds(row->after_s)};
  row->title_card = seconds(row->title_card_s);
  row->end_card = seconds(row->end_card_s);
  row->apology_card = seconds(row->apology_card_s);
  row->name_plate = seconds(row->name_plate_s);
  for (const auto word : split(row->profile_words, ' '))
    if (const auto profile = media::find_profile(word)) row->profiles.push_back(*profile);
  return std::optional<Settings>(std::move(*row));
}
Result<void> add(db::Tx& tx, EventId event, const Settings& s) {
  TRY(tx.run(sql::add_settings, event, s.padding.before.count(), s.padding.after.count(), s.is_automatic, s.needs_two, s.license, words_of(s.profiles),
             s.title_card.count(), s.end_card.count(), s.embargoed_until, s.apology_card.count(), s.name_plate.count()));
  return {};
}
Result<bool> change(db::Tx& tx, EventId event, const Settings& s) {
  TRY_ASSIGN(const auto rows,
             tx.run(sql::change_settings, event, s.version, s.padding.before.count(), s.padding.after.count(), s.is_automatic, s.needs_two, s.license,
                    words_of(s.profiles), s.title_card.count(), s.end_card.count(), s.embargoed_until, s.apology_card.count(), s.name_plate.count()));
  return rows == 1;
}

Result<std::optional<CardTemplate>> card_template(db::Tx& tx, EventId event, CardKind kind) {
  TRY_ASSIGN(auto row, tx.find<CardRow>(sql::card_template, event, kind));
  if (!row) return std::nullopt;
  return std::optional<CardTemplate>(std::move(*row));
}
Result<void> put_card_template(db::Tx& tx, EventId event, CardKind kind, std::string_view svg) {
  TRY(tx.run(sql::put_card_template, event, kind, svg, tx.now()));
  return {};
}
Result<void> remove_card_template(db::Tx& tx, EventId event, CardKind kind) {
  TRY(tx.run(sql::remove_card_template, event, kind));
  return {};
}

Result<std::vector<MadeFile>> files_of(db::Tx& tx, CutId cut, std::string_view source_hash, media::Profile profile) {
  TRY_ASSIGN(auto rows, tx.all<FileRow>(sql::files_of_cut, cut, source_hash, media::name_of(profile)));
  return sliced<MadeFile>(std::move(rows));
}
Result<void> add(db::Tx& tx, CutId cut, std::string_view source_hash, media::Profile profile, const MadeFile& file) {
  TRY(tx.run(sql::add_file, cut, source_hash, media::name_of(profile), file.name, file.hash, file.told));
  return {};
}

namespace {
/// In the place of a profile.
constexpr std::string_view beside_preview = "preview";
}  // namespace
Result<std::vector<MadeFile>> files_beside(db::Tx& tx, CutId cut, std::string_view preview_hash) {
  TRY_ASSIGN(auto rows, tx.all<FileRow>(sql::files_of_cut, cut, preview_hash, beside_preview));
  return sliced<MadeFile>(std::move(rows));
}
Result<void> add_beside(db::Tx& tx, CutId cut, std::string_view preview_hash, const MadeFile& file) {
  TRY(tx.run(sql::add_file, cut, preview_hash, beside_preview, file.name, file.hash, file.told));
  return {};
}
Result<std::int64_t> add(db::Tx& tx, const Run& run) { return tx.one<std::int64_t>(sql::add_run, run.cut, run.target, run.occasion, run.hash, tx.now()); }
Result<std::vector<Run>> runs_of(db::Tx& tx, CutId cut) {
  TRY_ASSIGN(auto rows, tx.all<RunRow>(sql::runs_of_cut, cut));
  std::vector<Run> runs;
  for (auto& row : rows) runs.push_back(plain(std::move(row)));
  return runs;
}
Result<std::optional<Run>> find_run(db::Tx& tx, std::int64_t id) {
  TRY_ASSIGN(auto row, tx.find<RunRow>(sql::find_run, id));
  if (!row) return std::nullopt;
  return std::optional(plain(std::move(*row)));
}
Result<void> change(db::Tx& tx, const Run& run) {
  const auto code = run.exit_code ? std::optional<std::int64_t>(*run.exit_code) : std::nullopt;
  TRY(tx.run(sql::change_run, run.id, run.state, std::int64_t{run.attempts}, code, run.words, run.url, run.ended_at));
  return {};
}

Result<std::vector<std::string>> hashes_made_of(db::Tx& tx, CutId cut, std::string_view source_hash) {
  return tx.all<std::string>(sql::hashes_made_of, cut, source_hash);
}

Result<void> forget_person(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::forget_looks, person));
  TRY(tx.run(sql::forget_links, person));
  TRY(tx.run(sql::forget_takers, person));
  // What programs said may repeat a name that they were given.
  TRY(tx.run(sql::forget_words));
  return {};
}
Result<std::vector<std::string>> named_hashes(db::Tx& tx) { return tx.all<std::string>(sql::named_hashes); }
Result<std::vector<std::string>> cuts_of_foreign_talks(db::Tx& tx) { return tx.all<std::string>(sql::cuts_of_foreign_talks); }

}  // namespace confer::cutting::store
