// Cuts on both databases: what is proposed, made, looked at and published, with a cutter that writes what a test wants.
#include "cutting/cards.h"
#include "cutting/cutting_fixture.h"
#include "recordings/tracks.h"

namespace confer::cutting {
namespace {

ON_BOTH_DATABASES(CuttingTest);

TEST_P(CuttingTest, talk_when_over_and_whole_then_cut_once_and_waits_for_a_look) {
  record();
  propose_at("2027-05-04T08:29:00Z");
  EXPECT_EQ(cuts(), 0U) << "it goes on";
  propose_at("2027-05-04T08:31:00Z");
  EXPECT_EQ(cuts(), 0U) << "what is kept after it is not over";
  propose_at("2027-05-04T08:32:00Z");
  ASSERT_EQ(cuts(), 1U) << "the cellar has no footage";
  EXPECT_EQ(cut().stage, Stage::making);
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T07:59:30Z"), at("2027-05-04T08:32:00Z")}));
  propose_at("2027-05-04T08:33:00Z");
  work();
  work();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(cuts(), 1U);
  const Cut now = cut();
  EXPECT_EQ(now.stage, Stage::review);
  EXPECT_EQ(now.preview.span, (footage::Span{at("2027-05-04T07:58:30Z"), at("2027-05-04T08:33:00Z")}));
  EXPECT_EQ(now.preview.key, key_of(now.plan));
  EXPECT_TRUE(store->has({now.preview.hash}));
  EXPECT_FALSE(recording()) << "nothing is published without a look";
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(named_hashes(tx)), std::vector<std::string>{now.preview.hash});
  EXPECT_FALSE(now.plan.guess);
}

TEST_P(CuttingTest, talk_when_its_file_cannot_be_read_before_its_end_then_waited_for) {
  // Over and covered as far as times go, but an MP4 gets its header when the recorder stops.
  clock().set(at("2027-05-04T08:33:00Z"));
  record_without_header(at("2027-05-04T08:33:00Z"));
  propose_at("2027-05-04T08:33:00Z");
  EXPECT_EQ(cuts(), 0U);
  EXPECT_EQ(made, 0);
}

TEST_P(CuttingTest, ends_when_heard_surely_then_taken_else_the_schedule_stands_and_both_are_said) {
  heard = {.begins = {.at = at("2027-05-04T08:01:10Z"), .confidence = 0.8, .because = {"Somebody begins to speak.", "It goes on."}},
           .ends = {.at = at("2027-05-04T08:40:00Z"), .confidence = 0.4, .because = {}}};
  ready();
  EXPECT_EQ(listened, (Plan::Guess{.slot = {at("2027-05-04T08:00:00Z"), at("2027-05-04T08:30:00Z")},
                                   .around = {at("2027-05-04T07:55:00Z"), at("2027-05-04T08:45:00Z")}}));
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:01:10Z"), at("2027-05-04T08:32:00Z")}));
  EXPECT_EQ(cut().doubts,
            "Begins at 10:01:10 (80 % sure): Somebody begins to speak. It goes on.\nEnds at 10:32:00, by the schedule (40 % sure): Nothing stands out there.");
  EXPECT_EQ(cut().wave, "[-3,-60]");
  ok(judge_as(team, good()));
  work();
  EXPECT_TRUE(recording()->thumbnail_url.starts_with("/examplia-2027/talks/" + first.code + "/poster.jpg?v="));
  EXPECT_TRUE(store->has({cut().poster_hash}));
}

TEST_P(CuttingTest, sound_when_another_choice_was_heard_to_be_right_then_published_so_and_the_samples_go) {
  samples = {{"samples.json", "{}"}, {"left.m4a", "the left one"}};
  ready();
  EXPECT_EQ(cut().plan.channels, media::Channels::automatic);
  {
    auto tx = ok(db().begin_read());
    const auto left = ok(find_beside_preview(tx, cut(), "left.m4a"));
    ASSERT_TRUE(left);
    EXPECT_EQ(ok(files::read_file(ok(store->path({*left})), 100)), "the left one");
    EXPECT_FALSE(ok(find_beside_preview(tx, cut(), "right.m4a")));
    EXPECT_EQ(ok(named_hashes(tx)).size(), 3U) << "the preview and what lies beside it";
  }
  auto verdict = good();
  verdict.channels = media::Channels::left;
  ok(judge_as(team, verdict));
  work();
  EXPECT_EQ(cut().plan.channels, media::Channels::left);
  EXPECT_EQ(cut().stage, Stage::published);
  auto tx = ok(db().begin_read());
  EXPECT_FALSE(ok(find_beside_preview(tx, cut(), "left.m4a")));
  EXPECT_EQ(ok(named_hashes(tx)).size(), 2U) << "the video and its poster";
}

TEST_P(CuttingTest, cards_when_set_then_of_the_published_video_alone_and_captions_move_with_them) {
  const auto set_cards = [&](seconds title, seconds end) -> Result<void> {
    auto tx = ok(db().begin_write());
    auto settings = ok(settings_of(tx, event.id));
    settings.title_card = title;
    settings.end_card = end;
    TRY(save_settings(tx, organiser, event, settings));
    return tx.commit();
  };
  EXPECT_EQ(set_cards(seconds(61), seconds(-1)).error().problems.size(), 2U);
  ready();
  EXPECT_EQ(shown.before(), seconds(0));
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(shown.before(), seconds(0)) << "off unless somebody turns them on";
  const auto captions = [&] {
    auto tx = ok(db().begin_read());
    std::vector<std::string> texts;
    for (const auto& track : ok(recordings::list_tracks(tx, first.id))) texts.push_back(track.vtt + (track.removed_at ? "removed" : ""));
    return texts;
  };
  const auto vtt_at = [](int from, int to) { return "WEBVTT\n\n00:00:" + std::to_string(from) + ".000 --> 00:00:" + std::to_string(to) + ".000\nHello\n"; };
  {
    auto tx = ok(db().begin_write());
    for (const char* language : {"de", "en"}) {
      recordings::Track track;
      track.talk = first.id;
      track.language = language;
      track.vtt = vtt_at(40, 42);
      ok(recordings::save_track(tx, organiser, event, first.code, track));
    }
    ok(recordings::remove_track(tx, organiser, event, first.code, ok(recordings::require_track(tx, first.id, "de"))));
    ok(tx.commit());
  }
  ok(set_cards(seconds(5), seconds(3)));
  // Corrected: it begins 10 s later, and after a card of 5 s.
  {
    auto tx = ok(db().begin_write());
    Cut now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.from += seconds(10);
    ok(ask_for(tx, organiser, event, now, plan));
    ok(tx.commit());
  }
  work();
  EXPECT_EQ(shown.before(), seconds(0)) << "what people look at has none";
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(shown.before(), seconds(5));
  EXPECT_EQ(shown.of(CardKind::end).lasts, seconds(3));
  EXPECT_EQ(shown.words.at("title"), first.title);
  EXPECT_NE(shown.of(CardKind::title).svg, shown.of(CardKind::end).svg);
  EXPECT_EQ(recording()->videos[0].length, seconds(1950 - 10 + 5 + 3));
  EXPECT_EQ(cut().online_title, seconds(5));
  EXPECT_EQ(captions(), (std::vector<std::string>{vtt_at(35, 37) + "removed", vtt_at(35, 37)}));
}

TEST_P(CuttingTest, apology_cards_where_something_is_wrong_and_plates_where_somebody_speaks) {
  const auto cards_for = [&](const std::string& flaw, const std::string& speaker) {
    auto tx = ok(db().begin_write());
    auto settings = ok(settings_of(tx, event.id));
    settings.title_card = seconds(4);
    settings.apology_card = seconds(6);
    settings.name_plate = seconds(7);
    ok(save_settings(tx, organiser, event, settings));
    EXPECT_EQ(ok(settings_of(tx, event.id)).apology_card, seconds(6));
    EXPECT_EQ(ok(settings_of(tx, event.id)).name_plate, seconds(7));
    auto talk = ok(talks::require_talk(tx, event.id, first.code));
    auto recording = ok(recordings::find_recording(tx, talk.id)).value_or(recordings::Recording{.talk = talk.id});
    recording.quality_notes = flaw;
    ok(recordings::save_recording(tx, organiser, event, first.code, std::move(recording)));
    for (auto& credit : talk.credits) credit.name = speaker;
    return ok(cards_of(tx, event, talk, ok(settings_of(tx, event.id)), "https://conf.example.org"));
  };
  const auto plain = cards_for("", "Ada Example");
  EXPECT_EQ(plain.of(CardKind::apology).lasts, seconds(0));
  EXPECT_EQ(plain.before(), seconds(4));
  EXPECT_EQ(plain.of(CardKind::plate).lasts, seconds(7));
  EXPECT_TRUE(plain.of(CardKind::plate).svg.contains("{{speakers}}"));
  EXPECT_EQ(plain.words.at("sorry"), "We are sorry: there is no recording of this talk.");
  const auto flawed = cards_for("The first minute has no sound.", "Ada Example");
  EXPECT_EQ(flawed.before(), seconds(4 + 6));
  EXPECT_EQ(flawed.words.at("sorry"), "The first minute has no sound.");
  EXPECT_NE(key_of(flawed), key_of(plain)) << "made again when it is asked for again";
  EXPECT_EQ(cards_for("", "").of(CardKind::plate).lasts, seconds(0)) << "nobody's name";
}

TEST_P(CuttingTest, card_templates_are_an_events_own_and_refused_with_their_line) {
  const CardArtist artist{.draw = {}, .check = [](const std::string& svg, const media::CardWords& words) { return media::check_card(svg, words); }};
  const auto save = [&](const std::string& svg) -> Result<void> {
    auto tx = ok(db().begin_write());
    TRY(save_card_template(tx, organiser, event, CardKind::title, svg, artist));
    return tx.commit();
  };
  const auto kept = [&] {
    auto tx = ok(db().begin_read());
    return ok(card_template(tx, event.id, CardKind::title));
  };
  const auto built_in = kept();
  EXPECT_FALSE(built_in.changed_at);
  const std::string own =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 160 90'><text data-box='5 5 150 80' font-size='20'>{{title}} {{speakers}}</text></svg>";
  ok(save(own));
  EXPECT_EQ(kept().svg, own);
  ok(save(own + "\n"));
  EXPECT_EQ(kept().svg, own + "\n");
  const auto refused = save("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 160 90'>\n<text>{{titel}}</text></svg>");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.at(0).field, "svg");
  EXPECT_TRUE(refused.error().problems.at(0).message.starts_with("Line 2: there is no “{{titel}}”."));
  EXPECT_EQ(kept().svg, own + "\n");
  {
    auto tx = ok(db().begin_write());
    EXPECT_EQ(save_card_template(tx, Actor{}, event, CardKind::title, own, artist).error().code, ErrorCode::unauthenticated);
    ok(remove_card_template(tx, organiser, event, CardKind::title));
    ok(tx.commit());
  }
  EXPECT_EQ(kept().svg, built_in.svg);
}

