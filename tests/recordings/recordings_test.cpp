// Where videos are, licences, days; and recordings on both databases.
#include "recordings/recordings.h"
#include <tuple>
#include "events/events.h"
#include "recordings/links.h"
#include "recordings/tracks.h"
#include "support/database.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

using test::ok;

TEST(Recording, may_be_shown_when_withheld_then_not) {
  for (const Status status :
       {Status::unknown, Status::published, Status::pending, Status::not_recorded, Status::not_allowed, Status::lost, Status::embargoed}) {
    Recording recording;
    recording.status = status;
    EXPECT_EQ(may_be_shown(recording), status != Status::not_allowed && status != Status::embargoed) << name_of(status);
  }
}

TEST(Place, is_recognised_by_the_address) {
  struct Row {
    const char *type, *url;
    Place place;
    const char *id, *media_type;
  };
  const std::vector<Row> rows{
      {"youtube", "https://www.youtube.com/watch?v=gznPQpZH1Yc", Place::youtube, "gznPQpZH1Yc", ""},
      {"youtube", "https://youtu.be/9T91U4RjLnk", Place::youtube, "9T91U4RjLnk", ""},
      {"youtube", "http://youtube.com/watch?feature=x&v=p7ggM4EjAxQ&t=1", Place::youtube, "p7ggM4EjAxQ", ""},
      {"youtube", "https://www.youtube.com/playlist?list=1", Place::other, "", ""},
      {"vimeo", "https://vimeo.com/170384415", Place::vimeo, "170384415", ""},
      {"archive.org", "https://archive.org/details/pyvideo_481___x", Place::archive_org, "pyvideo_481___x", ""},
      {"archive", "https://archive.org/details/A/B.mp4", Place::archive_org, "A", ""},
      {"ogv", "https://archive.org/download/x/x.ogv", Place::file_elsewhere, "", "video/ogg"},
      {"peertube", "https://bittube.video/videos/watch/6a4b7aa9-575e-4355-8c5b-6cbb2847626a", Place::peertube, "6a4b7aa9-575e-4355-8c5b-6cbb2847626a", ""},
      {"mp4", "http://s3.us.archive.org/n/A.mp4?Signature=P%3D", Place::file_elsewhere, "", "video/mp4"},
      {"mkv", "https://dl.afpy.org/a/b.mkv", Place::file_elsewhere, "", "video/x-matroska"},
      {"teletek.es", "https://replay.teltek.es/video/594a", Place::other, "", ""},
      {"x", "ftp://example.org/a.mp4", Place::other, "", ""}};
  for (const auto& row : rows) {
    Video v;
    v.told_type = row.type;
    v.url = row.url;
    recognise(v);
    EXPECT_EQ(std::tuple(v.place, v.external_id, v.media_type), std::tuple(row.place, std::string(row.id), std::string(row.media_type))) << row.url;
  }
  Video v;
  v.url = "https://youtu.be/9T91U4RjLnk";
  recognise(v);
  EXPECT_EQ(embed_url(v), "https://www.youtube-nocookie.com/embed/9T91U4RjLnk");
}

TEST(License, as_people_write_it) {
  const std::vector<std::pair<const char*, const char*>> rows{{"Creative Commons Attribution license (reuse allowed)", "CC-BY-3.0"},
                                                              {"Standard YouTube License", "Standard YouTube License"},
                                                              {"https://www.youtube.com/t/terms", "Standard YouTube License"},
                                                              {"Creative Commons Attribution-NonCommercial-ShareAlike 3.0", "CC-BY-NC-SA-3.0"},
                                                              {"CC BY", "CC-BY"},
                                                              {"http://creativecommons.org/licenses/by/3.0/", "CC-BY-3.0"},
                                                              {"CC BY-SA 2.5 CA", "CC-BY-SA-2.5"},
                                                              {"by-nc-nd", "CC-BY-NC-ND"},
                                                              {"BY CC", "CC-BY"},
                                                              {"CC-0", "CC0-1.0"},
                                                              {"CC", ""},
                                                              {"Copyright belongs to the speaker.", ""},
                                                              {"", ""}};
  for (const auto& [told, license] : rows) EXPECT_EQ(license_of(told), license) << told;
  EXPECT_EQ(license_url("CC-BY-NC-SA-3.0"), "https://creativecommons.org/licenses/by-nc-sa/3.0/");
  EXPECT_EQ(license_url("CC-BY"), "https://creativecommons.org/licenses/by/4.0/");
}

