// Recorders and files on both databases, with a probe that says what a test wants.
#include "footage/footage.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include "footage/look.h"
#include "footage/sounds.h"
#include "journal/journal.h"
#include "media/listening.h"
#include "programme/event_fixture.h"

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using test::ok;

Instant at(std::string_view text) { return parse_instant(text).value(); }
bool never() { return false; }

class FootageTest : public test::EventTest {
 protected:
  void SetUp() override {
    EventTest::SetUp();
    if (IsSkipped()) return;
    place_and_release();  // 10:00 to 10:30 in Berlin is 08:00Z, when the clock stands
    places = {.incoming = folder.path() / "incoming", .watched_root = folder.path() / "incoming"};
    std::filesystem::create_directories(places.incoming);
    tx_folder = folder.path() / "incoming" / "examplia-2027" / "hall";
    std::filesystem::create_directories(tx_folder);
  }
  /// A file of which the probe says this length.
  std::string write(const std::filesystem::path& path, milliseconds length, Instant modified) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << length.count();
    std::filesystem::last_write_time(path, std::chrono::file_clock::from_sys(modified));
    return std::filesystem::canonical(path);
  }
  Probe probe = [this](const std::string& path) -> Result<media::Probed> {
    ++probes;
    std::ifstream in(path);
    std::int64_t ms = 0;
    if (!(in >> ms)) return fail(ErrorCode::invalid, "“" + path + "” is broken: Invalid data found when processing input.");
    media::Probed probed;
    probed.container = "mpegts";
    probed.length = milliseconds(ms);
    return probed;
  };
  Recorder add_recorder(const std::string& name, const std::string& watched = "", Stream stream = Stream::main) {
    auto tx = ok(db().begin_write());
    Recorder r;
    r.room = hall.id;
    r.name = name;
    r.folder = watched;
    r.stream = stream;
    r = ok(save_recorder(tx, organiser, event, r));
    ok(tx.commit());
    return r;
  }
  std::vector<KeptFile> keep(const Recorder& recorder, const std::string& path) {
    auto tx = ok(db().begin_write());
    const auto found = ok(find_file(path));
    auto kept = ok(keep_files(tx, organiser, event, recorder, {look(found, {}, probe, tx.now())}));
    ok(tx.commit());
    return kept;
  }
  EventFootage loaded() {
    auto tx = ok(db().begin_read());
    return ok(load_footage(tx, event, tx.now()));
  }
  std::string said(Stream stream = Stream::main) {
    const auto all = loaded();
    for (const auto& room : all.rooms)
      if (room.room.id == hall.id && room.streams.contains(stream)) return in_words(room.streams.at(stream).slots.front(), all.zone);
    return "no such stream";
  }
  std::vector<std::string> facts() {
    auto tx = ok(db().begin_read());
    std::vector<std::string> names;
    for (const auto& fact : ok(journal::list_facts(tx, {.event = event.id.value})))
      if (fact.name.starts_with("recorder.") || fact.name.starts_with("footage.")) names.push_back(fact.name);
    std::ranges::reverse(names);
    return names;
  }
  test::TestFolder folder;
  Places places;
  std::filesystem::path tx_folder;
  int probes = 0;
};
ON_BOTH_DATABASES(FootageTest);

