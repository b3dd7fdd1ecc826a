// Importing a data tree: what arrives, what stays, what is told; and the same data back.
#include <gtest/gtest.h>
#include <set>
#include "archive/store.h"
#include "archive_fixture.h"
#include "search/search.h"

namespace confer::archive {
namespace {

using test::files_in;
using test::Json;
using test::ok;
using test::record;

class ImportTest : public test::ArchiveTest {};
ON_BOTH_DATABASES(ImportTest);

TEST_P(ImportTest, a_tree_arrives_whole) {
  small_tree();
  const ImportReport report = import();
  EXPECT_EQ(std::tuple(count(report, "events"), count(report, "talks"), count(report, "talks added"), count(report, "events added")), std::tuple(3, 5, 5, 3));
  EXPECT_EQ(report.run.state, RunState::done);
  auto tx = ok(db().begin_read());
  const auto series = ok(count_series(tx));
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(std::tuple(series[0].slug, series[0].events, series[0].talks, series[0].first_year, series[0].last_year), std::tuple("loomcon", 2, 3, 2012, 2013));
  const auto events = ok(count_events(tx));
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(std::tuple(events[0].slug, events[0].talks, events[1].slug, events[1].year), std::tuple("loom-school", 2, "loomcon-2013", 2013));
  const auto shown = ok(require_shown(tx, ok(list_talks(tx, {.event = events[2].id})).rows.at(1).code));
  EXPECT_EQ(std::tuple(shown.talk.title, shown.talk.language, shown.talk.state), std::tuple("Kräne & Türme", "de", talks::State::archived));
  EXPECT_EQ(std::tuple(shown.recording.duration->count(), shown.recording.duration_repair), std::tuple(1800, recordings::Repair::milliseconds));
  EXPECT_EQ(shown.recording.videos.at(0).size_bytes, 5);
  EXPECT_EQ(shown.row.speakers.size(), 2U);
  EXPECT_EQ(shown.row.speakers[0].slug, "ada-lovelace");
  EXPECT_EQ(shown.tags.size(), 2U);
  const auto kept = *ok(kept_of(tx, shown.talk.id));
  EXPECT_EQ(std::tuple(kept.path, kept.extra, kept.repaired),
            std::tuple("loomcon-2012/videos/b-talk.json", std::map<std::string, std::string>{{"abstract", "\"kept\""}}, std::vector<std::string>{"duration"}));
  EXPECT_EQ(ok(markup_of(tx, shown.talk.id)), Markup::restructured_text);
  EXPECT_EQ(ok(search::find(tx, {.text = "turme", .event = 0, .kind = "talk"})).hits.at(0).key, shown.talk.code);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(ImportTest, each_irregularity_is_counted_with_its_place) {
  small_tree();
  const ImportReport report = import();
  const auto found = kinds(report);
  const std::map<std::string, std::int64_t> wanted{{"duration in milliseconds", 1},
                                                   {"plain http media URL", 1},
                                                   {"speakers = []", 1},
                                                   {"description null", 1},
                                                   {"language null", 1},
                                                   {"unknown key", 1},
                                                   {"non-ASCII title", 1},
                                                   {"tags that differ by case", 1},
                                                   {"same YouTube id in two records", 3}};
  EXPECT_EQ(found, wanted);
  for (const auto& finding : report.findings)
    if (finding.kind == "duration in milliseconds") EXPECT_EQ(finding.places, std::vector<std::string>{"loomcon-2012/videos/b-talk.json: duration"});
  const Json json = Json::parse(report.to_json());
  EXPECT_EQ(json["irregularities"]["unknown key"], 1);
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(list_findings(tx, report.run.id)).size(), wanted.size());
}

TEST_P(ImportTest, a_second_run_changes_nothing) {
  small_tree();
  const ImportReport first = import();
  const auto snapshot = [&] {
    auto tx = ok(db().begin_read());
    std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> all;
    for (const auto& row : ok(list_talks(tx, {})).rows) {
      const auto talk = *ok(talks::find_talk(tx, row.code));
      all.emplace_back(row.code + row.slug, talk.version, to_ms(talk.updated_at));
    }
    return all;
  };
  const auto before = snapshot();
  const ImportReport second = import();
  EXPECT_EQ(std::tuple(count(second, "talks unchanged"), count(second, "events unchanged"), count(second, "talks added"), count(second, "talks changed")),
            std::tuple(5, 3, 0, 0));
  EXPECT_EQ(snapshot(), before);
  EXPECT_EQ(kinds(second), kinds(first));
  auto tx = ok(db().begin_read());
  const auto runs = ok(list_runs(tx));
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].findings_run, first.run.id);
  EXPECT_EQ(ok(list_findings(tx, second.run.id)).size(), first.findings.size());
  EXPECT_EQ(ok(find_run(tx, second.run.id))->state, RunState::done);
}