TEST_P(CuttingTest, words_of_cards_tell_the_released_room_and_the_licence) {
  auto tx = ok(db().begin_write());
  Settings settings;
  settings.license = "CC-BY-4.0";
  const auto words = ok(card_words(tx, event, ok(talks::require_talk(tx, event.id, first.code)), settings, "https://conf.example.org"));
  EXPECT_EQ(words.at("when"), "2027-05-04 · " + hall.name.in("en"));
  EXPECT_EQ(words.at("license"), "CC-BY-4.0");
  EXPECT_EQ(words.at("url"), "https://conf.example.org/examplia-2027/talks/" + first.code);
  EXPECT_EQ(words.at("ink"), "#ffffff");
}

TEST_P(CuttingTest, talk_when_seconds_are_missing_then_left_to_people) {
  record("2027-05-04_10-00-12");
  propose_at("2027-05-04T09:00:00Z");
  EXPECT_EQ(cuts(), 0U);
  auto tx = ok(db().begin_write());
  const auto all = ok(footage::load_footage(tx, event, tx.now()));
  EXPECT_EQ(ok(begin_cut(tx, organiser, event, all, first_slot.id.value)).doubts, "12 s of the slot are missing.");
}

TEST_P(CuttingTest, good_look_then_online_and_read_back) {
  ready();
  ok(judge_as(team, good()));
  EXPECT_EQ(cut().stage, Stage::publishing);
  EXPECT_FALSE(recording());
  work();
  const Cut now = cut();
  EXPECT_EQ(now.stage, Stage::published);
  const auto shown = recording();
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->status, recordings::Status::published);
  ASSERT_EQ(shown->videos.size(), 1U);
  EXPECT_EQ(shown->videos[0].file_hash, now.published_hash);
  EXPECT_EQ(shown->videos[0].length, seconds(1950));
  EXPECT_EQ(shown->videos[0].quality, "720p");
  EXPECT_TRUE(ok(store->is_whole({now.published_hash})));
}