TEST_P(FootageTest, file_when_kept_then_covers_its_slot) {
  const auto recorder = add_recorder("mixer");
  EXPECT_EQ(said(), "nothing recorded yet");
  const auto path = write(tx_folder / "hall-2027-05-04_09-59-00.ts", hours(1), at("2027-05-04T07:00:00Z"));
  const auto kept = keep(recorder, path);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].how, Kept::added);
  EXPECT_EQ(kept[0].file.told_at, at("2027-05-04T07:59:00Z"));
  EXPECT_EQ(kept[0].file.source, StartSource::name);
  EXPECT_EQ(said(), "whole");
  const auto all = loaded();
  ASSERT_EQ(all.files.size(), 1U);
  EXPECT_EQ(all.files[0].path, path);
  EXPECT_EQ(all.files[0].length, hours(1));
  EXPECT_EQ(all.files[0].size_bytes, 7U);
  EXPECT_EQ(all.files[0].state, FileState::whole);
  EXPECT_EQ(ok(media::read_probed(all.files[0].probed)).container, "mpegts");
  EXPECT_TRUE(all.is_released);
  EXPECT_EQ(all.rooms.size(), 2U);
  EXPECT_EQ(keep(recorder, path)[0].how, Kept::unchanged);
  EXPECT_EQ(facts(), (std::vector<std::string>{"recorder.added", "footage.added"}));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(FootageTest, path_when_registered_then_only_once) {
  const auto one = add_recorder("one"), two = add_recorder("two", "", Stream::backup);
  const auto path = write(tx_folder / "a.ts", hours(1), at("2027-05-04T07:00:00Z"));
  const auto kept = keep(one, path);
  auto tx = ok(db().begin_write());
  const auto looked = look(ok(find_file(path)), {}, probe, tx.now());
  EXPECT_EQ(keep_files(tx, organiser, event, two, {looked}).error().message,
            "“" + path + "” is registered already, for the recorder “one”. Take it off that list first.");
  EXPECT_EQ(remove_recorder(tx, organiser, event, one.id).error().code, ErrorCode::conflict);
  ok(remove_file(tx, organiser, event, kept[0].file.id));
  EXPECT_EQ(remove_file(tx, organiser, event, kept[0].file.id).error().code, ErrorCode::not_found);
  ok(keep_files(tx, organiser, event, two, {looked}));
  ok(remove_recorder(tx, organiser, event, one.id));
  EXPECT_EQ(ok(list_recorders(tx, event)).size(), 1U);
  EXPECT_EQ(keep_files(tx, Actor{}, event, two, {looked}).error().code, ErrorCode::unauthenticated);
}

TEST_P(FootageTest, recorder_when_wrong_then_each_field_told) {
  auto tx = ok(db().begin_write());
  const auto wrong = [&](auto change) {
    Recorder r;
    r.room = hall.id;
    r.name = "x";
    change(r);
    const auto saved = save_recorder(tx, organiser, event, r);
    return saved                            ? "fine"
           : saved.error().problems.empty() ? saved.error().message
                                            : saved.error().problems.front().field + ": " + saved.error().problems.front().message;
  };
  EXPECT_EQ(wrong([](Recorder& r) { r.name = " "; }), "name: A recorder needs a name, such as “camera at the back”.");
  EXPECT_EQ(wrong([](Recorder& r) { r.zone = "Mars"; }), "zone: “Mars” is not a time zone such as Europe/Berlin or UTC.");
  EXPECT_EQ(wrong([](Recorder& r) { r.patterns = "{year}"; }).substr(0, 17), "patterns: Line 1:");
  for (const char* bad : {"/etc", "../x", "a/../../etc", ".", "a/../.."})
    EXPECT_EQ(wrong([&](Recorder& r) { r.folder = bad; }),
              "folder: Name a folder below the watched root, such as examplia-2027/hall, without .. and without a slash in front.")
        << bad;
  EXPECT_EQ(wrong([](Recorder& r) { r.room = RoomId{99999}; }), "room: This event has no such room, or no longer: choose one of the list.");
  events::Event other = event;
  other.id = {};
  other.slug = "other-2027";
  other.guid = {};
  other.acronym = "other";
  ok(events::save_event(tx, organiser, other));
  EXPECT_EQ(wrong([](Recorder& r) { r.folder = "other-2027/hall"; }), "folder: The folder “other-2027” is another event’s.");
  EXPECT_EQ(wrong([](Recorder& r) { r.folder = "hall/"; }), "fine");
  EXPECT_EQ(wrong([](Recorder&) {}), "name: The room has a recorder “x” already.");
  EXPECT_EQ(wrong([](Recorder& r) { r.name = "y", r.folder = "hall/day1"; }), "folder: The recorder “x” watches “hall”: a file cannot be of both.");
  EXPECT_EQ(wrong([](Recorder& r) { r.name = "y", r.folder = "hall2"; }), "fine");
}