TEST(Recorded, as_exactly_as_it_is_known) {
  EXPECT_EQ(ok(parse_recorded("2012-03-09")).precision, Precision::day);
  const Recorded wall = ok(parse_recorded("2012-03-09T10:30:00"));
  EXPECT_EQ(std::tuple(wall.precision, to_text(*wall.wall), to_text(*wall.day)), std::tuple(Precision::wall_time, "2012-03-09T10:30", "2012-03-09"));
  const Recorded instant = ok(parse_recorded("2012-03-09T10:30:00-08:00"));
  EXPECT_EQ(std::tuple(instant.precision, *instant.offset), std::tuple(Precision::instant, minutes(-480)));
  EXPECT_FALSE(parse_recorded("spring"));
}

class RecordingsTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    auto tx = ok(db().begin_write());
    auto series = ok(events::save_series(tx, organiser, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    events::Event e;
    e.series = series.id;
    e.kind = events::EventKind::archived;
    e.slug = "examplia-2012";
    e.acronym = "examplia2012";
    e.guid = "11111111-1111-4111-8111-111111111111";
    e.title = {"en", "Examplia 2012"};
    e.is_public = true;
    event = ok(events::save_event(tx, organiser, e));
    for (const char* title : {"One", "Two"}) {
      talks::Talk t;
      t.title = title;
      t.state = talks::State::archived;
      talks.push_back(ok(talks::save_talk(tx, organiser, event, t)));
    }
    ok(tx.commit());
  }
  static Video video(std::string url) {
    Video v;
    v.url = std::move(url);
    return v;
  }
  const Actor organiser = system_actor("test");
  events::Event event;
  std::vector<talks::Talk> talks;
};
ON_BOTH_DATABASES(RecordingsTest);

TEST_P(RecordingsTest, what_is_saved_is_read_back) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  r.recorded = ok(parse_recorded("2012-03-09T10:30:00-08:00"));
  r.duration = seconds(1801);
  r.duration_repair = Repair::milliseconds;
  r.quality_notes = "Sound is low.";
  r.copyright = "CC BY";
  r.status = Status::published;
  Video file = video("https://example.org/a.mp4");
  file.size_bytes = 5'000'000'000;
  file.height = 720;
  file.length = seconds(1800);
  r.videos = {video("https://youtu.be/9T91U4RjLnk"), file};
  r = ok(save_recording(tx, organiser, event, talks[0].code, r));
  const Recording read = *ok(find_recording(tx, talks[0].id));
  EXPECT_TRUE(read.same_as(r));
  EXPECT_EQ(std::tuple(read.version, read.videos.size(), read.videos[0].place, read.videos[1].size_bytes.value()),
            std::tuple(1, 2U, Place::youtube, 5'000'000'000));
  EXPECT_EQ(ok(talks_with(tx, Place::youtube, "9T91U4RjLnk")), std::vector<TalkId>{talks[0].id});
  EXPECT_EQ(ok(recordings_of(tx, event.id)).size(), 1U);
  EXPECT_FALSE(ok(find_recording(tx, talks[1].id)));
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(RecordingsTest, what_the_checker_found_stays_while_the_address_does) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  r.videos = {video("https://example.org/a.mp4"), video("https://example.org/b.mp4")};
  r = ok(put_recording(tx, r));
  ok(mark_video(tx, organiser, r.videos[0].id, Health::dead));
  r = *ok(find_recording(tx, talks[0].id));
  r.videos.erase(r.videos.begin() + 1);
  r.videos.push_back(video("https://example.org/c.mp4"));
  ok(put_recording(tx, r));
  const Recording read = *ok(find_recording(tx, talks[0].id));
  EXPECT_EQ(std::tuple(read.videos[0].health, read.videos[0].check_note, read.videos[1].health, read.version),
            std::tuple(Health::dead, "marked by hand", Health::unchecked, 2));
  ok(remove_recording(tx, talks[0].id));
  EXPECT_FALSE(ok(find_recording(tx, talks[0].id)));
}

TEST_P(RecordingsTest, video_when_others_come_and_go_beside_it_then_keeps_its_number) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  r.videos = {video("https://example.org/a.mp4"), video("https://example.org/b.mp4")};
  r = ok(put_recording(tx, r));
  const auto a = r.videos[0].id, b = r.videos[1].id;
  // One more in front, as it is read from a form: without its number.
  r.videos = {video("https://example.org/new.mp4"), video("https://example.org/b.mp4"), r.videos[0]};
  r = ok(put_recording(tx, r));
  EXPECT_EQ(r.videos[1].id, b);
  EXPECT_EQ(r.videos[2].id, a);
  EXPECT_NE(r.videos[0].id, a);
  EXPECT_NE(r.videos[0].id, b);
  const auto added = r.videos[0].id;
  r.videos.erase(r.videos.begin() + 1);
  r = ok(put_recording(tx, r));
  EXPECT_EQ(std::tuple(r.videos[0].id, r.videos[1].id), std::tuple(added, a));
  EXPECT_EQ(ok(find_recording(tx, talks[0].id))->videos[1].id, a);
}

