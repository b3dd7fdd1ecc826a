// Measures a release: 1,000 talks in two languages, from the draft to all pages rendered and compressed. `--dump DIR` writes the pages of the demonstration
// instead.
#include <sys/resource.h>
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>
#include "app/demo.h"
#include "app/gate.h"
#include "app/installation.h"
#include "base/random.h"
#include "base/time.h"
#include "html/assets.h"
#include "http/event_hub.h"
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

/// Words that a text of this field has, so that it compresses as real ones do.
class Words {
 public:
  std::string some(int count) {
    static const std::vector<std::string> list = split_words();
    std::string out;
    for (int i = 0; i < count; ++i) out += (i == 0 ? "" : " ") + list[random_() % list.size()];
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
  }
  std::string text(int sentences) {
    std::string out;
    for (int i = 0; i < sentences; ++i) out += some(6 + static_cast<int>(random_() % 14)) + (i % 5 == 4 ? ".\n\n" : ". ");
    return out;
  }
  std::uint64_t number(std::uint64_t below) { return random_() % below; }

 private:
  static std::vector<std::string> split_words() {
    std::vector<std::string> out;
    // 3,000 invented words of two to four syllables, the short ones more often, as Zipf has it.
    static constexpr const char* syllables[] = {"ta", "ri",  "on", "mel", "ko", "ver", "sin", "al", "pro", "den",
                                                "ut", "gra", "ma", "les", "ti", "qua", "fer", "bo", "nu",  "ing"};
    std::mt19937_64 random(7);
    for (int i = 0; i < 3000; ++i) {
      std::string word;
      for (std::uint64_t n = 1 + random() % 4; n > 0; --n) word += syllables[random() % std::size(syllables)];
      out.push_back(std::move(word));
    }
    return out;
  }
  std::mt19937_64 random_{42};
};

programme::Programme thousand_talks() {
  constexpr int rooms = 12, days = 4, talks = 1000, people = 900;
  constexpr const char* name_space = "0e0f4c4e-6d0b-4a2c-8f61-0d5f0c1b2a33";
  Words words;
  programme::Programme p;
  auto both = [&](const std::string& text) {
    LocalizedText out("en", text);
    out.set("de", text + " (de)");
    return out;
  };
  p.conference = {.slug = "large-2027",
                  .acronym = "large2027",
                  .guid = name_uuid(name_space, "c"),
                  .title = both("Large Conf 2027"),
                  .zone = "Europe/Berlin",
                  .start = parse_date("2027-05-04").value(),
                  .end = parse_date("2027-05-07").value(),
                  .color = "#175e54",
                  .languages = {"en", "de"}};
  for (int i = 0; i < rooms; ++i)
    p.rooms.push_back({.code = "room-" + std::to_string(i),
                       .guid = name_uuid(name_space, "r" + std::to_string(i)),
                       .name = both("Room " + words.some(1)),
                       .position = i,
                       .capacity = 100 + i});
  for (int i = 0; i < 10; ++i)
    p.tracks.push_back({.code = "track-" + std::to_string(i),
                        .guid = name_uuid(name_space, "k" + std::to_string(i)),
                        .name = both(words.some(2)),
                        .color = "#1f63c4",
                        .position = i});
  p.types = {{.code = "talk", .name = both("Talk")}, {.code = "workshop", .name = both("Workshop"), .length = minutes{60}, .position = 1}};
  for (int i = 0; i < talks; ++i) {
    programme::Talk t;
    t.code = "talk-" + std::to_string(i);
    t.guid = name_uuid(name_space, t.code);
    t.title = words.some(4 + static_cast<int>(words.number(5)));
    t.abstract = words.text(8);
    t.description = words.text(6);
    t.track = "track-" + std::to_string(i % 10);
    t.type = i % 9 == 0 ? "workshop" : "talk";
    t.language = "en";
    for (std::uint64_t n = 1 + words.number(2); n > 0; --n) {
      const auto who = std::to_string(words.number(people));
      programme::Credit credit;
      credit.person_guid = name_uuid(name_space, "p" + who);
      std::mt19937_64 names(std::stoull(who) + 1);
      Words other;
      credit.name = "Person " + who + " " + words.some(1);
      credit.biography = words.text(3);
      t.credits.push_back(std::move(credit));
    }
    programme::Slot slot;
    slot.number = i + 1;
    slot.guid = t.guid;
    slot.talk = t.code;
    const int per_day = talks / days, at = i % per_day;
    slot.room = "room-" + std::to_string(at % rooms);
    slot.start = WallTime(p.conference.start + std::chrono::days(i / per_day)) + std::chrono::hours(9) + minutes{at / rooms * 30};
    slot.length = minutes{25};
    p.talks.push_back(std::move(t));
    p.slots.push_back(std::move(slot));
  }
  programme::put_in_order(p);
  return p;
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

void run(const std::string& dump_to) {
  must(app::load_templates());
  const auto folder = std::filesystem::temp_directory_path() / ("confer-bench-release-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
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
    if (!dump_to.empty()) {
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
      measure("import", [&] { must(programme::import_event(*db, actor, "large-2027", "large", {.programme = thousand_talks(), .oddities = {}})); });
      {
        auto tx = must(db->begin_write());
        auto event = must(events::require_event(tx, "large-2027"));
        event.is_public = true;
        event.languages = {"en", "de"};
        id = event.id;
        must(events::save_event(tx, actor, event));
        must(tx.commit());
      }
      measure("release (draft to snapshot)", [&] { must(programme::release_schedule(*db, actor, id, "1.0", "", web.sign_in.base_url)); });
      measure("render and compress everything", [&] { must(site.render_event(id)); });
      const auto numbers = site.numbers();
      std::printf("%zu documents, %.1f MB in all forms\n", numbers.documents, static_cast<double>(numbers.bytes) / 1e6);
      for (const char* path : {"/large-2027/index.json", "/large-2027/details.json", "/large-2027/schedule/2027-05-04", "/large-2027/list"}) {
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
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace confer

int main(int argc, char** argv) {
  confer::run(argc == 3 && std::string(argv[1]) == "--dump" ? argv[2] : "");
  return 0;
}