TEST_P(FootageTest, clock_when_corrected_then_files_move_and_it_is_told) {
  auto recorder = add_recorder("mixer");
  // An hour ahead: it says eleven and means ten.
  keep(recorder, write(tx_folder / "2027-05-04 10-59-00.mkv", hours(1), at("2027-05-04T07:00:00Z")));
  EXPECT_EQ(said(), "nothing recorded yet");
  auto tx = ok(db().begin_write());
  EXPECT_EQ(correct_clock(tx, organiser, event, recorder.id, 7, -hours(1)).error().code, ErrorCode::conflict);
  recorder = ok(correct_clock(tx, organiser, event, recorder.id, recorder.version, -hours(1)));
  ok(tx.commit());
  EXPECT_EQ(recorder.offset, -hours(1));
  EXPECT_EQ(said(), "whole");
  EXPECT_EQ(facts().back(), "recorder.clock_set");
}

TEST_P(FootageTest, zone_when_changed_then_starts_are_found_again) {
  auto recorder = add_recorder("mixer");
  keep(recorder, write(tx_folder / "2027-05-04 07-59-00.mkv", hours(1), at("2027-05-04T07:00:00Z")));
  EXPECT_EQ(said(), "nothing recorded yet");
  auto tx = ok(db().begin_write());
  recorder.zone = "UTC";
  recorder = ok(save_recorder(tx, organiser, event, recorder));
  EXPECT_EQ(ok(list_files(tx, event)).front().told_at, at("2027-05-04T07:59:00Z"));
  recorder.patterns = "{room}_{year}{month}{day}{hour}{minute}";
  ok(save_recorder(tx, organiser, event, recorder));
  EXPECT_EQ(ok(list_files(tx, event)).front().source, StartSource::file_time);
}

TEST_P(FootageTest, watched_folder_when_files_come_grow_change_and_vanish_then_known) {
  add_recorder("mixer", "examplia-2027/hall");
  const auto round = [&] { ok(watch(db(), places, probe, never)); };
  const auto state = [&](std::size_t i) { return std::string(name_of(loaded().files.at(i).state)); };
  round();
  EXPECT_EQ(probes, 0);
  // It began at ten and was written to a second ago.
  clock().set(at("2027-05-04T08:05:00Z"));
  const auto path = write(tx_folder / "hall-2027-05-04_10-00-00.ts", minutes(5), at("2027-05-04T08:04:59Z"));
  write(tx_folder / ".hidden.ts", minutes(5), at("2027-05-04T08:04:59Z"));
  write(tx_folder / "notes.txt", minutes(5), at("2027-05-04T08:04:59Z"));
  round();
  ASSERT_EQ(loaded().files.size(), 1U);
  EXPECT_EQ(state(0), "growing");
  EXPECT_EQ(said(), "still recording");
  write(path, minutes(31), at("2027-05-04T08:31:00Z"));
  clock().set(at("2027-05-04T08:31:10Z"));
  round();
  EXPECT_EQ(state(0), "growing");
  EXPECT_EQ(said(), "whole");
  clock().set(at("2027-05-04T08:31:40Z"));
  round();
  EXPECT_EQ(state(0), "whole");
  const int looked = probes;
  round();
  EXPECT_EQ(probes, looked) << "what is known is not looked into again";
  // A late file, in a folder below; and a broken one.
  write(tx_folder / "late" / "hall-2027-05-04_11-00-00.ts", minutes(5), at("2027-05-04T07:00:00Z"));
  std::ofstream(tx_folder / "broken-2027-05-04_12-00-00.ts") << "x";
  std::filesystem::last_write_time(tx_folder / "broken-2027-05-04_12-00-00.ts", std::chrono::file_clock::from_sys(at("2027-05-04T07:00:00Z")));
  round();
  ASSERT_EQ(loaded().files.size(), 3U);
  EXPECT_EQ(state(2), "damaged");
  EXPECT_NE(loaded().files[2].reason.find("Invalid data found"), std::string::npos);
  // Gone and back.
  std::filesystem::rename(path, folder.path() / "away.ts");
  round();
  EXPECT_EQ(state(0), "missing");
  EXPECT_EQ(said(), "nothing recorded yet");
  std::filesystem::rename(folder.path() / "away.ts", path);
  round();
  EXPECT_EQ(state(0), "whole");
  EXPECT_EQ(said(), "whole");
  // The disk is not there: nothing is called missing for that.
  std::filesystem::rename(folder.path() / "incoming", folder.path() / "unmounted");
  round();
  EXPECT_EQ(state(0), "whole");
  ok(look_after_files(db(), places, probe, never));
  EXPECT_EQ(state(0), "whole");
  EXPECT_EQ(loaded().recorders[0].folder_note, "The watched root is not there: ask the admin (media.watched_root).");
  std::filesystem::rename(folder.path() / "unmounted", folder.path() / "incoming");
  round();
  EXPECT_EQ(loaded().recorders[0].folder_note, "");
  EXPECT_EQ(facts(), (std::vector<std::string>{"recorder.added", "footage.added", "footage.changed", "footage.added", "footage.changed", "footage.changed"}));
}