TEST_P(ImportTest, a_run_that_was_killed_says_what_it_had_done) {
  small_tree();
  import();
  ImportRunId killed;
  const std::string added = code_of("A talk"), changed = code_of("Threads");
  {
    auto tx = ok(db().begin_write());
    killed = ok(store::add_run(tx, "pyvideo", "tree", {}, "person"));
    ok(store::add_change(tx, killed, ok(talks::find_talk(tx, added))->id, Change::added, ""));
    ok(store::add_change(tx, killed, ok(talks::find_talk(tx, changed))->id, Change::changed, ""));
    ok(tx.commit());
  }
  import();
  auto tx = ok(db().begin_read());
  const auto run = *ok(find_run(tx, killed));
  EXPECT_EQ(run.state, RunState::failed);
  EXPECT_EQ(run.message, "It was stopped before its end. Run it again: it goes on where it was.");
  EXPECT_EQ(run.counts, (std::map<std::string, std::int64_t>{{"talks added", 1}, {"talks changed", 1}}));
}

TEST_P(ImportTest, what_changed_there_comes_and_what_was_edited_here_stays) {
  small_tree();
  import();
  const std::string code = code_of("Threads");
  {
    auto tx = ok(db().begin_write());
    auto talk = *ok(talks::find_talk(tx, code));
    const auto event = ok(events::require_event(tx, talk.event));
    talk.title = "Threads and needles";
    talk.tags = {"sewing"};
    ok(talks::save_talk(tx, keeper, event, talk));
    ok(tx.commit());
  }
  talk("loomcon-2013", "c-talk",
       record({{"title", "Threads!"},
               {"slug", "c-talk"},
               {"recorded", "2013-03-09"},
               {"speakers", {"Grace Hopper"}},
               {"id", 9},
               {"videos", {{{"type", "vimeo"}, {"url", "https://vimeo.com/1"}}}}}));
  talk("loom-school", "f-talk", record({{"title", "Ropes"}, {"slug", "f-talk"}}));
  const ImportReport report = import();
  EXPECT_EQ(std::tuple(count(report, "talks changed"), count(report, "talks added"), count(report, "talks unchanged")), std::tuple(1, 1, 4));
  EXPECT_EQ(kinds(report)["changed there and here"], 1);
  auto tx = ok(db().begin_read());
  const auto shown = ok(require_shown(tx, code));
  EXPECT_EQ(std::tuple(shown.talk.title, shown.talk.tags, shown.row.speakers.at(0).name),
            std::tuple("Threads and needles", std::vector<std::string>{"sewing"}, "Grace Hopper"));
  const auto changes = ok(list_changes(tx, report.run.id));
  EXPECT_EQ(changes.size(), 2U);
  EXPECT_EQ(ok(search::find(tx, {.text = "hopper", .event = 0, .kind = "talk"})).hits.size(), 1U);
}

/// An edit is ours after the source has changed once, and twice, and when what it said is taken back.
TEST_P(ImportTest, what_was_edited_here_stays_however_often_the_source_changes) {
  small_tree();
  import();
  const std::string code = code_of("Knots");
  {
    auto tx = ok(db().begin_write());
    auto talk = *ok(talks::find_talk(tx, code));
    talk.title = "Knots and bends";
    ok(talks::put_talk(tx, ok(events::require_event(tx, talk.event)), talk));
    ok(tx.commit());
  }
  const auto told = [&](const char* description) {
    talk("loom-school", "d-talk",
         record({{"title", "Knots"}, {"slug", "d-talk"}, {"recorded", "2010-01-01"}, {"description", description}, {"language", nullptr}}));
    return import().run.id;
  };
  const auto state = [&] {
    auto tx = ok(db().begin_read());
    const auto talk = *ok(talks::find_talk(tx, code));
    return talk.title + ": " + talk.description;
  };
  told("One.");
  EXPECT_EQ(state(), "Knots and bends: One.");
  const auto second = told("Two.");
  EXPECT_EQ(state(), "Knots and bends: Two.");
  const auto undone = ok(undo_run(db(), keeper, second));
  EXPECT_EQ(std::tuple(undone.put_away, undone.changed_back, undone.left_alone.size()), std::tuple(0, 1, 0U));
  EXPECT_EQ(state(), "Knots and bends: One.");
  told("Two.");
  EXPECT_EQ(state(), "Knots and bends: Two.");
}

