// Rows of keeping/ in SQL (store.h).
#include "keeping/store.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "keeping/sql.h"

namespace confer::keeping::store {
namespace {

namespace sql = confer::sql::keeping;

std::string changes_to_json(const std::vector<FieldChange>& changes) {
  if (changes.empty()) return {};
  JsonWriter w;
  w.begin_array();
  for (const auto& c : changes) w.begin_object().field("field", c.field).field("was", c.was).field("now", c.now).end_object();
  return w.end_array().take();
}

std::vector<FieldChange> changes_of_json(const std::string& text) {
  std::vector<FieldChange> changes;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_array()) return changes;
  for (const auto& one : json)
    if (one.is_object()) changes.push_back({one.value("field", ""), one.value("was", ""), one.value("now", "")});
  return changes;
}

struct CaseRow : Case {
  std::string content;
  SpeakerId page, other_page;
  auto columns() {
    return std::tie(id, kind, state, talk, speaker, other, reason, asked_by, email, language, note, content, asked_at, decided_at, decided_by, answer, mail,
                    undo, talk_code, talk_title, talk_path, speaker_name, speaker_slug, other_name, other_slug, asker, decider, page, other_page, by_speaker,
                    taken_back_at, taken_back_by, taken_back_name);
  }
};

std::vector<Case> cases_of(std::vector<CaseRow> rows) {
  std::vector<Case> out;
  out.reserve(rows.size());
  for (auto& row : rows) {
    row.changes = changes_of_json(row.content);
    // Names that were joined with another since stand for its page.
    if (row.state == State::open) {
      row.speaker = row.page;
      row.other = row.other_page;
    }
    out.push_back(std::move(static_cast<Case&>(row)));
  }
  return out;
}

}  // namespace

Result<KeeperCaseId> add(db::Tx& tx, const Case& c) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_case, c.kind, c.talk, c.speaker, c.other, c.reason, c.asked_by, c.email, c.language, c.note,
                                                 changes_to_json(c.changes), tx.now()));
  return KeeperCaseId{id};
}

Result<std::vector<Case>> list(db::Tx& tx, const CaseFilter& f) {
  const std::int64_t kind = f.kind ? static_cast<std::int64_t>(*f.kind) : -1;
  TRY_ASSIGN(auto rows, tx.all<CaseRow>(f.state == State::open ? sql::list_open : sql::list_decided, kind, f.one.value, f.limit, f.offset));
  return cases_of(std::move(rows));
}

Result<std::map<Kind, Waiting>> count_waiting(db::Tx& tx) {
  using Row = std::tuple<Kind, std::int64_t, std::optional<Instant>>;
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::count_waiting));
  std::map<Kind, Waiting> out;
  for (const auto& [kind, count, oldest] : rows) out[kind] = {count, oldest};
  return out;
}

Result<std::vector<std::pair<SpeakerId, SpeakerId>>> list_pairs(db::Tx& tx) {
  using Row = std::tuple<SpeakerId, SpeakerId>;
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::list_pairs));
  std::vector<std::pair<SpeakerId, SpeakerId>> out;
  out.reserve(rows.size());
  for (const auto& [a, b] : rows) out.emplace_back(a, b);
  return out;
}

Result<std::int64_t> count_of_talk(db::Tx& tx, TalkId talk) { return tx.one<std::int64_t>(sql::count_of_talk, talk); }
Result<std::int64_t> count_asked(db::Tx& tx) { return tx.one<std::int64_t>(sql::count_asked); }
Result<std::int64_t> count_of_speaker(db::Tx& tx, Kind kind, SpeakerId speaker, PersonId asked_by) {
  return tx.one<std::int64_t>(sql::count_of_speaker, kind, speaker, asked_by.value);
}

Result<bool> decide(db::Tx& tx, const Case& c, State state, PersonId by, std::string_view answer, std::int64_t mail, std::string_view undo) {
  TRY_ASSIGN(const auto changed, tx.run(sql::decide_case, c.id, state, tx.now(), by, answer, mail, undo));
  return changed == 1;
}
Result<void> close_many(db::Tx& tx, KeeperCaseId id, PersonId by) {
  TRY(tx.run(sql::close_many, id, tx.now(), by));
  return {};
}
Result<bool> reopen(db::Tx& tx, KeeperCaseId id, PersonId by) {
  TRY_ASSIGN(const auto changed, tx.run(sql::reopen_case, id, tx.now(), by));
  return changed == 1;
}

Result<std::vector<std::int64_t>> mails_to_forget(db::Tx& tx, Instant decided_before) { return tx.all<std::int64_t>(sql::mails_to_forget, decided_before); }
Result<std::int64_t> forget_answered(db::Tx& tx, Instant decided_before) { return tx.run(sql::forget_answered, decided_before); }
Result<std::vector<Case>> cases_of_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(auto rows, tx.all<CaseRow>(sql::cases_of_person, person));
  return cases_of(std::move(rows));
}
Result<std::vector<std::int64_t>> mails_of_person(db::Tx& tx, PersonId person) { return tx.all<std::int64_t>(sql::mails_of_person, person); }
Result<void> erase_of_person(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::empty_of_persons_talks, person));
  TRY(tx.run(sql::erase_of_person, person));
  TRY(tx.run(sql::forget_decider, person));
  TRY(tx.run(sql::forget_searches));
  return {};
}
Result<void> forget_name(db::Tx& tx, SpeakerId name) {
  TRY(tx.run(sql::empty_of_names_talks, name));
  TRY(tx.run(sql::erase_pairs_of_name, name));
  // A search may name anybody, in any spelling.
  TRY(tx.run(sql::forget_searches));
  return {};
}
Result<std::vector<KeeperCaseId>> decided_without_time(db::Tx& tx) { return tx.all<KeeperCaseId>(sql::decided_without_time); }

}  // namespace confer::keeping::store
