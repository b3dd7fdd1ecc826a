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

void add_jobs(jobs::Workers& workers, Installation& here, const Web& web) {
  db::Database& db = *here.db;
  mail::add_worker(workers, db, web.sign_in.mail);
  add_wipe_worker(workers, db);
  workers.every({"jobs.forget", std::chrono::hours(24)}, [&db](jobs::Running&) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(jobs::forget_finished(tx));
    return tx.commit();
  });
  workers.every({"imports.forget", std::chrono::hours(1)}, [data_dir = web.data_dir](jobs::Running&) {
    return programme::forget_import_files(data_dir, Clock::system().now() - programme::import_file_lifetime);
  });
  // What a crash left behind. Younger files may be on their way into a row.
  workers.every({"files.forget", std::chrono::hours(24)}, [&here](jobs::Running&) -> Result<void> {
    std::set<std::string> named;
    {
      TRY_ASSIGN(auto tx, here.db->begin_read());
      TRY_ASSIGN(const auto hashes, talks::named_hashes(tx));
      named.insert(hashes.begin(), hashes.end());
      TRY_ASSIGN(const auto videos, recordings::named_hashes(tx));
      named.insert(videos.begin(), videos.end());
      TRY_ASSIGN(const auto cuts, cutting::named_hashes(tx));
      named.insert(cuts.begin(), cuts.end());
    }
    TRY_ASSIGN(const auto removed, here.files->forget_others(named, std::chrono::hours(24)));
    if (removed > 0) log(LogTopic::files, "files that nothing names forgotten", {{"count", removed}});
    return {};
  });
  const footage::Places places{.incoming = here.config.incoming(), .watched_root = here.config.root_of_watched()};
  workers.every({"footage.watch", std::chrono::seconds(20)},
                [&here, places](jobs::Running& running) { return footage::watch(*here.db, places, media::probe, [&running] { return running.stopping(); }); });
  workers.every({"footage.look_after", std::chrono::hours(1)}, [&here, places](jobs::Running& running) {
    return footage::look_after_files(*here.db, places, media::probe, [&running] { return running.stopping(); });
  });
  workers.every({"footage.compare", std::chrono::seconds(20)},
                [&db](jobs::Running& running) { return footage::compare_sounds(db, footage::hear, [&running] { return running.stopping(); }); });
  workers.every({"footage.disks", std::chrono::minutes(1)},
                [&here](jobs::Running&) { return footage::sample_disks(*here.db, {here.config.data_dir, here.config.root_of_watched()}); });
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
                                                                                .sound = cutting::make_sound});
  workers.every({"cutting.propose", std::chrono::seconds(20)},
                [shop](jobs::Running& running) { return cutting::propose_due(*shop, [&running] { return running.stopping(); }); });
  workers.add(cutting::preview_kind, [shop](jobs::Running& running) { return cutting::preview(*shop, running); });
  workers.add(cutting::encode_kind, [shop](jobs::Running& running) { return cutting::encode_published(*shop, running); });
  workers.add(cutting::publish_kind, [shop](jobs::Running& running) { return cutting::publish(*shop, running); });
  workers.add(cutting::hook_kind, [shop](jobs::Running& running) { return cutting::upload(*shop, running); });
  workers.add(cutting::recognise_kind, [shop](jobs::Running& running) { return cutting::recognise(*shop, running); });
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