TEST_P(RecordingsTest, refused_with_the_reason) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  r.videos = {video("javascript:alert(1)")};
  EXPECT_EQ(save_recording(tx, organiser, event, talks[0].code, r).error().problems.at(0).message,
            "“javascript:alert(1)” is not a web address: it should start with https://.");
  EXPECT_EQ(save_recording(tx, Actor{}, event, talks[0].code, r).error().code, ErrorCode::unauthenticated);
  r.videos.clear();
  r = ok(save_recording(tx, organiser, event, talks[0].code, r));
  Recording stale = r;
  ok(save_recording(tx, organiser, event, talks[0].code, r));
  EXPECT_EQ(save_recording(tx, organiser, event, talks[0].code, stale).error().code, ErrorCode::conflict);
}

TEST_P(RecordingsTest, captions_stand_at_the_recording_and_nobody_overwrites_anothers) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  r.videos = {video("https://example.org/a.mp4")};
  ok(put_recording(tx, r));
  Track track;
  track.talk = talks[0].id;
  track.language = "de";
  track.vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHallo\n";
  const auto save = [&](const Track& one) { return save_track(tx, organiser, event, talks[0].code, one); };
  EXPECT_EQ(save_track(tx, Actor{}, event, talks[0].code, track).error().code, ErrorCode::unauthenticated);
  ok(save(track));
  EXPECT_EQ(save(track).error().problems.at(0).field, "language") << "there is one";
  const auto languages = [&] {
    std::vector<std::string> out;
    for (const auto& one : ok(find_recording(tx, talks[0].id))->tracks) out.push_back(one.language);
    return out;
  };
  EXPECT_EQ(languages(), std::vector<std::string>{"de"});
  EXPECT_EQ(ok(recordings_of(tx, event.id)).at(0).tracks.size(), 1U);
  const std::vector<TalkId> ids{talks[0].id, talks[1].id};
  EXPECT_EQ(ok(shown_texts(tx, ids)), (std::vector<std::pair<TalkId, std::string>>{{talks[0].id, track.vtt}}));

  Track stored = ok(require_track(tx, talks[0].id, "de"));
  const Track stale = stored;
  stored.kind = TrackKind::subtitles;
  ok(save(stored));
  EXPECT_EQ(save(stale).error().code, ErrorCode::conflict);
  EXPECT_EQ(remove_track(tx, organiser, event, talks[0].code, stale).error().code, ErrorCode::conflict);
  ok(remove_track(tx, organiser, event, talks[0].code, ok(require_track(tx, talks[0].id, "de"))));
  EXPECT_EQ(languages(), std::vector<std::string>{});
  EXPECT_TRUE(ok(shown_texts(tx, ids)).empty());
  ok(restore_track(tx, organiser, event, talks[0].code, ok(require_track(tx, talks[0].id, "de"))));
  EXPECT_EQ(languages(), std::vector<std::string>{"de"});
  // A new one takes the place of one that was removed.
  ok(remove_track(tx, organiser, event, talks[0].code, ok(require_track(tx, talks[0].id, "de"))));
  ok(save(track));
  EXPECT_EQ(languages(), std::vector<std::string>{"de"});
  EXPECT_EQ(require_track(tx, talks[0].id, "en").error().code, ErrorCode::not_found);
}

TEST_P(RecordingsTest, what_a_program_recognised_is_shown_after_a_person_saved_it) {
  auto tx = ok(db().begin_write());
  Recording r;
  r.talk = talks[0].id;
  ok(put_recording(tx, r));
  Track track;
  track.talk = talks[0].id;
  track.language = "en";
  track.source = TrackSource::recognised;
  track.vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGoats\n";
  ok(save_track(tx, organiser, event, talks[0].code, track));
  EXPECT_TRUE(ok(find_recording(tx, talks[0].id))->tracks.empty());
  EXPECT_TRUE(ok(recordings_of(tx, event.id)).at(0).tracks.empty());
  EXPECT_TRUE(ok(shown_texts(tx, std::vector<TalkId>{talks[0].id})).empty());
  Track read = ok(require_track(tx, talks[0].id, "en"));
  read.source = TrackSource::edited;
  ok(save_track(tx, organiser, event, talks[0].code, read));
  EXPECT_EQ(ok(find_recording(tx, talks[0].id))->tracks.size(), 1U);
}

}  // namespace
}  // namespace confer::recordings
