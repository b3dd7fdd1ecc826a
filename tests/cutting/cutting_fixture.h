// An event whose hall is recorded, and a workshop with a cutter that writes what a test wants.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include "cutting/cards.h"
#include "cutting/cutting.h"
#include "cutting/jobs.h"
#include "footage/look.h"
#include "jobs/jobs.h"
#include "journal/journal.h"
#include "programme/event_fixture.h"
#include "recordings/recordings.h"

namespace confer::cutting {

using std::chrono::hours;
using test::ok;

inline Instant at(std::string_view text) { return parse_instant(text).value(); }
inline bool never() { return false; }

class CuttingTest : public test::EventTest {
 protected:
  void SetUp() override {
    EventTest::SetUp();
    if (IsSkipped()) return;
    place_and_release();  // 10:00 to 10:30 in Berlin is 08:00Z to 08:30Z
    store = ok(files::open_folder(folder.path() / "files"));
    shop = std::make_unique<Workshop>(Workshop{.db = db(), .files = *store, .folder = folder.path() / "unfinished", .sign_in = {}, .make = nullptr});
    shop->make = [this](const std::vector<Input>& inputs, const Plan& plan, const Cards& cards, const std::string& out, const auto&,
                        const auto&) -> Result<Made> {
      ++made;
      shown = cards;
      if (refusal) return std::unexpected(*refusal);
      std::ofstream(out) << inputs.front().path << to_json(plan);
      return Made{.path = out,
                  .span = plan.span,
                  .frame_rate = 25,
                  .width = 1280,
                  .height = 720,
                  .size_bytes = 100,
                  .length = plan.span.length() + cards.before() + cards.of(CardKind::end).lasts,
                  .title_lasts = cards.before(),
                  .end_lasts = cards.of(CardKind::end).lasts,
                  .sound = "{}"};
    };
    shop->listen = [this](const std::vector<Input>&, const Plan::Guess& guess, const auto&) -> Result<Ends> {
      listened = guess;
      return heard;
    };
    shop->look_at = [](Made& found, const std::string& where, const auto&) {
      std::filesystem::create_directories(where);
      std::ofstream(where + "/poster.jpg") << "jpg";
      found.poster = where + "/poster.jpg";
      found.wave = "[-3,-60]";
    };
    shop->sample = [this](const std::vector<Input>&, const Plan&, const std::string& where, const auto&) {
      std::vector<std::string> paths;
      for (const auto& [name, text] : samples) {
        std::filesystem::create_directories(where);
        std::ofstream(where + "/" + name) << text;
        paths.push_back(where + "/" + name);
      }
      return paths;
    };
    workers = std::make_unique<jobs::Workers>(db(), 1);
    workers->add(preview_kind, [this](jobs::Running& running) { return preview(*shop, running); });
    workers->add(encode_kind, [this](jobs::Running& running) { return encode_published(*shop, running); });
    shop->encode = [this](const media::EncodeWish& wish, const auto&, const auto&) -> Result<media::Encoded> {
      ++encoded;
      const bool is_folder = wish.profile == media::Profile::hls;
      if (is_folder) std::filesystem::create_directories(wish.out);
      for (const char* name : {"/master.m3u8", "/720p.mp4"})
        std::ofstream(is_folder ? wish.out + name : wish.out) << wish.in << media::name_of(wish.profile) << name;
      return media::Encoded{.size_bytes = 50, .length = 1950.2};
    };
    workers->add(publish_kind, [this](jobs::Running& running) { return publish(*shop, running); });
  }
  void TearDown() override {
    workers.reset();
    EventTest::TearDown();
  }
  /// A whole file of the hall, from 09:30 to 11:30 in Berlin.
  void record(std::string_view from = "2027-05-04_09-30-00", milliseconds length = hours(2)) {
    auto tx = ok(db().begin_write());
    const auto recorder = ok(footage::recorder_for(tx, organiser, event, hall.id, footage::Stream::main, "main"));
    const std::string path = folder.path() / ("hall-" + std::string(from) + ".ts");
    std::ofstream(path) << "x";
    std::filesystem::last_write_time(path, std::chrono::file_clock::from_sys(at("2027-05-04T07:00:00Z")));
    const auto probe = [&](const std::string&) -> Result<media::Probed> {
      media::Probed probed;
      probed.length = length;
      return probed;
    };
    ok(footage::keep_files(tx, organiser, event, recorder, {footage::look(ok(footage::find_file(path)), {}, probe, tx.now())}));
    ok(tx.commit());
  }
  /// As `record`, by a recorder that writes a file's header at its end and still writes.
  void record_without_header(Instant now) {
    auto tx = ok(db().begin_write());
    const auto recorder = ok(footage::recorder_for(tx, organiser, event, hall.id, footage::Stream::main, "main"));
    const std::string path = folder.path() / "hall-2027-05-04_09-30-00.mp4";
    std::ofstream(path) << "x";
    std::filesystem::last_write_time(path, std::chrono::file_clock::from_sys(now));
    const auto probe = [](const std::string&) -> Result<media::Probed> { return fail(ErrorCode::invalid, "It cannot be read."); };
    ok(footage::keep_files(tx, organiser, event, recorder, {footage::look(ok(footage::find_file(path)), {}, probe, now)}));
    ok(tx.commit());
  }
  void consent(talks::Consent wish) {
    auto tx = ok(db().begin_write());
    auto talk = ok(talks::require_talk(tx, event.id, first.code));
    talks::set_consent(talk, wish);
    ok(talks::save_talk(tx, organiser, event, talk));
    ok(tx.commit());
  }
  Cut cut() {
    auto tx = ok(db().begin_read());
    return ok(require_cut(tx, event, first_slot.id.value));
  }
  std::size_t cuts() {
    auto tx = ok(db().begin_read());
    return ok(list_cuts(tx, event)).size();
  }
  void propose_at(std::string_view time) {
    clock().set(at(time));
    ok(propose_due(*shop, never));
  }
  void work() { ok(workers->run_due()); }
  Result<Cut> judge_as(const Viewer& viewer, Verdict verdict) {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    if (verdict.span == footage::Span{}) verdict.span = now.plan.span;
    auto judged = judge(tx, event, now, viewer, verdict);
    if (judged) ok(tx.commit());
    return judged;
  }
  static Verdict good() { return {.is_good = true, .saw_beginning = true, .saw_end = true, .span = {}, .channels = {}, .note = {}}; }
  std::optional<recordings::Recording> recording() {
    auto tx = ok(db().begin_read());
    return ok(recordings::find_recording(tx, first.id));
  }
  /// Recorded, proposed and made: waits for a look.
  void ready() {
    record();
    propose_at("2027-05-04T08:33:00Z");
    work();
    ASSERT_EQ(cut().stage, Stage::review);
  }
  const Viewer team{.person = {}, .name = "Tea M", .is_speaker = false}, speaker{.person = {}, .name = "Ada Example", .is_speaker = true};
  test::TestFolder folder;
  std::unique_ptr<files::Store> store;
  std::unique_ptr<Workshop> shop;
  std::unique_ptr<jobs::Workers> workers;
  std::map<std::string, std::string> samples;
  std::optional<Error> refusal;
  int made = 0, encoded = 0;
  Cards shown;
  /// Nothing that would be surer than the schedule.
  Ends heard{.begins = {.at = {}, .confidence = 0.1, .because = {}}, .ends = {.at = {}, .confidence = 0.1, .because = {}}};
  std::optional<Plan::Guess> listened;
};

}  // namespace confer::cutting