TEST_P(FootageTest, watched_folder_when_a_link_leads_out_then_not_looked_into) {
  write(folder.path() / "secret" / "hall-2027-05-04_10-00-00.ts", hours(1), at("2027-05-04T07:00:00Z"));
  std::filesystem::create_directory_symlink(folder.path() / "secret", folder.path() / "incoming" / "link");
  std::filesystem::create_directory_symlink(folder.path() / "secret", tx_folder / "inner");
  std::filesystem::create_symlink(folder.path() / "secret" / "hall-2027-05-04_10-00-00.ts", tx_folder / "one.ts");
  add_recorder("mixer", "link");
  add_recorder("other", "examplia-2027/hall");
  ok(watch(db(), places, probe, never));
  EXPECT_EQ(loaded().recorders[0].folder_note, "The folder “link” leads out of the watched root by a symbolic link.");
  EXPECT_TRUE(loaded().files.empty());
  EXPECT_EQ(probes, 0);
}

TEST_P(FootageTest, registered_file_when_it_vanishes_then_missing_and_not_forgotten) {
  const auto recorder = add_recorder("mixer");
  const auto path = write(tx_folder / "hall-2027-05-04_10-00-00.ts", hours(1), at("2027-05-04T07:00:00Z"));
  keep(recorder, path);
  std::filesystem::remove(path);
  ok(look_after_files(db(), places, probe, never));
  ASSERT_EQ(loaded().files.size(), 1U);
  EXPECT_EQ(loaded().files[0].state, FileState::missing);
  write(path, minutes(20), at("2027-05-04T07:00:00Z"));
  ok(look_after_files(db(), places, probe, never));
  EXPECT_EQ(loaded().files[0].state, FileState::whole);
  EXPECT_EQ(said(), "10 m 00 s missing from 10:20:00");
}

TEST_P(FootageTest, growing_file_when_its_disk_goes_then_keeps_its_state) {
  add_recorder("mixer", "examplia-2027/hall");
  write(tx_folder / "hall-2027-05-04_10-00-00.ts", minutes(5), clock().now());
  ok(watch(db(), places, probe, never));
  EXPECT_EQ(loaded().files[0].state, FileState::growing);
  std::filesystem::rename(folder.path() / "incoming", folder.path() / "unmounted");
  ok(watch(db(), places, probe, never));
  EXPECT_EQ(loaded().files[0].state, FileState::growing);
}

TEST_P(FootageTest, file_when_taken_off_the_list_during_a_look_then_stays_off) {
  const auto recorder = add_recorder("mixer");
  const auto path = write(tx_folder / "hall-2027-05-04_10-00-00.ts", hours(1), at("2027-05-04T07:00:00Z"));
  keep(recorder, path);
  write(path, minutes(20), at("2027-05-04T07:30:00Z"));
  const Probe slow = [&](const std::string& probed) {
    auto tx = ok(db().begin_write());
    const auto files = ok(list_files(tx, event));
    if (!files.empty()) ok(remove_file(tx, organiser, event, files[0].id));
    ok(tx.commit());
    return probe(probed);
  };
  ok(look_after_files(db(), places, slow, never));
  EXPECT_TRUE(loaded().files.empty());
}