TEST_P(ImportTest, a_first_import_when_undone_then_nothing_is_found_and_the_next_brings_the_same_addresses) {
  small_tree();
  const auto first = import().run.id;
  const std::string code = code_of("Knots"), other = code_of("Nets");
  {
    auto tx = ok(db().begin_write());
    auto talk = *ok(talks::find_talk(tx, other));
    talk.title = "Nets of ours";
    ok(talks::put_talk(tx, ok(events::require_event(tx, talk.event)), talk));
    ok(index_event(tx, talk.event));
    ok(tx.commit());
  }
  const auto undone = ok(undo_run(db(), keeper, first));
  EXPECT_EQ(std::tuple(undone.put_away, undone.events_hidden), std::tuple(4, 2));
  EXPECT_EQ(undone.left_alone, (std::vector<std::string>{"loom-school/videos/e-talk.json: it was edited here since it came in"}));
  {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(totals(tx)).talks, 1);
    EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
    EXPECT_EQ(ok(find_run(tx, first))->left_alone, undone.left_alone);
  }
  EXPECT_EQ(undo_run(db(), keeper, first).error().code, ErrorCode::conflict);
  EXPECT_EQ(undo_run(db(), Actor{}, first).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(undo_run(db(), keeper, ImportRunId{999}).error().code, ErrorCode::not_found);
  const ImportReport again = import();
  EXPECT_EQ(std::tuple(count(again, "talks added"), count(again, "talks changed"), count(again, "talks unchanged")), std::tuple(4, 0, 1));
  EXPECT_EQ(code_of("Knots"), code);
  EXPECT_EQ(code_of("Nets of ours"), other);
  EXPECT_EQ(count(import(), "talks added"), 0);
  EXPECT_EQ(ok(undo_run(db(), keeper, again.run.id)).put_away, 4);
}

TEST_P(ImportTest, a_renamed_file_is_the_same_talk_and_a_lost_one_stays) {
  small_tree();
  import();
  const std::string code = code_of("A talk");
  test::fs::rename(source.path() / "loomcon-2012/videos/a-talk.json", source.path() / "loomcon-2012/videos/renamed.json");
  test::fs::remove(source.path() / "loomcon-2012/videos/b-talk.json");
  const ImportReport report = import();
  EXPECT_EQ(std::tuple(kinds(report)["file renamed"], kinds(report)["gone from the source"], count(report, "talks added")), std::tuple(1, 1, 0));
  EXPECT_EQ(code_of("A talk"), code);
  EXPECT_NE(code_of("Kräne & Türme"), "");
}

