// What runs when (periodic.h). Each kind has its heading in docs/operating/jobs.md; a test checks that.
#include "app/periodic.h"
#include <set>
#include "app/links.h"
#include "app/privacy.h"
#include "app/sync.h"
#include "base/log.h"
#include "cutting/jobs.h"
#include "footage/disk.h"
#include "footage/look.h"
#include "footage/sounds.h"
#include "keeping/keeping.h"
#include "mail/mail.h"
#include "programme/import_files.h"
#include "recordings/embargo.h"
#include "talks/files.h"

namespace confer::app {

const char* const files_withdraw_kind = "files.withdraw";

namespace {

/// Of every file that a row names.
Result<std::set<std::string>> named_hashes(const Installation& here) {
  std::set<std::string> named;
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(const auto hashes, talks::named_hashes(tx));
  named.insert(hashes.begin(), hashes.end());
  TRY_ASSIGN(const auto videos, recordings::named_hashes(tx));
  named.insert(videos.begin(), videos.end());
  TRY_ASSIGN(const auto cuts, cutting::named_hashes(tx));
  named.insert(cuts.begin(), cuts.end());
  return named;
}

Result<void> withdraw_files(const Installation& here, jobs::Running& running) {
  constexpr std::chrono::seconds asked_again{20};
  TRY_ASSIGN(const auto named, named_hashes(here));
  const auto removed = here.files->withdraw_others(named, {.progress = {}, .stopping = [&] { return running.stopping(); }});
  // What people took back goes, however long the store is away.
  if (!removed && removed.error().code == ErrorCode::unavailable) running.wait(asked_again);
  TRY(removed);
  if (*removed > 0) log(LogTopic::files, "files removed from the store", {{"count", *removed}});
  return {};
}

/// What was online before there was a store, and lies here alone.
Result<void> bring_files(const Installation& here, jobs::Running& running) {
  std::set<std::string> hashes;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(const auto videos, recordings::named_hashes(tx));
    TRY_ASSIGN(const auto cuts, cutting::named_hashes(tx));
    hashes.insert(videos.begin(), videos.end());
    hashes.insert(cuts.begin(), cuts.end());
    TRY_ASSIGN(const auto known, files::known_elsewhere(tx));
    for (const auto& hash : known) hashes.erase(hash);
  }
  std::int64_t count = 0;
  for (const auto& hash : hashes) {
    if (!here.files->has({hash})) continue;
    TRY(here.files->deliver({hash}, {.progress = {}, .stopping = [&] { return running.stopping(); }}));
    TRY_ASSIGN(auto tx, here.db->begin_write());
    TRY(here.files->name(tx, {hash}));
    TRY(tx.commit());
    running.progress(static_cast<double>(++count) / static_cast<double>(hashes.size()));
  }
  if (count > 0) log(LogTopic::files, "files brought to the store", {{"count", count}});
  return {};
}

/// What belongs to the folders of this machine: on the server's alone, where recordings come in and imports are uploaded.
void add_folder_jobs(jobs::Workers& workers, Installation& here, const Web& web) {
  workers.every({"imports.forget", std::chrono::hours(1)}, [data_dir = web.data_dir](jobs::Running&) {
    return programme::forget_import_files(data_dir, Clock::system().now() - programme::import_file_lifetime);
  });
  workers.every({"files.forget", std::chrono::hours(24)}, [&here](jobs::Running&) { return forget_files(here); });
  const footage::Places places{.incoming = here.config.incoming(), .watched_root = here.config.root_of_watched()};
  workers.every({"footage.watch", std::chrono::seconds(20)},
                [&here, places](jobs::Running& running) { return footage::watch(*here.db, places, media::probe, [&running] { return running.stopping(); }); });
  workers.every({"footage.look_after", std::chrono::hours(1)}, [&here, places](jobs::Running& running) {
    return footage::look_after_files(*here.db, places, media::probe, [&running] { return running.stopping(); });
  });
  workers.every({"footage.compare", std::chrono::seconds(20)},
                [&here](jobs::Running& running) { return footage::compare_sounds(*here.db, footage::hear, [&running] { return running.stopping(); }); });
  workers.every({"footage.disks", std::chrono::minutes(1)},
                [&here](jobs::Running&) { return footage::sample_disks(*here.db, {here.config.data_dir, here.config.root_of_watched()}); });
}

void add_cutting_jobs(jobs::Workers& workers, const Installation& here, const std::shared_ptr<const cutting::Workshop>& shop) {
  workers.every({"cutting.propose", std::chrono::seconds(20)},
                [shop](jobs::Running& running) { return cutting::propose_due(*shop, [&running] { return running.stopping(); }); });
  workers.add(cutting::hook_kind, [shop](jobs::Running& running) { return cutting::upload(*shop, running); });
  if (!here.config.cuts_here) return;
  workers.add(cutting::preview_kind, [shop](jobs::Running& running) { return cutting::preview(*shop, running); });
  workers.add(cutting::encode_kind, [shop](jobs::Running& running) { return cutting::encode_published(*shop, running); });
  workers.add(cutting::publish_kind, [shop](jobs::Running& running) { return cutting::publish(*shop, running); });
  workers.add(cutting::recognise_kind, [shop](jobs::Running& running) { return cutting::recognise(*shop, running); });
}

}  // namespace