TEST_P(CuttingTest, look_when_an_end_was_not_seen_or_lies_outside_then_refused) {
  ready();
  Verdict verdict = good();
  verdict.saw_end = false;
  EXPECT_EQ(judge_as(team, verdict).error().problems.front().field, "saw_end");
  verdict = good();
  verdict.span = {at("2027-05-04T07:50:00Z"), at("2027-05-04T08:32:00Z")};
  EXPECT_EQ(judge_as(team, verdict).error().problems.front().field, "from");
  verdict = {};
  EXPECT_EQ(judge_as(team, verdict).error().problems.front().field, "note");
  verdict.note = "no sound";
  ok(judge_as(team, verdict));
  EXPECT_EQ(cut().stage, Stage::wrong);
  EXPECT_EQ(judge_as(team, good()).error().code, ErrorCode::conflict);
}

TEST_P(CuttingTest, two_must_look_then_one_person_twice_is_one) {
  ready();
  {
    auto tx = ok(db().begin_write());
    ok(save_settings(tx, organiser, event, {.padding = {}, .is_automatic = true, .needs_two = true, .license = "CC-BY-4.0", .version = 0}));
    ok(tx.commit());
  }
  ok(judge_as(team, good()));
  ok(judge_as(team, good()));
  EXPECT_EQ(cut().stage, Stage::review);
  // The other one moves an end: that is another cut, which the first has not seen.
  Verdict moved = good();
  moved.span = cut().plan.span;
  moved.span.from += seconds(1);
  ok(judge_as(speaker, moved));
  EXPECT_EQ(cut().stage, Stage::review);
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_EQ(recording()->license, "CC-BY-4.0");
}

