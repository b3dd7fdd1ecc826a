// What visitors send to the keeper, and what the machine finds (keeping.h).
#include <algorithm>
#include "archive/names.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "html/template.h"
#include "journal/journal.h"
#include "keeping/corrections.h"
#include "keeping/likeness.h"
#include "keeping/store.h"
#include "people/who.h"

namespace confer::keeping {
namespace {

using html::translatable;

/// What all of them have: an address that can be written to, a note that is not a book.
std::vector<FieldProblem> take_asked(const Actor& actor, const Asked& asked, Case& c) {
  constexpr std::size_t longest_note = 5000;
  std::vector<FieldProblem> problems;
  const std::string email = tidy_line(asked.email);
  if (!email.empty()) {
    if (const auto parsed = Email::parse(email))
      c.email = parsed->address();
    else
      problems.push_back({"email", std::string(translatable("This is not an e-mail address."))});
  }
  c.note = std::string(trim(replace_all(asked.note, "\r", "")));
  if (!check_text(c.note, "note", longest_note)) problems.push_back({"note", std::string(translatable("This note is too long."))});
  c.language = asked.language;
  c.asked_by = actor.person;
  return problems;
}

std::unexpected<Error> refused(std::vector<FieldProblem> problems) {
  Error error{ErrorCode::invalid, std::string(translatable("This could not be sent yet.")), {}, {}, std::move(problems)};
  return std::unexpected(std::move(error));
}

Result<KeeperCaseId> add(db::Tx& tx, const Actor& actor, const Case& c, const std::string& subject) {
  TRY_ASSIGN(const auto waiting, store::count_asked(tx));
  if (waiting >= most_waiting)
    return fail(ErrorCode::unavailable, std::string(translatable("Very many requests wait at the moment. Please come back in some days.")));
  TRY_ASSIGN(const KeeperCaseId id, store::add(tx, c));
  JsonWriter w;
  w.begin_object().field("case", id.value).field("kind", name_of(c.kind));
  TRY(journal::record(tx, who(actor), "archive.asked", 0, 0, subject, w.end_object().take()));
  return id;
}

/// The page of the name; not of nobody's. Errors: not_found.
Result<archive::Speaker> require_page(db::Tx& tx, std::string_view slug) {
  TRY_ASSIGN(auto speaker, archive::find_speaker(tx, slug));
  if (speaker && speaker->merged_into) {
    TRY_ASSIGN(speaker, archive::find_speaker(tx, speaker->merged_into));
  }
  if (!speaker || speaker->name.empty() || is_nobody(speaker->name)) return fail(ErrorCode::not_found, "There is no such speaker.");
  return std::move(*speaker);
}

}  // namespace

Result<KeeperCaseId> suggest(db::Tx& tx, const Actor& actor, std::string_view talk_code, const std::map<std::string, std::string>& asked_fields,
                             const Asked& asked) {
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, talk_code));
  if (!talk) return fail(ErrorCode::not_found, "There is no such talk in the archive.");
  TRY_ASSIGN(Correctable present, require_correctable(tx, talk->id));
  Case c;
  c.kind = Kind::correction;
  c.talk = talk->id;
  auto problems = take_asked(actor, asked, c);
  Correctable wanted = present;
  for (const auto& field : fields) {
    const auto told = asked_fields.find(std::string(field.name));
    if (told == asked_fields.end()) continue;
    std::string was = value_of(field.name, present);
    if (is_same(field.name, was, told->second)) continue;
    std::string problem;
    if (!set_value(field.name, told->second, wanted, problem))
      problems.push_back({std::string(field.name), std::move(problem)});
    else
      c.changes.push_back({std::string(field.name), std::move(was), value_of(field.name, wanted)});
  }
  if (problems.empty() && c.changes.empty() && c.note.empty())
    problems.push_back({"note", std::string(translatable("Nothing differs from what stands there. Change a field, or write what is wrong."))});
  if (!problems.empty()) return refused(std::move(problems));
  TRY_ASSIGN(const auto waiting, store::count_of_talk(tx, talk->id));
  if (waiting >= most_for_a_talk)
    return fail(ErrorCode::unavailable, std::string(translatable("Several suggestions for this talk wait already. Please come back when they are answered.")));
  return add(tx, actor, c, "talk:" + talk->code);
}

Result<KeeperCaseId> claim(db::Tx& tx, const Actor& actor, std::string_view speaker_slug, const Asked& asked) {
  TRY(require(actor, Right::signed_in, {}));
  TRY_ASSIGN(const auto speaker, require_page(tx, speaker_slug));
  if (speaker.person) return fail(ErrorCode::conflict, std::string(translatable("Somebody has claimed this name already.")));
  TRY_ASSIGN(const auto waiting, store::count_of_speaker(tx, Kind::claim, speaker.id, actor.person));
  if (waiting > 0) return fail(ErrorCode::conflict, std::string(translatable("You have asked for this already. The archive’s keeper will answer.")));
  Case c;
  c.kind = Kind::claim;
  c.speaker = speaker.id;
  auto problems = take_asked(actor, asked, c);
  if (!problems.empty()) return refused(std::move(problems));
  TRY_ASSIGN(const auto account, people::find_account(tx, actor.person));
  if (account && c.email.empty()) c.email = account->email.address();
  return add(tx, actor, c, "speaker:" + std::to_string(speaker.id.value));
}

Result<KeeperCaseId> ask_removal(db::Tx& tx, const Actor& actor, std::string_view speaker_slug, Removal what, const Asked& asked) {
  TRY_ASSIGN(const auto speaker, require_page(tx, speaker_slug));
  Case c;
  c.kind = Kind::removal;
  c.speaker = speaker.id;
  c.reason = static_cast<int>(what);
  auto problems = take_asked(actor, asked, c);
  if (c.email.empty() && actor.signed_in()) {
    TRY_ASSIGN(const auto account, people::find_account(tx, actor.person));
    if (account) c.email = account->email.address();
  }
  if (c.email.empty() && problems.empty())
    problems.push_back({"email", std::string(translatable("We need an address to answer, and to ask whether it is you."))});
  if (!problems.empty()) return refused(std::move(problems));
  TRY_ASSIGN(const auto waiting, store::count_of_speaker(tx, Kind::removal, speaker.id, {}));
  if (waiting >= most_for_a_talk)
    return fail(ErrorCode::unavailable, std::string(translatable("This was asked for several times already. Please wait for the answer.")));
  return add(tx, actor, c, "speaker:" + std::to_string(speaker.id.value));
}

Result<int> look_for_names(db::Tx& tx) {
  TRY_ASSIGN(const auto counted, archive::list_names(tx));
  std::vector<PrintedName> names;
  names.reserve(counted.size());
  for (const auto& one : counted) names.push_back({one.id, one.name, one.talks});
  const auto pairs = likely_same(names);
  TRY_ASSIGN(const auto known, store::list_pairs(tx));
  std::set<std::pair<SpeakerId, SpeakerId>> told;
  for (const auto& [a, b] : known) {
    told.emplace(a, b);
    told.emplace(b, a);
  }
  int added = 0;
  for (const auto& pair : pairs) {
    if (told.contains({pair.stays, pair.goes})) continue;
    Case c;
    c.kind = Kind::names;
    c.speaker = pair.stays;
    c.other = pair.goes;
    c.reason = static_cast<int>(pair.why);
    TRY(store::add(tx, c));
    ++added;
  }
  return added;
}

}  // namespace confer::keeping