TEST_P(ImportTest, what_must_not_be_published_is_nowhere) {
  small_tree();
  import();
  const std::string code = code_of("A talk");
  test::write_text(source.path() / "NO_PUBLISH.json", "[7, 9]");
  test::fs::remove_all(source.path() / "loomcon-2012");
  import();
  auto tx = ok(db().begin_read());
  EXPECT_FALSE(require_shown(tx, code));
  EXPECT_FALSE(ok(talks::find_talk(tx, code)));
  EXPECT_EQ(ok(list_no_publish(tx)).size(), 2U);
  EXPECT_EQ(ok(totals(tx)).talks, 3);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(ImportTest, a_marked_talk_is_left_out_and_the_list_must_be_readable) {
  small_tree();
  test::write_text(source.path() / "NO_PUBLISH.json", "[7]");
  const ImportReport report = import();
  EXPECT_EQ(std::tuple(count(report, "talks added"), count(report, "talks left out"), kinds(report)["never to publish"]), std::tuple(4, 1, 1));
  EXPECT_EQ(code_of("A talk"), "");
  const ImportReport again = import();
  EXPECT_EQ(count(again, "events unchanged"), 3);
  // What cannot be understood of it stops all.
  for (const char* list : {"{}", "[7,", "", "[{\"id\": 9}]", "[9, \"loomcon-2012/videos/a.json\"]", "[9.5]", "[null]"}) {
    test::write_text(source.path() / "NO_PUBLISH.json", list);
    EXPECT_EQ(import_archive(db(), keeper, {.path = source.path().string()}).error().code, ErrorCode::invalid) << list;
  }
  test::write_text(source.path() / "NO_PUBLISH.json", "[7, \"x\"]");
  EXPECT_TRUE(import_archive(db(), keeper, {.path = source.path().string()})
                  .error()
                  .message.starts_with("NO_PUBLISH.json: entry 2 (\"x\") is no number of a talk: nothing was imported"));
  test::fs::remove(source.path() / "NO_PUBLISH.json");
  test::write_text(source.path() / "no_publish.JSON", "[\"9\", 7.0]");
  import();
  EXPECT_EQ(code_of("Threads"), "") << "numbers as people write them";
  auto tx = ok(db().begin_write());
  ok(mark_no_publish(tx, keeper, "pyvideo", 9, "asked for"));
  EXPECT_EQ(mark_no_publish(tx, Actor{}, "pyvideo", 9, "").error().code, ErrorCode::unauthenticated);
  ok(tx.commit());
  EXPECT_EQ(code_of("Threads"), "");
}

TEST_P(ImportTest, names_of_any_encoding_are_imported) {
  small_tree();
  test::write_text(source.path() / "caf\xe9-2019/category.json", R"({"title": "Café 2019"})");
  test::write_text(source.path() / "caf\xe9-2019/videos/th\xe9.json", test::record({{"title", "Thé"}}).dump());
  const ImportReport report = import();
  EXPECT_TRUE(report.failed.empty());
  EXPECT_NE(code_of("Thé"), "");
  EXPECT_EQ(count(import(), "talks added"), 0);
}

TEST_P(ImportTest, a_broken_file_harms_nothing_else) {
  small_tree();
  test::write_text(source.path() / "loomcon-2012/videos/broken.json", "{\"title\": ");
  test::write_text(source.path() / "loomcon-2012/videos/list.json", "[]");
  test::write_text(source.path() / "loomcon-2012/videos/bytes.json", std::string("\xff\xfe\0x", 4));
  test::write_text(source.path() / "loomcon-2013/category.json", "nothing");
  test::write_text(source.path() / "stray.json", "{}");
  const ImportReport report = import();
  EXPECT_EQ(std::tuple(count(report, "talks added"), kinds(report)["file left out"], kinds(report)["file of no event"]), std::tuple(5, 4, 1));
}

TEST_P(ImportTest, old_paths_as_people_write_them) {
  small_tree();
  test::write_text(source.path() / "loomcon-2012/videos/z.json", test::record({{"title", "Zeta"}, {"id", 77}, {"alias", "video/77/straße ü"}}).dump());
  import();
  auto tx = ok(db().begin_read());
  EXPECT_TRUE(ok(find_alias(tx, "/video/77/straße ü")).value_or(Target{"none"}).path.ends_with("-zeta"));
}

TEST_P(ImportTest, old_paths_lead_to_the_talk) {
  small_tree();
  import();
  auto tx = ok(db().begin_read());
  const auto to = [&](std::string_view path) { return ok(find_alias(tx, path)).value_or(Target{"none"}).path; };
  const std::string talk = "/loomcon-2012/talks/" + code_of("A talk") + "-a-talk";
  EXPECT_EQ(to("/video/7/a-talk"), talk);
  EXPECT_EQ(to("/video/7/as-it-was-called/?x=1"), talk);
  EXPECT_EQ(to("/video/7"), talk);
  EXPECT_EQ(to("/loomcon-2012/a-talk.html"), talk);
  EXPECT_EQ(to("/events/loomcon-2012.html"), "/loomcon-2012");
  EXPECT_EQ(to("/video/8"), "none");
  EXPECT_EQ(to("/"), "none");
}

TEST_P(ImportTest, the_same_data_come_back) {
  small_tree();
  test::write_text(source.path() / "NO_PUBLISH.json", "[\n  12345\n]\n");
  import();
  const test::Folder out;
  const Exported done = ok(export_pyvideo(db(), out.path().string()));
  EXPECT_EQ(std::tuple(done.events, done.talks, done.repaired), std::tuple(3, 5, 1));
  auto before = files_in(source.path()), after = files_in(out.path());
  for (auto* files : {&before, &after})
    for (auto& [path, bytes] : *files) {
      Json json = Json::parse(bytes);
      if (path.ends_with("b-talk.json")) json["duration"] = 1800;
      bytes = json.dump();
    }
  EXPECT_EQ(after, before);
  EXPECT_EQ(export_pyvideo(db(), out.path().string()).error().code, ErrorCode::invalid);
}

TEST_P(ImportTest, an_edit_here_stands_in_the_export) {
  small_tree();
  import();
  {
    auto tx = ok(db().begin_write());
    auto talk = *ok(talks::find_talk(tx, code_of("Threads")));
    const auto event = ok(events::require_event(tx, talk.event));
    talk.title = "Needles";
    talks::Credit credit;
    credit.name = "Grace Hopper";
    talk.credits.push_back(credit);
    ok(talks::save_talk(tx, keeper, event, talk));
    ok(tx.commit());
  }
  const test::Folder out;
  ok(export_pyvideo(db(), out.path().string()));
  Json wanted = Json::parse(files_in(source.path()).at("loomcon-2013/videos/c-talk.json"));
  wanted["title"] = "Needles";
  wanted["speakers"] = {"Grace Hopper"};
  EXPECT_EQ(Json::parse(files_in(out.path()).at("loomcon-2013/videos/c-talk.json")), wanted);
}

TEST_P(ImportTest, an_erased_name_does_not_come_back) {
  small_tree();
  import();
  const std::string code = code_of("A talk");
  EventId event;
  {
    auto tx = ok(db().begin_write());
    const auto person = ok(people::add_person(tx, {.name = "Ada Lovelace"}));
    auto talk = *ok(talks::find_talk(tx, code));
    talk.credits[0].person = person.id;
    event = talk.event;
    ok(talks::save_talk(tx, keeper, ok(events::require_event(tx, event)), talk));
    EXPECT_EQ(ok(erase_person(tx, person.id)), std::vector<EventId>{event});
    ok(talks::erase_person(tx, person.id));
    ok(index_event(tx, event));
    ok(tx.commit());
  }
  talk("loomcon-2012", "a-talk", record({{"id", 7}, {"title", "A talk, corrected"}}));
  EXPECT_EQ(count(import(), "events failed"), 0);
  auto tx = ok(db().begin_read());
  const auto shown = ok(require_shown(tx, code));
  EXPECT_EQ(shown.talk.title, "A talk, corrected");
  for (const auto& credit : shown.talk.credits) EXPECT_EQ(credit.name, "");
  EXPECT_EQ(shown.row.speakers.size(), 0U);
  EXPECT_FALSE(ok(kept_of(tx, shown.talk.id)).value().extra.contains("speakers"));
  EXPECT_EQ(ok(tx.one<std::int64_t>(db().dynamic(
                "test/raw", "SELECT COUNT(*) FROM archive_records WHERE talk_id = " + std::to_string(shown.talk.id.value) + " AND raw LIKE '%Lovelace%'"))),
            0)
      << "nor what is kept of the source";
  EXPECT_TRUE(ok(find_speaker(tx, "ada-lovelace")));  // of another talk
}

TEST_P(ImportTest, a_claimed_name_is_erased_where_no_credit_names_the_person) {
  small_tree();
  import();
  const std::string code = code_of("A talk");
  auto tx = ok(db().begin_write());
  const auto person = ok(people::add_person(tx, {.name = "Ada Lovelace"}));
  ok(tx.run(db().dynamic("test/claim", "UPDATE archive_speakers SET person_id = :1 WHERE slug = 'ada-lovelace'"), person.id));
  for (const EventId event : ok(erase_person(tx, person.id))) ok(index_event(tx, event));
  EXPECT_FALSE(ok(find_speaker(tx, "ada-lovelace")));
  const auto shown = ok(require_shown(tx, code));
  for (const auto& credit : shown.talk.credits) EXPECT_EQ(credit.name, "");
  EXPECT_EQ(shown.row.speakers.size(), 0U);
}

TEST_P(ImportTest, refused_without_the_right_and_without_data) {
  EXPECT_EQ(import_archive(db(), Actor{}, {.path = source.path().string()}).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(import_archive(db(), keeper, {.path = "/nowhere"}).error().message, "There is no folder or file /nowhere.");
  EXPECT_EQ(import_archive(db(), keeper, {.path = source.path().string()}).error().code, ErrorCode::invalid);
  small_tree();
  EXPECT_EQ(import_archive(db(), keeper, {.path = source.path().string(), .format = "x"}).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace confer::archive
