// Measures a release in two languages, from the draft to all pages rendered and compressed: `bench_release SCHEDULE.JSON`. `bench_release --dump DIR` writes
// the pages of the demonstration instead, `bench_release --dump DIR SCHEDULE.JSON` those of that schedule.
#include <sys/resource.h>
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>
#include "app/demo.h"
#include "app/gate.h"
#include "app/installation.h"
#include "base/random.h"
#include "base/time.h"
#include "files/files.h"
#include "html/assets.h"
#include "http/event_hub.h"
#include "programme/format.h"
#include "programme/programme.h"
#include "site/site.h"
#include "talks/talks.h"

namespace confer {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << result.error().where << ": " << result.error().message << " [" << result.error().detail << "]\n";
    for (const auto& problem : result.error().problems) std::cerr << "  " << problem.field << ": " << problem.message << "\n";
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// CPU of the whole process and time on the wall, of one step.
template <class Step>
void measure(const char* what, Step step) {
  const double cpu = cpu_seconds();
  const auto began = std::chrono::steady_clock::now();
  step();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  std::printf("%-44s %6.2f s CPU  %6.2f s\n", what, cpu_seconds() - cpu, wall.count());
}

void dump(const site::RenderedSite& site, const std::filesystem::path& root) {
  for (const auto& path : site.paths()) {
    const auto ready = site.find(path);
    std::filesystem::path file = root / path.substr(1);
    if (ready->content_type.starts_with("text/html")) file = path == "/" ? root / "index.html" : std::filesystem::path(file.string() + "/index.html");
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << ready->identity;
  }
  for (const auto* asset : html::list_assets()) {
    const auto file = root / asset->path.substr(1);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << asset->bytes;
  }
  std::printf("%zu documents in %s\n", site.numbers().documents, root.c_str());
}

void run(const std::string& schedule, const std::string& dump_to) {
  must(app::load_templates());
  const auto folder = std::filesystem::temp_directory_path() / ("confer-bench-release-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const std::shared_ptr<void> removed_at_the_end(nullptr, [&](void*) { std::filesystem::remove_all(folder); });
  {
    app::Config config;
    config.data_dir = folder.string();
    config.log_level = "warning";
    auto here = must(app::open_installation(config));
    auto& db = here.db;
    http::EventHub hub;
    Web web{.db = *db, .files = *here.files, .events = hub, .chrome = app::make_chrome(), .sign_in = {}, .data_dir = folder.string(), .programme_changed = {}};
    web.sign_in.base_url = "http://localhost:8012";
    site::RenderedSite site(web);
    if (schedule.empty()) {
      must(app::load_demo(here, std::chrono::floor<std::chrono::days>(Zone().to_wall(Clock::system().now()))));
      must(site.load());
      std::vector<std::string> slugs;
      {
        auto tx = must(db->begin_read());
        for (const auto& event : must(events::list_events(tx)))
          if (event.is_public) slugs.push_back(event.slug);
      }
      for (const auto& slug : slugs) must(site.wake("/" + slug));
      dump(site, dump_to);
    } else {
      const Actor actor = system_actor("bench");
      EventId id;
      measure("import", [&] {
        auto imported = must(programme::read_schedule_json(must(files::read_file(schedule, std::size_t{64} << 20))));
        must(programme::import_event(*db, actor, "large-2027", "large", std::move(imported)));
      });
      {
        auto tx = must(db->begin_write());
        auto event = must(events::require_event(tx, "large-2027"));
        event.is_public = true;
        event.languages = {"en", "de"};
        id = event.id;
        must(events::save_event(tx, actor, event));
        must(tx.commit());
      }
      const double before = cpu_seconds();
      measure("release (draft to snapshot)", [&] { must(programme::release_schedule(*db, actor, id, "1.0", "", web.sign_in.base_url)); });
      measure("render and compress everything", [&] { must(site.render_event(id)); });
      std::printf("%-44s %6.2f s CPU  (the aim: below 2)\n", "both", cpu_seconds() - before);
      if (!dump_to.empty()) {
        dump(site, dump_to);
        return;
      }
      const auto numbers = site.numbers();
      std::printf("%zu documents, %.1f MB in all forms\n", numbers.documents, static_cast<double>(numbers.bytes) / 1e6);
      for (const char* path :
           {"/large-2027/index.json", "/large-2027/details.json", "/large-2027/schedule/2027-05-04", "/large-2027/list", "/de/large-2027/list"}) {
        const auto ready = site.find(path);
        if (ready != nullptr) std::printf("%-36s %8zu bytes, %7zu gzip, %7zu brotli\n", path, ready->identity.size(), ready->gzip.size(), ready->brotli.size());
      }
      {
        auto tx = must(db->begin_write());
        const auto event = must(events::require_event(tx, id));
        auto talk = must(talks::list_talks(tx, id)).front();
        talk.title += " (again)";
        must(talks::save_talk(tx, actor, event, talk));
        must(tx.commit());
      }
      measure("one title changes: release", [&] { must(programme::release_schedule(*db, actor, id, "1.1", "", web.sign_in.base_url)); });
      measure("one title changes: render", [&] { must(site.render_event(id)); });
      measure("thorough compression and disk, later", [&] {
        while (must(site.bring_present()) || must(site.do_what_can_wait())) continue;
      });
      const auto pressed = site.numbers();
      std::printf("%zu documents, %.1f MB in all forms\n", pressed.documents, static_cast<double>(pressed.bytes) / 1e6);
      site::RenderedSite again(web);
      measure("start from disk", [&] { must(again.load()); });
    }
  }
}

}  // namespace
}  // namespace confer

int main(int argc, char** argv) {
  const bool dumps = argc >= 3 && std::string(argv[1]) == "--dump";
  if (dumps ? argc > 4 : argc != 2) {
    std::cerr << "bench_release SCHEDULE.JSON | --dump DIR [SCHEDULE.JSON]\n";
    return 1;
  }
  confer::run(dumps ? (argc == 4 ? argv[3] : "") : argv[1], dumps ? argv[2] : "");
  return 0;
}
