// The only C++ of talks/ that runs SQL.
#include "talks/store.h"
#include <nlohmann/json.hpp>
#include "base/json_fields.h"
#include "base/json_writer.h"
#include "talks/sql.h"

namespace confer::talks::store {
namespace {

namespace sql = confer::sql::talks;

struct TalkRow : Talk {
  std::string tags_json, links_json, attachments_json, extra_json;
  auto columns() {
    return std::tie(id, event, code, guid, slug, title, subtitle, abstract, description, track, type, language, level, tags_json, do_not_record, do_not_stream,
                    review_first, license, logo_url, feedback_url, origin_url, links_json, attachments_json, extra_json, state, created_at, updated_at, version,
                    part_of, part_anchor);
  }
};

struct CreditRow {
  TalkCredit row;
  std::string extra_json;
  auto columns() {
    Credit& c = row.credit;
    return std::tie(row.talk, c.person, c.person_code, c.name, c.role, c.guid, c.biography, c.avatar_url, extra_json);
  }
};

std::string links_json(const std::vector<Link>& links) {
  JsonWriter w;
  w.begin_array();
  for (const auto& link : links) w.begin_object().field("url", link.url).field("title", link.title).field("kind", link.kind).end_object();
  return w.end_array().take();
}

Result<std::vector<Link>> links_of(const std::string& json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_array()) return fail(ErrorCode::internal, "A talk’s links cannot be read.", json.substr(0, 80));
  std::vector<Link> links;
  for (const auto& item : parsed) {
    if (!item.is_object()) return fail(ErrorCode::internal, "A talk’s links cannot be read.", json.substr(0, 80));
    links.push_back({item.value("url", ""), item.value("title", ""), item.value("kind", 0)});
  }
  return links;
}

Result<Talk> talk_of(TalkRow row) {
  TRY_ASSIGN(row.tags, list_from_json(row.tags_json));
  TRY_ASSIGN(row.links, links_of(row.links_json));
  TRY_ASSIGN(row.attachments, links_of(row.attachments_json));
  TRY_ASSIGN(row.extra, extra_from_json(row.extra_json));
  return std::move(static_cast<Talk&>(row));
}

Result<std::vector<Talk>> talks_of(Result<std::vector<TalkRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Talk> talks;
  talks.reserve(list.size());
  for (auto& row : list) {
    TRY_ASSIGN(Talk talk, talk_of(std::move(row)));
    talks.push_back(std::move(talk));
  }
  return talks;
}

Result<std::optional<Talk>> talk_if(Result<std::optional<TalkRow>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  TRY_ASSIGN(Talk talk, talk_of(std::move(*found)));
  return std::optional(std::move(talk));
}

Result<std::vector<TalkCredit>> credits(Result<std::vector<CreditRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<TalkCredit> out;
  out.reserve(list.size());
  for (auto& row : list) {
    TRY_ASSIGN(row.row.credit.extra, extra_from_json(row.extra_json));
    out.push_back(std::move(row.row));
  }
  return out;
}

Result<bool> changed(Result<std::int64_t> rows) {
  TRY_ASSIGN(std::int64_t n, std::move(rows));
  return n == 1;
}

}  // namespace

Result<std::vector<Talk>> list_talks(db::Tx& tx, EventId event) { return talks_of(tx.all<TalkRow>(sql::list_talks, event)); }
Result<std::vector<Talk>> list_parts(db::Tx& tx, EventId event, bool with_removed) {
  return talks_of(tx.all<TalkRow>(sql::list_parts, event, static_cast<std::int64_t>(with_removed)));
}
Result<std::vector<Talk>> parts_of_talk(db::Tx& tx, TalkId block) { return talks_of(tx.all<TalkRow>(sql::parts_of_talk, block)); }
Result<std::optional<Talk>> find_talk(db::Tx& tx, std::string_view code) { return talk_if(tx.find<TalkRow>(sql::find_talk, code)); }
Result<std::optional<Talk>> find_talk(db::Tx& tx, TalkId id) { return talk_if(tx.find<TalkRow>(sql::find_talk_by_id, id)); }
Result<std::vector<Talk>> talks_of_person(db::Tx& tx, PersonId person) { return talks_of(tx.all<TalkRow>(sql::talks_of_person, person)); }

