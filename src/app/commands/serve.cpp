// confer serve and confer worker: everything put together.
#include <fcntl.h>
#include <malloc.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include "app/commands/commands.h"
#include "app/gate.h"
#include "app/periodic.h"
#include "app/reactions.h"
#include "app/routes.h"
#include "base/log.h"
#include "files/shared.h"
#include "html/assets.h"
#include "html/template.h"
#include "http/server.h"
#include "site/site.h"

namespace confer::app {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

namespace {

int wait_for_signal(const sigset_t& set) {
  int signal = 0;
  sigwait(&set, &signal);
  return signal;
}

/// Scripts, styles, images and connections only from here; nothing inline. JSON-LD blocks are data, which the policy does not concern.
std::vector<std::pair<std::string, std::string>> security_headers() {
  return {{"Content-Security-Policy",
           "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; object-src 'none'; base-uri 'none'; "
           "form-action 'self'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "same-origin"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"}};
}

/// Served for ever under their hashed names.
std::map<std::string, std::shared_ptr<const http::Ready>, std::less<>> ready_assets() {
  std::map<std::string, std::shared_ptr<const http::Ready>, std::less<>> out;
  for (const html::Asset* asset : html::list_assets())
    out[asset->path] = http::make_ready(std::string(asset->type), std::string(asset->bytes), "public, max-age=31536000, immutable",
                                        {{"X-Content-Type-Options", "nosniff"}}, http::Compression::good);
  if (const html::Asset* worker = html::find_asset_by_name("sw.js"))
    out["/sw.js"] = http::make_ready("text/javascript; charset=utf-8", std::string(worker->bytes), "no-cache", {{"X-Content-Type-Options", "nosniff"}},
                                     http::Compression::good);
  if (const html::Asset* embed = html::find_asset_by_name("embed.js"))
    out["/embed.js"] =
        http::make_ready("text/javascript; charset=utf-8", std::string(embed->bytes), "public, max-age=3600",
                         {{"X-Content-Type-Options", "nosniff"}, {"Access-Control-Allow-Origin", "*"}, {"Cross-Origin-Resource-Policy", "cross-origin"}},
                         http::Compression::good);
  return out;
}

/// glibc keeps a heap for each of many threads, and after one large block is freed keeps such blocks for ever: with the demonstration that was a third of what
/// was resident (bench/results/memory.txt).
void hold_little_memory() {
  constexpr int heaps = 2, own_mapping_from = 1 << 20, kept_at_most = 16 << 20;
  mallopt(M_ARENA_MAX, heaps);
  mallopt(M_MMAP_THRESHOLD, own_mapping_from);
  mallopt(M_TRIM_THRESHOLD, kept_at_most);
}

/// One server for a data directory: two would draw the same files, and answer from what the other one has not heard of yet. Held until the process ends,
/// however it ends.
Result<void> claim_folder(const std::string& data_dir) {
  const std::string path = data_dir + "/serving";
  const int file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return fail(ErrorCode::unavailable, path + " cannot be written: " + std::generic_category().message(errno) + ".");
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return {};
  close(file);
  return fail(ErrorCode::conflict, "Another server works in " + data_dir + " already. Stop it first, or give this one a data directory of its own.");
}

}  // namespace

int run_serve(Installation& here) {
  hold_little_memory();
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const Config& config = here.config;
  if (!config.cuts_here && here.db->backend() == db::Backend::sqlite) {
    std::cerr << "confer: “media.cuts_here” is false, and with SQLite nobody else can cut: workers of their own need PostgreSQL.\n";
    return 2;
  }
  if (auto claimed = claim_folder(config.data_dir); !claimed) return report_error(claimed.error());
  if (auto marked = files::mark_folder(*here.db, config.files()); !marked) return report_error(marked.error());
  http::EventHub events;
  const auto max_file_bytes = static_cast<std::uint64_t>(config.max_file_mb) * 1'000'000;
  auto uploads = http::ResumableUploads::open({.folder = config.data_dir + "/unfinished", .max_bytes = max_file_bytes, .lifetime = std::chrono::hours(24)});
  if (!uploads) return report_error(uploads.error());
  // Beside the place where they go: moving 20 GB within a disk takes no time.
  if (auto made = make_private_folder(config.incoming()); !made) return report_error(made.error());
  auto recordings = http::ResumableUploads::open({.folder = config.incoming() + "/.unfinished",
                                                  .max_bytes = static_cast<std::uint64_t>(config.max_upload_gb) * 1'000'000'000,
                                                  .lifetime = std::chrono::hours(72)});
  if (!recordings) return report_error(recordings.error());
  Web web{.db = *here.db,
          .files = *here.files,
          .events = events,
          .chrome = make_chrome(),
          .sign_in = {config.mail, config.public_url()},
          .data_dir = config.data_dir,
          .programme_changed = {},
          .uploads = uploads->get(),
          .max_file_bytes = max_file_bytes,
          .recordings = recordings->get(),
          .incoming = config.incoming(),
          .watched_root = config.root_of_watched()};
  site::RenderedSite site(web, security_headers());
  web.programme_changed = [&](EventId event) {
    if (auto done = site.render_event(event); !done)
      log(LogTopic::site, LogLevel::error, "event not rendered", {{"event", event.value}, {"message", done.error().message}});
  };
  FollowingSite following(web, site);
  if (auto begun = following.begin(); !begun) return report_error(begun.error());
  if (auto loaded = site.load(); !loaded) return report_error(loaded.error());

  const auto assets = ready_assets();
  std::unique_ptr<http::Server> server;
  Metrics metrics{.site = site, .server = server, .token = config.metrics_token};
  const http::Router router(all_routes(here, web, site, metrics));
  http::Application application{
      .router = &router,
      .ready = [&](std::string_view path, std::string_view query, std::string_view, std::string_view) -> std::shared_ptr<const http::Ready> {
        if (auto asset = assets.find(path); asset != assets.end()) return asset->second;
        // What a query asks of these is made for it (routes.cpp).
        const bool by_query = !query.empty() && (path.ends_with("/search") || path.ends_with("/schedule.txt"));
        return by_query ? nullptr : site.find(path);
      },
      .gate = make_gate(web),
      .error_page = make_error_page(web),
      .events = &events,
      .common_headers = security_headers()};

  journal::Feed feed(*here.db);
  add_reactions(feed, web, here.config, following);
  jobs::Workers workers(*here.db, config.job_threads);
  add_jobs(workers, here, web, Role::server);
  following.start();
  if (auto started = feed.start(); !started) return report_error(started.error());
  if (auto started = workers.start(); !started) return report_error(started.error());

  auto options = config.server;
  options.upload_dir = config.data_dir + "/uploads";
  if (auto made = make_private_folder(options.upload_dir); !made) return report_error(made.error());
  auto started = http::Server::start(options, application);
  if (!started) return report_error(started.error());
  server = std::move(*started);
  log(LogTopic::start, "serving",
      {{"port", server->port()}, {"database", here.db->backend() == db::Backend::sqlite ? "sqlite" : "postgresql"}, {"documents", site.numbers().documents}});

  // Now-and-next changes with the clock alone.
  std::jthread minutes([&](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (auto done = site.render_now(Clock::system().now()); !done)
        log(LogTopic::site, LogLevel::warning, "now and next not rendered", {{"message", done.error().message}});
      (*uploads)->remove_expired();
      (*recordings)->remove_expired();
      wake.wait_for(lock, stop, std::chrono::seconds(20), [] { return false; });
    }
  });