TEST_P(FootageTest, start_when_the_events_zone_changes_then_found_again_but_for_clocks_with_their_own) {
  const auto by_event = add_recorder("mixer");
  auto own = add_recorder("camera");
  own.zone = "UTC";
  {
    auto tx = ok(db().begin_write());
    own = ok(save_recorder(tx, organiser, event, own));
    ok(tx.commit());
  }
  keep(by_event, write(tx_folder / "hall-2027-05-04_10-00-00.ts", hours(1), at("2027-05-04T07:00:00Z")));
  keep(own, write(tx_folder / "camera-2027-05-04_10-00-00.ts", hours(1), at("2027-05-04T07:00:00Z")));
  auto tx = ok(db().begin_write());
  auto moved = event;
  moved.zone = "Pacific/Apia";
  ok(follow_zone(tx, moved));
  const auto files = ok(list_files(tx, event));
  ASSERT_EQ(files.size(), 2U);
  for (const auto& file : files) EXPECT_EQ(to_text(*file.told_at), file.recorder == own.id ? "2027-05-04T10:00:00Z" : "2027-05-03T21:00:00Z");
}

TEST_P(FootageTest, talk_when_it_may_not_be_recorded_then_its_footage_is_told_and_not_used) {
  const auto recorder = add_recorder("mixer");
  keep(recorder, write(tx_folder / "hall-2027-05-04_09-59-00.ts", hours(1), at("2027-05-04T07:00:00Z")));
  auto tx = ok(db().begin_write());
  talks::Talk talk = ok(talks::require_talk(tx, event.id, first.code));
  talks::set_consent(talk, talks::Consent::stream_only);
  ok(talks::save_talk(tx, organiser, event, talk));
  ok(tx.commit());
  EXPECT_EQ(said(), "not to be recorded, but 30 m 00 s of it lie on disk") << "asked as it is now, not as it was released";
}

TEST_P(FootageTest, upload_when_taken_then_at_its_place_and_never_over_another) {
  const auto recorder = add_recorder("Mixer 1");
  const auto from = write(folder.path() / "piece", hours(1), at("2027-05-04T07:00:00Z"));
  const auto to = ok(take_upload(places, event, hall, recorder, "2027-05-04 10-00-00.mkv", from, 7));
  EXPECT_EQ(to, folder.path() / "incoming" / "examplia-2027" / hall.code / "mixer-1" / "2027-05-04 10-00-00.mkv");
  EXPECT_TRUE(take_upload(places, event, hall, recorder, "2027-05-04 10-00-00.mkv", from, 7)) << "tried again";
  write(folder.path() / "piece", hours(1), at("2027-05-04T07:00:00Z"));
  EXPECT_EQ(take_upload(places, event, hall, recorder, "2027-05-04 10-00-00.mkv", from, 7).error().code, ErrorCode::conflict);
  EXPECT_EQ(ok(place_of_upload(places, event, hall, recorder, "2027-05-04 10-00-00.mkv")), to);
  for (const char* bad : {"../x.mkv", "a/b.mkv", ".mkv", "x.txt", "", "a\\b.mkv"})
    EXPECT_EQ(take_upload(places, event, hall, recorder, bad, from, 7).error().code, ErrorCode::invalid) << bad;
}

TEST_P(FootageTest, page_when_there_are_three_files_then_as_many_statements_as_with_one) {
  const auto recorder = add_recorder("mixer");
  keep(recorder, write(tx_folder / "a-2027-05-04_10-00-00.ts", minutes(5), at("2027-05-04T07:00:00Z")));
  const auto count = [&] {
    const auto before = db::Database::statement_count();
    (void)loaded();
    return db::Database::statement_count() - before;
  };
  const auto one = count();
  keep(recorder, write(tx_folder / "a-2027-05-04_10-05-00.ts", minutes(5), at("2027-05-04T07:00:00Z")));
  keep(add_recorder("two", "", Stream::backup), write(tx_folder / "a-2027-05-04_10-10-00.ts", minutes(5), at("2027-05-04T07:00:00Z")));
  EXPECT_EQ(count(), one);
}

