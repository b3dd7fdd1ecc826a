// A person's data across all slices (privacy.h).
#include "app/privacy.h"
#include <set>
#include "archive/archive.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "cutting/cutting.h"
#include "events/events.h"
#include "journal/journal.h"
#include "keeping/keeping.h"
#include "mail/mail.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/import_files.h"
#include "programme/programme.h"
#include "search/search.h"
#include "site/site.h"
#include "talks/talks.h"

namespace confer::app {

Result<std::string> export_everything(db::Database& db, PersonId person) {
  TRY_ASSIGN(auto tx, db.begin_read());
  JsonWriter w;
  w.begin_object().field("exported_at", to_text(tx.now()));
  TRY_ASSIGN(auto profile, people::export_person(tx, person));
  TRY_ASSIGN(auto credits, talks::export_person(tx, person));
  TRY_ASSIGN(auto files, talks::export_files(tx, person));
  TRY_ASSIGN(auto programme, programme::export_person(tx, person));
  TRY_ASSIGN(auto archived, archive::export_person(tx, person));
  TRY_ASSIGN(auto asked, keeping::export_person(tx, person));
  TRY_ASSIGN(auto looks, cutting::export_person(tx, person));
  w.key("person")
      .raw(profile)
      .key("talks")
      .raw(credits)
      .key("files")
      .raw(files)
      .key("programme")
      .raw(programme)
      .key("archive")
      .raw(archived)
      .key("requests")
      .raw(asked)
      .key("looks_at_cuts")
      .raw(looks);
  w.key("mails").begin_array();
  TRY_ASSIGN(auto mails, mail::mails_of(tx, person.value));
  for (const auto& m : mails)
    w.begin_object().field("subject", m.subject).field("text", m.text).field("to", m.to).field("at", to_text(m.created_at)).end_object();
  return w.end_array().end_object().take();
}

Result<void> erase_everything(const Web& web, const Actor& actor, PersonId person) {
  std::set<EventId> touched;
  std::vector<files::Hash> erased_files;
  {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY(talks::adopt_namesakes(tx, person));
    TRY_ASSIGN(auto talks, talks::talks_of(tx, person));
    for (const auto& talk : talks) touched.insert(talk.event);
    TRY_ASSIGN(const auto own_files, talks::files_of_person_alone(tx, person));
    for (const auto& file : own_files) {
      TRY_ASSIGN(const auto named, programme::forget_file(tx, file));
      touched.insert(named.begin(), named.end());
    }
    // A release may name somebody whom the draft does not credit any more.
    TRY_ASSIGN(const auto released, programme::erase_person(tx, person));
    touched.insert(released.begin(), released.end());
    TRY(keeping::erase_person(tx, person));
    TRY(cutting::erase_person(tx, person));
    TRY_ASSIGN(const auto archived, archive::erase_person(tx, person));
    touched.insert(archived.begin(), archived.end());
    for (const EventId id : touched) {
      TRY_ASSIGN(const auto event, events::find_event(tx, id));
      if (event) site::forget_kept(web.data_dir, event->slug);
    }
    // Files that wait to be imported may name anybody.
    TRY(programme::forget_import_files(web.data_dir, Instant::max()));
    TRY_ASSIGN(erased_files, talks::erase_person(tx, person));
    TRY(mail::erase_person(tx, person.value));
    TRY(people::erase_person(tx, person));
    for (const EventId id : touched) TRY(site::index_event(tx, id));
    TRY(search::wipe_removed(tx));
    // One for each event: every process draws its pages again.
    const std::string subject = "person:" + std::to_string(person.value);
    TRY(journal::record(tx, who(actor), "person.erased", 0, 0, subject));
    for (const EventId id : touched) TRY(journal::record(tx, who(actor), "person.erased", 0, id.value, subject));
    // With the erasure, so that no crash comes between: a long reader (a backup) may hold the old bytes in the database's log file for a while.
    TRY(jobs::enqueue(tx, {.kind = jobs::wipe_kind, .max_attempts = 30, .unique_key = jobs::wipe_kind}));
    TRY(tx.commit());
  }
  TRY(talks::forget_bytes(web.db, web.files, erased_files));
  for (EventId event : touched) web.programme_changed(event);
  // Mostly it is done at once. Where not, the person is erased all the same, and the job goes on trying.
  if (auto wiped = web.db.wipe_erased(); !wiped)
    log(LogTopic::db, LogLevel::warning, "erased bytes stay in the log file for now", {{"detail", wiped.error().detail}});
  return {};
}

void add_wipe_worker(jobs::Workers& workers, db::Database& db) {
  workers.add(jobs::wipe_kind, [&db](jobs::Running&) { return db.wipe_erased(); });
}

}  // namespace confer::app
