// What people are told of a cut, and how it goes online (notices.h).
#include "cutting/notices.h"
#include <algorithm>
#include "base/text.h"
#include "cutting/store.h"
#include "html/template.h"
#include "recordings/embargo.h"

namespace confer::cutting {
namespace {

using std::chrono::duration_cast;

/// "/de", where there are pages in that language besides English.
std::string path_of_language(const std::string& language) {
  const auto& all = html::languages();
  return language == "en" || std::ranges::find(all, language) == all.end() ? std::string() : "/" + language;
}

/// Calls `write` for each credited person who can be written to.
template <class Write>
Result<void> each_reachable(db::Tx& tx, const talks::Talk& talk, Write write) {
  for (const auto& credit : talk.credits) {
    if (!credit.person) continue;
    TRY_ASSIGN(const auto person, people::find_person(tx, credit.person));
    if (!person) continue;
    TRY_ASSIGN(auto address, people::address_of(tx, *person));
    if (address) TRY(write(*person, std::move(*address)));
  }
  return {};
}

mail::Message letter(const events::Event& event, const people::Person& person, Email to, std::string subject, std::string text, std::string kind) {
  return {.to = std::move(to),
          .to_name = person.name,
          .person = person.id.value,
          .event = event.id.value,
          .subject = std::move(subject),
          .text = std::move(text),
          .language = person.language,
          .attachments = {},
          .kind = std::move(kind)};
}

/// Each once.
Result<std::vector<people::Person>> team_of(db::Tx& tx, const events::Event& event) {
  std::vector<people::Person> all;
  const auto add = [&](const Scope& scope, std::initializer_list<Right> rights) -> Result<void> {
    TRY_ASSIGN(auto teams, people::list_teams(tx, scope));
    for (auto& team : teams) {
      if (std::ranges::none_of(rights, [&](Right right) { return team.rights.contains(right); })) continue;
      for (auto& person : team.members)
        if (std::ranges::find(all, person.id, &people::Person::id) == all.end()) all.push_back(std::move(person));
    }
    return {};
  };
  TRY(add({.series = {}, .event = event.id, .parent = {}, .track = {}}, {Right::media, Right::organise}));
  if (event.parent) TRY(add({.series = {}, .event = event.parent, .parent = {}, .track = {}}, {Right::media, Right::organise}));
  TRY(add({.series = event.series, .event = {}, .parent = {}, .track = {}}, {Right::media, Right::organise}));
  if (all.empty()) TRY(add({}, {Right::media, Right::organise, Right::operate}));
  return all;
}

}  // namespace

Result<void> tell_to_look(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const Cut& cut, const talks::Talk& talk) {
  return each_reachable(tx, talk, [&](const people::Person& person, Email to) -> Result<void> {
    TRY_ASSIGN(const auto token, add_link(tx, system_actor("cutting"), event, cut, {.person = person.id, .name = person.name, .is_speaker = true}));
    const std::string& language = person.language;
    const std::string link = sign_in.base_url + path_of_language(language) + "/review?token=" + token;
    TRY(mail::queue(
        tx,
        letter(event, person, std::move(to), html::translate("The recording of “%1”: is it good?", language, {ellipsis(talk.title, 80)}),
               html::translate("Hello %1,\n\nyour talk “%2” has been cut. Please look at its beginning and its end, and say whether it may go online:\n\n%3\n\n"
                               "It takes a minute on a phone, and needs no account. The link is yours alone and holds for 30 days.\n",
                               language, {person.name, talk.title, link}),
               "cut_ready"),
        sign_in.mail));
    return {};
  });
}

Result<void> tell_online(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const talks::Talk& talk) {
  return each_reachable(tx, talk, [&](const people::Person& person, Email to) -> Result<void> {
    TRY(mail::queue(tx,
                    letter(event, person, std::move(to), html::translate("“%1” is online", person.language, {ellipsis(talk.title, 80)}),
                           html::translate("Hello %1,\n\nthe recording of your talk “%2” is online:\n\n%3\n\nThank you for giving it.\n", person.language,
                                           {person.name, talk.title, sign_in.base_url + "/" + event.slug + "/talks/" + talk.code}),
                           "cut_published"),
                    sign_in.mail));
    return {};
  });
}

Result<void> tell_team_withdrawn(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const talks::Talk& talk) {
  TRY_ASSIGN(const auto people, team_of(tx, event));
  for (const auto& person : people) {
    TRY_ASSIGN(auto address, people::address_of(tx, person));
    if (!address) continue;
    const std::string& language = person.language;
    TRY(mail::queue(
        tx,
        letter(event, person, std::move(*address), html::translate("“%1” was taken offline", language, {ellipsis(talk.title, 80)}),
               html::translate("Hello %1,\n\nthe speakers of “%2” do not allow its recording to be shown any more. It was taken offline at once, with all its "
                               "files. What recorders wrote stays where it is; copies that were uploaded elsewhere may need you:\n\n%3\n",
                               language, {person.name, talk.title, sign_in.base_url + "/organise/" + event.slug + "/cuts"}),
               "recording_withdrawn"),
        sign_in.mail));
  }
  return {};
}

Result<void> take_out(db::Tx& tx, const Cut& cut, recordings::Recording& recording) {
  if (cut.published_hash.empty()) return {};
  TRY_ASSIGN(auto hashes, store::hashes_made_of(tx, cut.id, cut.published_hash));
  hashes.push_back(cut.published_hash);
  const bool was_first = !recording.videos.empty() && recording.videos.front().file_hash == cut.published_hash;
  std::erase_if(recording.videos, [&](const recordings::Video& v) { return std::ranges::find(hashes, v.file_hash) != hashes.end(); });
  if (was_first) recording.chapters.clear();
  return {};
}

Result<void> put_online(db::Tx& tx, const events::Event& event, const Cut& cut, const Made& made, const std::string& hash, const Settings& settings) {
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, cut.talk));
  if (!recording) recording = recordings::Recording{.talk = cut.talk};
  TRY(take_out(tx, cut, *recording));
  std::erase_if(recording->videos, [&](const recordings::Video& v) { return v.file_hash == hash; });
  recordings::Video video;
  video.talk = cut.talk;
  video.place = recordings::Place::own_file;
  video.file_hash = hash;
  video.media_type = "video/mp4";
  video.length = duration_cast<seconds>(made.length + milliseconds(500));
  video.size_bytes = static_cast<std::int64_t>(made.size_bytes);
  video.width = made.width;
  video.height = made.height;
  if (made.height > 0) video.quality = std::to_string(made.height) + "p";
  video.license = recordings::license_of(settings.license);
  if (!cut.poster_hash.empty()) video.poster_url = "/" + event.slug + "/talks/" + cut.talk_code + "/poster.jpg?v=" + cut.poster_hash.substr(0, 12);
  recording->thumbnail_url = video.poster_url;
  recording->videos.insert(recording->videos.begin(), std::move(video));
  // An embargo stands until its moment; what is shown already stays so when it is corrected.
  const bool is_shown = recording->status == recordings::Status::published && !cut.published_hash.empty();
  const bool is_held = recording->status == recordings::Status::embargoed && (!recording->available_from || *recording->available_from > tx.now());
  if (!is_held) {
    recording->status = recordings::Status::published;
    recording->available_from.reset();
    recording->is_embargo_of_event = false;
    recording->status_note.clear();
    if (!is_shown) recordings::take_event_embargo(*recording, settings.embargoed_until, tx.now());
  }
  recording->duration = duration_cast<seconds>(made.length + milliseconds(500));
  TRY_ASSIGN(recording->chapters, chapters_of(tx, event, cut, made.title_lasts));
  if (!settings.license.empty()) {
    recording->copyright = settings.license;
    recording->license = recordings::license_of(settings.license);
  }
  TRY_ASSIGN(const auto zone, events::zone_of(event));
  recording->recorded = {.precision = recordings::Precision::wall_time, .day = {}, .wall = zone.to_wall(cut.plan.span.from), .offset = {}};
  recording->recorded.day = std::chrono::floor<std::chrono::days>(*recording->recorded.wall);
  TRY(recordings::save_recording(tx, system_actor("cutting"), event, cut.talk_code, std::move(*recording)));
  return {};
}

}  // namespace confer::cutting
