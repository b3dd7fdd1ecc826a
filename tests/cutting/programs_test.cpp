// Programs that are given what is online, on both databases: with scripts of a shell as programs.
#include "cutting/programs.h"
#include <sys/stat.h>
#include "cutting/cutting_fixture.h"
#include "recordings/tracks.h"

namespace confer::cutting {
namespace {

class ProgramsTest : public CuttingTest {
 protected:
  void SetUp() override {
    CuttingTest::SetUp();
    if (IsSkipped()) return;
    workers->add(hook_kind, [this](jobs::Running& running) { return upload(*shop, running); });
    workers->add(recognise_kind, [this](jobs::Running& running) { return recognise(*shop, running); });
    shop->sign_in.base_url = "https://conf.example.org";
    shop->sound = [](const std::string& video, const std::string& out, double, const auto&) -> Result<void> {
      std::ofstream(out) << "sound of " << std::filesystem::file_size(video);
      return {};
    };
  }
  /// A program whose name is a path; the text is a shell's.
  std::string program(const std::string& name, const std::string& text) {
    std::string path = folder.path() / name;
    std::ofstream(path) << "#!/bin/sh\n" << text << "\n";
    ::chmod(path.c_str(), 0755);
    return path;
  }
  void publish_it() {
    ready();
    ok(judge_as(team, good()));
    work();
    ASSERT_EQ(cut().stage, Stage::published);
    follow();
  }
  void follow() {
    {
      auto tx = ok(db().begin_write());
      ok(follow_consent(tx, {}, event, first.code));
      ok(follow_showing(tx, {}, shop->hooks, event, first.code));
      ok(tx.commit());
    }
    work();
  }
  std::vector<cutting::Run> runs() {
    auto tx = ok(db().begin_read());
    return ok(runs_of(tx, ok(require_cut(tx, event, first_slot.id.value)).id));
  }
  std::string kept(const std::string& name) { return ok(files::read_file(folder.path() / name, 100'000)); }
  std::vector<std::string> addresses() {
    std::vector<std::string> out;
    for (const auto& video : recording()->videos)
      if (!video.url.empty()) out.push_back(video.url);
    return out;
  }
  std::vector<recordings::Track> tracks() {
    auto tx = ok(db().begin_read());
    return ok(recordings::list_tracks(tx, first.id));
  }
};
ON_BOTH_DATABASES(ProgramsTest);

TEST_P(ProgramsTest, hook_then_given_files_and_words_and_its_address_stands_at_the_talk) {
  const std::string out = folder.path();
  shop->hooks = {{.name = "tube",
                  .command = {program("up", "cp \"$1\" " + out + "/got.mp4; cp \"$2\" " + out +
                                                "/got.json; echo \"$3 $4\"; echo 'url: https://www.youtube.com/watch?v=abcdefghijk'"),
                              "{file}", "{metadata}", "--title={title}", "{occasion}"}}};
  publish_it();
  ASSERT_EQ(runs().size(), 1U);
  const cutting::Run run = runs().front();
  EXPECT_EQ(run.state, RunState::done) << run.words;
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.words, "--title=First talk published");
  EXPECT_EQ(run.url, "https://www.youtube.com/watch?v=abcdefghijk");
  EXPECT_EQ(addresses(), std::vector<std::string>{"https://www.youtube.com/watch?v=abcdefghijk"});
  EXPECT_EQ(recording()->videos.front().place, recordings::Place::own_file) << "ours stays the first";
  EXPECT_FALSE(kept("got.mp4").empty());
  const std::string json = kept("got.json");
  for (const char* part : {"\"title\":\"First talk\"", "\"speakers\":[\"Ada Example\"]", "\"address\":\"https://conf.example.org/examplia-2027/talks/",
                           "\"recorded\":\"2027-05-04T09:59\"", "\"occasion\":\"published\""})
    EXPECT_TRUE(json.contains(part)) << part << " in " << json;
  EXPECT_FALSE(std::filesystem::exists(shop->folder + "/run-" + std::to_string(run.id)));
  follow();
  EXPECT_EQ(runs().size(), 1U) << "told once";
}

TEST_P(ProgramsTest, hook_when_revised_and_withdrawn_then_told_each_and_the_address_goes) {
  shop->hooks = {
      {.name = "tube",
       .command = {program("up", "[ \"$1\" = removed ] && echo \"gone from $2\" && exit 0; echo \"url: https://example.org/$1\""), "{occasion}", "{url}"},
       .occasions = {Occasion::published, Occasion::revised, Occasion::removed}},
      {.name = "other", .command = {"true"}, .occasions = {Occasion::removed}}};
  publish_it();
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.to -= seconds(30);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  ok(judge_as(team, good()));
  work();
  follow();
  EXPECT_EQ(addresses(), std::vector<std::string>{"https://example.org/revised"});
  consent(talks::Consent::no);
  follow();
  ASSERT_EQ(runs().size(), 3U) << "“other” never got anything";
  EXPECT_EQ(runs().front().words, "gone from https://example.org/revised");
  EXPECT_TRUE(addresses().empty());
}

TEST_P(ProgramsTest, hook_when_it_fails_then_tried_again_given_up_and_again_by_hand) {
  shop->hooks = {{.name = "tube", .command = {program("up", "echo 'no such bucket' >&2; exit 3")}}};
  publish_it();
  EXPECT_EQ(runs().front().state, RunState::failed);
  EXPECT_EQ(runs().front().exit_code, 3);
  EXPECT_EQ(runs().front().words, "no such bucket");
  for (int i = 0; i < 20; ++i) {
    clock().set(clock().now() + hours(2));
    work();
  }
  EXPECT_EQ(runs().front().state, RunState::given_up);
  EXPECT_EQ(runs().front().attempts, 20);
  program("up", "echo well");
  {
    auto tx = ok(db().begin_write());
    const Cut now = ok(require_cut(tx, event, first_slot.id.value));
    EXPECT_FALSE(run_again(tx, Actor{}, event, now, runs().front().id));
    ok(run_again(tx, organiser, event, now, runs().front().id));
    ok(tx.commit());
  }
  work();
  EXPECT_EQ(runs().front().state, RunState::done);
}

TEST_P(ProgramsTest, hook_when_taken_offline_before_its_turn_or_of_another_licence_then_not_run) {
  shop->hooks = {{.name = "tube", .command = {program("up", "echo 'not yet' >&2; exit 1")}},
                 {.name = "archive.org", .command = {"true"}, .licences = {"CC-BY-4.0"}}};
  publish_it();
  ASSERT_EQ(runs().size(), 1U) << "it is under no licence";
  consent(talks::Consent::stream_only);
  follow();
  clock().set(clock().now() + hours(1));
  work();
  EXPECT_EQ(runs().front().state, RunState::needless);
  EXPECT_EQ(runs().front().words, "It is not online any more.");
}

TEST_P(ProgramsTest, hook_while_under_an_embargo_then_not_told) {
  shop->hooks = {{.name = "tube", .command = {"true"}}};
  {
    auto tx = ok(db().begin_write());
    ok(save_settings(tx, organiser, event, {.embargoed_until = at("2027-05-06T10:00:00Z")}));
    ok(tx.commit());
  }
  publish_it();
  EXPECT_TRUE(runs().empty());
}

TEST_P(ProgramsTest, recogniser_then_captions_that_nobody_sees_before_a_person) {
  shop->recogniser = {
      .command = {program("hear", "printf '1\\n00:00:01,000 --> 00:00:02,000\\nGood morning\\n'; cp \"$1\" " + (folder.path() / "heard.wav").string()),
                  "{sound}", "{language}"}};
  publish_it();
  ASSERT_EQ(tracks().size(), 1U);
  EXPECT_EQ(tracks().front().source, recordings::TrackSource::recognised);
  EXPECT_EQ(tracks().front().language, "en");
  EXPECT_TRUE(tracks().front().vtt.contains("Good morning"));
  EXPECT_TRUE(recording()->tracks.empty());
  EXPECT_TRUE(kept("heard.wav").starts_with("sound of "));
  EXPECT_EQ(runs().front().words, "1 caption, for somebody to read and save.");
}

TEST_P(ProgramsTest, recogniser_that_writes_a_file_or_finds_somebodys_captions) {
  shop->recogniser = {.command = {program("hear", "printf 'WEBVTT\\n\\n00:01.000 --> 00:02.000\\nBy a machine\\n' > \"$1.vtt\""), "{captions}"}};
  publish_it();
  ASSERT_EQ(tracks().size(), 1U);
  {
    auto tx = ok(db().begin_write());
    auto track = tracks().front();
    track.source = recordings::TrackSource::edited;
    track.vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nBy hand\n";
    ok(recordings::save_track(tx, organiser, event, first.code, track));
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.to -= seconds(30);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(runs().front().state, RunState::needless);
  EXPECT_TRUE(tracks().front().vtt.contains("By hand"));
}

TEST_P(ProgramsTest, recogniser_of_a_video_without_sound_then_not_run) {
  shop->recogniser = {.command = {program("hear", "echo hello")}};
  shop->sound = [](const auto&, const auto&, double, const auto&) -> Result<void> { return fail(ErrorCode::invalid, "It has no sound."); };
  publish_it();
  EXPECT_EQ(runs().front().state, RunState::needless);
  EXPECT_EQ(runs().front().words, "It has no sound.");
}

TEST_P(ProgramsTest, recogniser_when_it_prints_nonsense_then_said) {
  shop->recogniser = {.command = {program("hear", "echo hello")}};
  publish_it();
  EXPECT_EQ(runs().front().state, RunState::failed);
  EXPECT_TRUE(runs().front().words.starts_with("What it made are no captions: ")) << runs().front().words;
  EXPECT_TRUE(tracks().empty());
}

TEST(ProgramWords, command_when_it_could_be_misread_then_refused) {
  EXPECT_EQ(wrong_with_command({"up", "{file}", "--title={title}"}, false), "");
  EXPECT_TRUE(wrong_with_command({"up", "{title}"}, false).contains("--title={title}"));
  EXPECT_TRUE(wrong_with_command({"up", "{sound}"}, false).contains("{sound}"));
  EXPECT_EQ(wrong_with_command({"hear", "{sound}"}, true), "");
  EXPECT_FALSE(wrong_with_command({}, false).empty());
  EXPECT_FALSE(wrong_with_command({"{file}"}, false).empty());
}

TEST(ProgramWords, address_then_only_of_the_web_and_in_the_last_line) {
  EXPECT_EQ(url_in("a\nurl: https://example.org/x?y=1\n\n"), "https://example.org/x?y=1");
  EXPECT_EQ(url_in("url: https://example.org/x\nbye"), "");
  EXPECT_EQ(url_in("url: javascript:alert(1)"), "");
  EXPECT_EQ(url_in("url: https://"), "");
  EXPECT_EQ(url_in("url: https://example.org/\"><script>"), "");
  EXPECT_EQ(last_words("\x1b[31mred\x1b[0m\x07 end\n"), "red end");
  EXPECT_EQ(last_words(std::string(5000, 'x') + "z").size(), 1000U);
}

}  // namespace
}  // namespace confer::cutting