  // First the pages that visitors will ask for; then what nobody waits for, in a core's time that nobody else wants.
  std::jthread spare([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto more = site.bring_present();
      if (!more) log(LogTopic::site, LogLevel::error, "event not rendered", {{"message", more.error().message}, {"detail", more.error().detail}});
      if (!more || !*more) break;
    }
    constexpr int least = 19;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), least);
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    bool had_work = true;  // the start drew
    while (!stop.stop_requested()) {
      auto more = site.bring_present();  // what could not be rendered at first
      if (more && !*more) more = site.do_what_can_wait(stop);
      if (!more) log(LogTopic::site, LogLevel::warning, "pages not kept", {{"message", more.error().message}, {"detail", more.error().detail}});
      const bool worked = more && *more;
      // Drawing and thorough compression took more than what they leave; the C library would keep it for the next time.
      if (had_work && !worked) malloc_trim(0);
      had_work = worked;
      if (worked) continue;
      wake.wait_for(lock, stop, std::chrono::seconds(2), [] { return false; });
    }
  });

  while (wait_for_signal(signals) == SIGHUP)
    if (auto again = server->reload(); !again) log(LogTopic::http, LogLevel::error, "certificate not reloaded", {{"message", again.error().message}});
  log(LogTopic::start, "stopping");
  minutes.request_stop();
  spare.request_stop();
  server->drain(std::chrono::seconds(10));
  feed.stop();
  following.stop();
  workers.stop(std::chrono::seconds(10));
  return 0;
}

int run_worker(Installation& here) {
  if (here.db->backend() == db::Backend::sqlite) {
    std::cerr << "confer: a worker of its own needs PostgreSQL: with SQLite, `confer serve` runs the jobs.\n";
    return 2;
  }
  const auto is_server_folder = files::is_marked(*here.db, here.config.files());
  if (!is_server_folder) return report_error(is_server_folder.error());
  if (!*is_server_folder && !here.files->is_shared()) {
    std::cerr << "confer: " << here.config.files()
              << " is not the folder that the server keeps its files in: what this worker makes, nobody would see. Have “files.folder” "
              << "name the same shared folder on each machine, or set up a [store]; and start `confer serve` once before the first worker.\n";
    return 2;
  }
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  http::EventHub events;
  Web web{.db = *here.db,
          .files = *here.files,
          .events = events,
          .chrome = make_chrome(),
          .sign_in = {here.config.mail, here.config.public_url()},
          .data_dir = here.config.data_dir,
          .programme_changed = [](EventId) {}};
  jobs::Workers workers(*here.db, here.config.job_threads);
  add_jobs(workers, here, web, Role::worker);
  if (auto started = workers.start(); !started) return report_error(started.error());
  log(LogTopic::start, "working", {{"machine", here.config.name_of_machine()}});
  // Nobody else looks after a folder that is this machine's alone.
  std::jthread tidying([&here](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (auto done = forget_files(here); !done) log(LogTopic::files, LogLevel::warning, "files not tidied", {{"message", done.error().message}});
      wake.wait_for(lock, stop, std::chrono::hours(24), [] { return false; });
    }
  });
  while (wait_for_signal(signals) == SIGHUP) continue;
  workers.stop(std::chrono::seconds(30));
  return 0;
}

}  // namespace confer::app