// What a crash left behind, too. Younger files may be on their way into a row.
Result<void> forget_files(Installation& here) {
  TRY_ASSIGN(const auto named, named_hashes(here));
  TRY_ASSIGN(const auto removed, here.files->forget_others(named, std::chrono::hours(24)));
  if (removed > 0) log(LogTopic::files, "files that nothing names forgotten", {{"count", removed}});
  TRY_ASSIGN(const auto copies, here.files->forget_copies());
  if (copies > 0) log(LogTopic::files, "copies of what lies in the store removed", {{"count", copies}});
  return {};
}

void add_jobs(jobs::Workers& workers, Installation& here, const Web& web, Role role) {
  db::Database& db = *here.db;
  mail::add_worker(workers, db, web.sign_in.mail);
  add_wipe_worker(workers, db);
  workers.every({"jobs.forget", std::chrono::hours(24)}, [&db](jobs::Running&) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(jobs::forget_finished(tx));
    return tx.commit();
  });
  if (role == Role::server) add_folder_jobs(workers, here, web);
  if (here.files->is_shared()) {
    // Queued by what takes something offline (reactions.cpp), too.
    if (role == Role::server) workers.every({"files.bring", std::chrono::hours(1)}, [&here](jobs::Running& running) { return bring_files(here, running); });
    workers.every({files_withdraw_kind, std::chrono::hours(1)}, [&here](jobs::Running& running) { return withdraw_files(here, running); });
  }
  const auto shop = std::make_shared<const cutting::Workshop>(cutting::Workshop{.db = db,
                                                                                .files = *here.files,
                                                                                .folder = here.config.unfinished_cuts(),
                                                                                .sign_in = web.sign_in,
                                                                                .make = cutting::make_cut,
                                                                                .listen = cutting::listen,
                                                                                .look_at = cutting::look_at,
                                                                                .encode = media::encode,
                                                                                .hooks = here.config.hooks,
                                                                                .recogniser = here.config.recogniser,
                                                                                .sound = cutting::make_sound,
                                                                                .machine = here.config.name_of_machine(),
                                                                                .has_colleagues = db.backend() == db::Backend::postgres});
  add_cutting_jobs(workers, here, shop);
  // New names come with imports and edits; a look at all of them costs a fraction of a second.
  workers.every({"keeping.names", std::chrono::hours(24)}, [&db](jobs::Running&) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(keeping::look_for_names(tx));
    return tx.commit();
  });
  workers.every({"keeping.forget", std::chrono::hours(24)}, [&db](jobs::Running&) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(keeping::forget_answered(tx));
    return tx.commit();
  });
  workers.add(recordings::lift_embargo_kind, [&db](jobs::Running& running) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(recordings::lift_embargoes(tx, EventId{running.job().event}));
    return tx.commit();
  });
  workers.add("recordings.check_links", [&here](jobs::Running& running) { return check_links_job(here, running); });
  workers.every({"recordings.check_links_daily", std::chrono::hours(24)}, [&here](jobs::Running&) -> Result<void> {
    if (here.config.links_a_day == 0) return {};
    TRY_ASSIGN(auto tx, here.db->begin_write());
    const auto asked = recordings::ask_for_link_check(tx, system_actor("link check"), {.video = {}, .event = {}, .limit = here.config.links_a_day});
    if (!asked && asked.error().code == ErrorCode::conflict) return {};  // one is under way
    TRY(asked);
    return tx.commit();
  });
  workers.add("programme.sync_now", [&here](jobs::Running& running) { return sync_now(here, running); });
  workers.every({"programme.sync", std::chrono::seconds(60)}, [&here](jobs::Running& running) { return sync_due(here, running); });
}

}  // namespace confer::app