Result<TalkId> add(db::Tx& tx, const Talk& t) {
  TRY_ASSIGN(auto id, tx.one<std::int64_t>(sql::add_talk, t.event, t.code, t.guid, t.slug, t.title, t.subtitle, t.abstract, t.description, t.track, t.type,
                                           t.language, t.level, list_to_json(t.tags), t.do_not_record, t.do_not_stream, t.license, t.logo_url, t.feedback_url,
                                           t.origin_url, links_json(t.links), links_json(t.attachments), extra_to_json(t.extra), t.state, tx.now(), tx.now(),
                                           t.review_first, t.part_of, t.part_anchor));
  return TalkId{id};
}

Result<bool> change(db::Tx& tx, const Talk& t) {
  return changed(tx.run(sql::change_talk, t.event, t.id, t.version, t.slug, t.title, t.subtitle, t.abstract, t.description, t.track, t.type, t.language,
                        t.level, list_to_json(t.tags), t.do_not_record, t.do_not_stream, t.license, t.logo_url, t.feedback_url, t.origin_url,
                        links_json(t.links), links_json(t.attachments), extra_to_json(t.extra), t.state, tx.now(), t.review_first));
}

Result<bool> set_state(db::Tx& tx, EventId event, TalkId id, State state) { return changed(tx.run(sql::set_state, event, id, state, tx.now())); }
Result<bool> remove(db::Tx& tx, EventId event, TalkId id) { return changed(tx.run(sql::remove_talk, event, id, tx.now())); }
Result<bool> restore(db::Tx& tx, EventId event, TalkId id) { return changed(tx.run(sql::restore_talk, event, id)); }
Result<std::optional<TalkId>> find_removed(db::Tx& tx, EventId event, std::string_view code) { return tx.find<TalkId>(sql::find_removed_talk, event, code); }
Result<std::vector<std::string>> removed_guids(db::Tx& tx, EventId event) { return tx.all<std::string>(sql::removed_guids, event); }
Result<bool> is_code_taken(db::Tx& tx, std::string_view code) {
  TRY_ASSIGN(auto n, tx.one<std::int64_t>(sql::code_is_taken, code));
  return n > 0;
}

Result<std::vector<TalkCredit>> credits_of_event(db::Tx& tx, EventId event) { return credits(tx.all<CreditRow>(sql::credits_of_event, event)); }
Result<std::vector<TalkCredit>> credits_of_parts(db::Tx& tx, EventId event) { return credits(tx.all<CreditRow>(sql::credits_of_parts, event)); }
Result<std::vector<Credit>> credits_of_talk(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(auto rows, credits(tx.all<CreditRow>(sql::credits_of_talk, talk)));
  std::vector<Credit> out;
  for (auto& row : rows) out.push_back(std::move(row.credit));
  return out;
}

Result<std::vector<std::string>> taken_codes(db::Tx& tx, const std::vector<std::string>& codes) {
  return tx.all<std::string>(sql::taken_codes, list_to_json(codes));
}

Result<void> replace_credits(db::Tx& tx, TalkId talk, const std::vector<Credit>& list) {
  TRY(tx.run(sql::remove_credits, talk));
  return add_credits(tx, talk, list);
}

Result<void> add_credits(db::Tx& tx, TalkId talk, const std::vector<Credit>& list) {
  int position = 0;
  for (const auto& c : list)
    TRY(tx.run(sql::add_credit, talk, position++, c.person, c.name, c.role, c.guid, c.biography, c.avatar_url, extra_to_json(c.extra)));
  return {};
}

Result<std::vector<PersonCredit>> credits_of_person(db::Tx& tx, PersonId person) {
  struct Row : PersonCredit {
    auto columns() { return std::tie(code, title, name, role, biography, avatar_url); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::credits_of_person, person));
  return std::vector<PersonCredit>(rows.begin(), rows.end());
}

Result<void> adopt_namesakes(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::adopt_namesakes, person));
  return {};
}
Result<void> erase_credits(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::erase_credits, person));
  return {};
}
Result<std::vector<std::string>> talks_with_foreign_track(db::Tx& tx) { return tx.all<std::string>(sql::talks_with_foreign_track); }
Result<std::vector<std::string>> talks_with_foreign_type(db::Tx& tx) { return tx.all<std::string>(sql::talks_with_foreign_type); }
Result<std::vector<std::string>> credits_without_name(db::Tx& tx) { return tx.all<std::string>(sql::credits_without_name); }

}  // namespace confer::talks::store