TEST_P(CuttingTest, consent_then_a_gate_at_cutting_and_twice_at_publishing) {
  consent(talks::Consent::stream_only);
  record();
  propose_at("2027-05-04T08:33:00Z");
  EXPECT_EQ(cuts(), 0U);
  consent(talks::Consent::yes);
  propose_at("2027-05-04T08:34:00Z");
  consent(talks::Consent::no);
  work();
  EXPECT_EQ(made, 0) << "the speaker said no while the job waited";
  EXPECT_EQ(cut().stage, Stage::stopped);
  consent(talks::Consent::yes);
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  ok(judge_as(team, good()));
  // Before the job, and while it works.
  shop->make = [this, make = shop->make](const auto& inputs, const Plan& plan, const Cards& cards, const std::string& out, const auto& progress,
                                         const auto& stopping) {
    consent(talks::Consent::no);
    return make(inputs, plan, cards, out, progress, stopping);
  };
  work();
  EXPECT_EQ(cut().stage, Stage::stopped);
  EXPECT_FALSE(recording());
}

TEST_P(CuttingTest, speaker_wants_to_look_first_then_the_team_alone_publishes_nothing) {
  consent(talks::Consent::review_first);
  ready();
  ok(judge_as(team, good()));
  EXPECT_EQ(cut().stage, Stage::review);
  ok(judge_as(speaker, good()));
  work();
  EXPECT_EQ(cut().stage, Stage::published);
}

TEST_P(CuttingTest, correction_then_the_former_is_online_until_the_next_one_is) {
  ready();
  ok(judge_as(team, good()));
  work();
  const std::string former = cut().published_hash;
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.to -= seconds(30);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  EXPECT_EQ(cut().revision, 2);
  work();
  EXPECT_EQ(recording()->videos[0].file_hash, former);
  ok(judge_as(team, good()));
  work();
  ASSERT_EQ(recording()->videos.size(), 1U);
  EXPECT_NE(recording()->videos[0].file_hash, former);
  EXPECT_EQ(recording()->videos[0].file_hash, cut().published_hash);
}

