// Saved answers of voctoweb's public API: conferences, events and recordings as its interface has them, with what is odd in them; again and only what changed.
#include <gtest/gtest.h>
#include <set>
#include "archive_fixture.h"

namespace confer::archive {
namespace {

using test::Json;
using test::ok;

class VoctowebTest : public test::ArchiveTest {
 protected:
  static constexpr const char* looms = "11111111-2222-4333-8444-555555555555";
  static constexpr const char* api = "https://api.media.example.org/public";

  void save(const std::string& path, const Json& json) { test::write_text(source.path() / path, json.dump()); }
  static Json conference(const std::string& acronym, const Json& fields = Json::object()) {
    Json json = {{"acronym", acronym},
                 {"aspect_ratio", "16:9"},
                 {"created_at", "2019-12-01T10:00:00.000+01:00"},
                 {"updated_at", "2026-01-01T10:00:00.000+01:00"},
                 {"title", "LoomCon 2019"},
                 {"schedule_url", "https://example.org/schedule.xml"},
                 {"slug", "conferences/loomcon/2019"},
                 {"event_last_released_at", "2020-01-01T00:00:00.000+01:00"},
                 {"link", "https://example.org/"},
                 {"description", nullptr},
                 {"webgen_location", "conferences/loomcon/2019"},
                 {"logo_url", "https://static.example.org/logo.png"},
                 {"images_url", "https://static.example.org/images"},
                 {"recordings_url", "https://cdn.example.org"},
                 {"url", std::string(api) + "/conferences/" + acronym}};
    json.update(fields);
    return json;
  }
  static Json event_of(const std::string& acronym, const std::string& guid, const Json& fields = Json::object()) {
    Json json = {{"guid", guid},
                 {"title", "Looms that count"},
                 {"subtitle", "Cards before computers"},
                 {"slug", acronym + "-1-looms"},
                 {"link", "https://example.org/looms"},
                 {"description", "About looms.\n\nAnd cards."},
                 {"original_language", "deu"},
                 {"persons", {"Ada Lovelace", "Jacquard"}},
                 {"view_count", 12},
                 {"promoted", false},
                 {"date", "2019-12-27T11:00:00.000+01:00"},
                 {"release_date", "2019-12-28T00:00:00.000+01:00"},
                 {"updated_at", "2026-01-01T10:00:00.000+01:00"},
                 {"tags", {"2019", "loomcon", "Weaving", 1234}},
                 {"length", 1800},
                 {"duration", 1801},
                 {"thumb_url", "https://static.example.org/looms.jpg"},
                 {"poster_url", "https://static.example.org/looms_preview.jpg"},
                 {"timeline_url", "https://static.example.org/looms.timeline.jpg"},
                 {"thumbnails_url", "https://static.example.org/looms.vtt"},
                 {"frontend_link", "https://media.example.org/v/" + acronym + "-1-looms"},
                 {"url", std::string(api) + "/events/" + guid},
                 {"conference_title", "LoomCon 2019"},
                 {"conference_url", std::string(api) + "/conferences/" + acronym},
                 {"related", {{{"event_id", 5}, {"event_guid", "x"}, {"weight", 3}}}}};
    json.update(fields);
    return json;
  }
  static Json recording(const std::string& name, const Json& fields = Json::object()) {
    Json json = {{"size", 310},
                 {"length", 1801},
                 {"mime_type", "video/mp4"},
                 {"language", "deu-eng"},
                 {"filename", name},
                 {"state", "new"},
                 {"folder", "h264-hd"},
                 {"high_quality", true},
                 {"width", 1920},
                 {"height", 1080},
                 {"updated_at", "2026-01-01T10:00:00.000+01:00"},
                 {"label", nullptr},
                 {"recording_url", "https://cdn.example.org/loomcon/2019/" + name},
                 {"url", std::string(api) + "/recordings/1"},
                 {"event_url", std::string(api) + "/events/x"},
                 {"conference_url", std::string(api) + "/conferences/loomcon19"}};
    json.update(fields);
    return json;
  }
  /// What somebody has who saved /public/conferences, one conference, a page of events, and one event.
  void saved_answers() {
    save("conferences.json", {{"conferences", {conference("loomcon19"), conference("empty", {{"title", "Without events"}})}}});
    save("conferences/loomcon19.json", conference("loomcon19", {{"events",
                                                                 {event_of("loomcon19", looms), event_of("loomcon19", "not-a-uuid",
                                                                                                         {{"title", "  "},
                                                                                                          {"persons", nullptr},
                                                                                                          {"date", nullptr},
                                                                                                          {"release_date", "2019-12-29"},
                                                                                                          {"original_language", nullptr},
                                                                                                          {"duration", nullptr},
                                                                                                          {"length", 0},
                                                                                                          {"slug", "loomcon19-2-knots"},
                                                                                                          {"doi", "10.1/x"},
                                                                                                          {"teaser", "new"}})}}}));
    save("events/looms.json",
         event_of("loomcon19", looms,
                  {{"recordings",
                    {recording("looms.mp4"),
                     recording("looms.webm", {{"mime_type", "video/webm"}, {"high_quality", false}, {"height", 576}, {"width", nullptr}, {"size", 0}}),
                     recording("looms.srt", {{"mime_type", "application/x-subrip"}, {"language", "eng"}}), recording("x", {{"recording_url", nullptr}}), 7}}}));
  }
  ImportReport import_voctoweb() { return ok(import_archive(db(), keeper, {.path = source.path().string(), .format = "voctoweb"})); }
};
ON_BOTH_DATABASES(VoctowebTest);

TEST_P(VoctowebTest, answers_are_put_together) {
  saved_answers();
  const ImportReport report = import_voctoweb();
  EXPECT_EQ(std::tuple(count(report, "events"), count(report, "talks added"), report.failed.size()), std::tuple(2, 2, 0U));
  auto tx = ok(db().begin_read());
  const auto events = ok(count_events(tx));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(std::tuple(events[0].slug, events[0].title.in("de"), events[0].talks, to_text(*events[0].first)),
            std::tuple("loomcon19", "LoomCon 2019", 2, "2019-12-27"));
  const auto shown = ok(require_shown(tx, ok(list_talks(tx, {.event = events[0].id})).rows.at(0).code));
  EXPECT_EQ(std::tuple(shown.talk.title, shown.talk.subtitle, shown.talk.guid, shown.talk.language, shown.talk.credits.size()),
            std::tuple("Looms that count", "Cards before computers", looms, "de", 2U));
  EXPECT_EQ(shown.talk.tags, (std::vector<std::string>{"loomcon", "Weaving"}));
  const auto& r = shown.recording;
  EXPECT_EQ(std::tuple(to_text(*r.recorded.wall), r.recorded.offset->count(), r.duration->count(), r.thumbnail_url, r.status),
            std::tuple("2019-12-27T11:00", 60, 1801, "https://static.example.org/looms_preview.jpg", recordings::Status::published));
  ASSERT_EQ(r.videos.size(), 3U);
  EXPECT_EQ(std::tuple(r.videos[0].media_type, r.videos[0].language, *r.videos[0].height, r.videos[0].quality, *r.videos[0].size_bytes),
            std::tuple("video/mp4", "de en", 1080, "hd", 310 * 1024 * 1024));
  EXPECT_EQ(std::tuple(r.videos[1].quality, r.videos[1].width.has_value(), r.videos[1].size_bytes.has_value(), r.videos[2].kind),
            std::tuple("sd", false, false, recordings::MediaKind::captions));
  EXPECT_EQ(ok(markup_of(tx, shown.talk.id)), Markup::plain);
  EXPECT_EQ(ok(find_alias(tx, "/v/loomcon19-1-looms"))->path, path_of(shown.row));
  EXPECT_EQ(ok(find_alias(tx, "/c/loomcon19"))->path, "/loomcon19");
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(VoctowebTest, what_is_odd_is_told_and_harms_nothing) {
  saved_answers();
  save("error.json", {{"status", 404}, {"error", "Not Found"}});
  test::write_text(source.path() / "cut.json", R"({"events": [{"guid": )");
  save("list.json", {1, nullptr, "x", {{"guid", ""}, {"title", "Nobody's"}}});
  save("nameless.json", {{"acronym", " "}, {"title", "No acronym"}});
  const ImportReport report = import_voctoweb();
  EXPECT_EQ(report.failed.size(), 0U);
  const auto found = kinds(report);
  const std::map<std::string, std::int64_t> wanted{{"title absent", 1},
                                                   {"language absent", 1},
                                                   {"speakers = []", 1},
                                                   {"duration absent", 1},
                                                   {"no recording", 1},
                                                   {"unknown key", 1},
                                                   {"recording without address", 1},
                                                   {"file of no event", 1},
                                                   {"file left out", 1},
                                                   {"event without guid or conference", 1},
                                                   {"conference without acronym", 1}};
  EXPECT_EQ(found, wanted);
}

TEST_P(VoctowebTest, a_second_run_takes_only_what_changed) {
  saved_answers();
  import_voctoweb();
  // Counts of views and what is related change all the time, and say nothing of the talk.
  save("events/looms.json",
       event_of("loomcon19", looms,
                {{"view_count", 5000},
                 {"updated_at", "2026-02-02T10:00:00.000+01:00"},
                 {"related", Json::array()},
                 {"recordings",
                  {recording("looms.mp4"),
                   recording("looms.webm", {{"mime_type", "video/webm"}, {"high_quality", false}, {"height", 576}, {"width", nullptr}, {"size", 0}}),
                   recording("looms.srt", {{"mime_type", "application/x-subrip"}, {"language", "eng"}}), recording("x", {{"recording_url", nullptr}}), 7}}}));
  ImportReport report = import_voctoweb();
  EXPECT_EQ(std::tuple(count(report, "talks added"), count(report, "talks changed"), count(report, "talks unchanged")), std::tuple(0, 0, 2));
  save("events/looms.json", event_of("loomcon19", looms, {{"title", "Looms that count twice"}, {"recordings", {recording("looms.mp4")}}}));
  save("conferences/loomcon19.json", conference("loomcon19", {{"events", Json::array()}}));
  report = import_voctoweb();
  EXPECT_EQ(std::tuple(count(report, "talks added"), count(report, "talks changed")), std::tuple(0, 1));
  auto tx = ok(db().begin_read());
  const auto shown = ok(require_shown(tx, code_of("Looms that count twice")));
  EXPECT_EQ(shown.recording.videos.size(), 1U);
}

TEST_P(VoctowebTest, two_acronyms_of_one_address_are_two_events) {
  save("a.json", conference("loom/19", {{"events", {event_of("loom/19", looms)}}}));
  save("b.json",
       conference("loom-19", {{"title", "Other looms"}, {"events", {event_of("loom-19", "22222222-2222-4333-8444-555555555555", {{"title", "Knots"}})}}}));
  const ImportReport report = import_voctoweb();
  EXPECT_EQ(std::tuple(count(report, "talks added"), report.failed.size()), std::tuple(2, 0U));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(count_events(tx)).size(), 2U);
}

TEST_P(VoctowebTest, a_folder_of_something_else_is_refused) {
  save("a.json", {{"hello", "world"}});
  const auto refused = import_archive(db(), keeper, {.path = source.path().string(), .format = "voctoweb"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "No answer of voctoweb’s API is among these files: neither conferences nor events.");
}

}  // namespace
}  // namespace confer::archive
