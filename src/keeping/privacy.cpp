// What people wrote to the keeper is forgotten: some time after the answer, and with the person (keeping.h).
#include "base/json_writer.h"
#include "keeping/store.h"
#include "mail/mail.h"

namespace confer::keeping {

Result<int> forget_answered(db::Tx& tx) {
  const Instant before = tx.now() - kept_for;
  TRY_ASSIGN(const auto mails, store::mails_to_forget(tx, before));
  for (const auto mail : mails) TRY(mail::erase_mail(tx, mail));
  TRY_ASSIGN(const auto emptied, store::forget_answered(tx, before));
  return static_cast<int>(emptied);
}

Result<std::string> export_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(const auto cases, store::cases_of_person(tx, person));
  JsonWriter w;
  w.begin_array();
  for (const auto& c : cases) {
    w.begin_object().field("kind", name_of(c.kind)).field("asked_at", to_text(c.asked_at)).field("talk", c.talk_code).field("name", c.speaker_name);
    w.field("email", c.email).field("note", c.note).field("answer", c.answer).key("changes").begin_array();
    for (const auto& change : c.changes) w.begin_object().field("field", change.field).field("was", change.was).field("now", change.now).end_object();
    w.end_array().end_object();
  }
  return w.end_array().take();
}

Result<void> erase_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(const auto mails, store::mails_of_person(tx, person));
  for (const auto mail : mails) TRY(mail::erase_mail(tx, mail));
  return store::erase_of_person(tx, person);
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto timeless, store::decided_without_time(tx));
  for (const auto id : timeless) problems.push_back("keeping: case " + std::to_string(id.value) + " is decided, and nobody knows when");
  return problems;
}

}  // namespace confer::keeping