TEST_P(CuttingTest, forms_when_chosen_then_made_once_and_gone_with_their_revision) {
  ready();
  {
    auto tx = ok(db().begin_write());
    ok(save_settings(tx, organiser, event, {.profiles = {media::Profile::opus, media::Profile::hls}, .version = 0}));
    ok(tx.commit());
  }
  ok(judge_as(team, good()));
  work();
  const auto types = [&] {
    std::vector<std::string> found;
    for (const auto& video : recording()->videos) found.push_back(video.media_type);
    return found;
  };
  EXPECT_EQ(types(), (std::vector<std::string>{"video/mp4", "audio/ogg", "application/vnd.apple.mpegurl"}));
  EXPECT_EQ(recording()->videos[1].kind, recordings::MediaKind::audio);
  EXPECT_EQ(encoded, 2);
  {
    auto tx = ok(db().begin_read());
    const auto part = ok(find_file(tx, first.id, media::Profile::hls, "720p.mp4"));
    ASSERT_TRUE(part);
    EXPECT_TRUE(store->has({*part}));
    EXPECT_FALSE(ok(find_file(tx, first.id, media::Profile::hls, "../720p.mp4")));
    EXPECT_EQ(ok(named_hashes(tx)).size(), 5U) << "cut, poster, sound, and two of HLS";
  }
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.to -= seconds(30);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  // What was made of the former revision is no form of the next one.
  shop->encode = [](const auto&, const auto&, const auto&) -> Result<media::Encoded> { return fail(ErrorCode::unavailable, "The disk is full."); };
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(types(), (std::vector<std::string>{"video/mp4"}));
}

TEST_P(CuttingTest, job_when_the_plan_changed_or_the_file_is_gone_then_nothing_or_a_sentence) {
  record();
  propose_at("2027-05-04T08:33:00Z");
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.from += seconds(5);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  EXPECT_EQ(made, 1) << "the job of the former plan made nothing";
  EXPECT_EQ(cut().preview.span.from, at("2027-05-04T07:58:35Z"));
  refusal = Error{ErrorCode::invalid, "The recording is broken.", {}, {}, {}};
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(cut().stage, Stage::wrong);
  EXPECT_EQ(cut().problem, "The recording is broken.");
}

TEST_P(CuttingTest, job_when_it_fails_for_now_then_tried_again) {
  record();
  propose_at("2027-05-04T08:33:00Z");
  refusal = Error{ErrorCode::unavailable, "The disk is full.", {}, {}, {}};
  work();
  EXPECT_EQ(cut().stage, Stage::making);
  EXPECT_EQ(cut().problem, "The disk is full.");
  refusal.reset();
  clock().set(at("2027-05-04T08:40:00Z"));
  work();
  EXPECT_EQ(cut().stage, Stage::review);
  EXPECT_EQ(cut().problem, "");
}

TEST_P(CuttingTest, link_then_opens_until_too_old_or_taken_back) {
  ready();
  auto tx = ok(db().begin_write());
  const auto now = ok(require_cut(tx, event, first_slot.id.value));
  const auto token = ok(add_link(tx, organiser, event, now, speaker));
  EXPECT_EQ(ok(open_link(tx, token)).link.viewer.name, "Ada Example");
  EXPECT_FALSE(open_link(tx, token + "x"));
  const auto links = ok(links_of(tx, now.id));
  ASSERT_EQ(links.size(), 1U);
  ok(revoke_link(tx, organiser, event, now, links[0].id));
  EXPECT_TRUE(open_link(tx, token).error().message.contains("taken back"));
  const auto other = ok(add_link(tx, organiser, event, now, speaker));
  ok(tx.commit());
  clock().set(at("2027-05-04T08:33:00Z") + link_lifetime);
  auto later = ok(db().begin_read());
  EXPECT_TRUE(open_link(later, other).error().message.contains("too old"));
  EXPECT_EQ(ok(check(later)), std::vector<std::string>{});
}

TEST_P(CuttingTest, people_without_the_right_decide_nothing) {
  ready();
  auto tx = ok(db().begin_write());
  const Actor nobody;
  const auto now = ok(require_cut(tx, event, first_slot.id.value));
  EXPECT_FALSE(ask_for(tx, nobody, event, now, now.plan));
  EXPECT_FALSE(stop(tx, nobody, event, now, ""));
  EXPECT_FALSE(add_link(tx, nobody, event, now, speaker));
  EXPECT_FALSE(save_settings(tx, nobody, event, {}));
}

TEST_P(CuttingTest, person_when_erased_then_looks_have_no_name) {
  ready();
  const PersonId ada = first.credits.front().person;
  ok(judge_as({.person = ada, .name = "Ada Example", .is_speaker = true}, good()));
  auto tx = ok(db().begin_write());
  EXPECT_TRUE(ok(export_person(tx, ada)).contains("\"good\":true"));
  ok(erase_person(tx, ada));
  const auto looks = ok(looks_at(tx, ok(require_cut(tx, event, first_slot.id.value)).id));
  ASSERT_EQ(looks.size(), 1U);
  EXPECT_EQ(looks[0].name, "");
  EXPECT_FALSE(looks[0].person);
}

}  // namespace
}  // namespace confer::cutting