/// What somebody said in the room, from `from` on.
media::Levels said_from(int from, int seconds) {
  media::Levels levels;
  for (int i = 0; i < seconds * media::moments_per_second; ++i) {
    const double t = from + static_cast<double>(i) / media::moments_per_second;
    const double noise = std::abs(std::sin(std::floor(t * 2) * 12.9898) * 43758.5453);
    levels.push_back(noise - std::floor(noise) > 0.45 ? -20.0F : -60.0F);
  }
  return levels;
}

TEST_P(FootageTest, clock_when_another_recorder_heard_the_same_then_by_what_both_heard) {
  std::map<std::string, media::Levels> sounds;
  std::vector<std::string> listened_to;
  const Hear by_path = [&](const std::string& path, const std::function<bool()>&) -> Result<media::Levels> {
    listened_to.push_back(path);
    const auto found = sounds.find(path);
    if (found == sounds.end()) return fail(ErrorCode::invalid, "It has no sound.");
    return found->second;
  };
  const auto before = at("2027-05-04T07:00:00Z");
  const Recorder mixer = add_recorder("mixer");
  const std::string alone = write(tx_folder / "m-2027-05-04_10-00-00.ts", minutes(10), before);
  keep(mixer, alone);
  sounds[alone] = said_from(0, 600);
  ok(compare_sounds(db(), by_path, never));
  EXPECT_TRUE(listened_to.empty()) << "nobody else records the room";

  Recorder camera = add_recorder("camera", "", Stream::camera);
  // Two minutes later in the room; its clock is an hour and three seconds ahead.
  const std::string other = write(tx_folder / "c-2027-05-04_11-02-03.ts", minutes(6), before),
                    mute = write(tx_folder / "c-2027-05-04_11-20-00.ts", minutes(5), before);
  keep(camera, other);
  keep(camera, mute);
  sounds[other] = said_from(120, 360);
  ok(compare_sounds(db(), by_path, never));
  ok(compare_sounds(db(), by_path, never));
  EXPECT_EQ(listened_to.size(), 3U) << "each once, the one without sound too";
  auto all = loaded();
  const auto guess = guess_clock(all, camera);
  ASSERT_TRUE(guess);
  EXPECT_EQ(*guess, (ClockGuess{.offset = -(hours(1) + seconds(3)), .confidence = 0.75, .agreeing = 1, .heard_with = "mixer"}));
  EXPECT_FALSE(guess_clock(all, mixer)) << "the room's first recorder has the schedule alone";

  auto tx = ok(db().begin_write());
  camera = ok(correct_clock(tx, organiser, event, camera.id, camera.version, guess->offset));
  ok(tx.commit());
  EXPECT_FALSE(guess_clock(loaded(), camera));

  // It is another recording now, of something else.
  write(other, minutes(7), before + seconds(60));
  keep(camera, other);
  sounds[other] = said_from(90'000, 420);
  ok(compare_sounds(db(), by_path, never));
  EXPECT_EQ(listened_to.size(), 4U);
  EXPECT_TRUE(loaded().common_sounds.empty());

  const auto first = loaded().files.front().id;
  auto removing = ok(db().begin_write());
  ok(remove_file(removing, organiser, event, first));
  ok(removing.commit());
}

TEST_P(FootageTest, room_when_named_then_by_code_or_name) {
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(room_named(tx, event, "HALL")).id, hall.id);
  EXPECT_EQ(ok(room_named(tx, event, cellar.code)).id, cellar.id);
  EXPECT_EQ(room_named(tx, event, "Attic").error().message,
            "There is no room “Attic” at this event; there are " + hall.code + " (Hall), " + cellar.code + " (Cellar).");
}

}  // namespace
}  // namespace confer::footage
