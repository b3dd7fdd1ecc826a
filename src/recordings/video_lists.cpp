// Matching a list of videos with an event's talks, taking it, taking it back (video_lists.h).
#include "recordings/video_lists.h"
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"
#include "programme/programme.h"
#include "recordings/store.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

/// What tells two addresses of one video apart from two videos.
std::string key_of(const Video& video) {
  if (!video.external_id.empty()) return std::string(name_of(video.place)) + ":" + video.external_id;
  std::string_view url = video.url;
  for (const std::string_view start : {"https://", "http://", "www."})
    if (url.starts_with(start)) url.remove_prefix(start.size());
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

struct Loaded {
  std::vector<EventTalk> shown;
  std::vector<TalkToMatch> talks;
  std::map<std::string, std::size_t> by_key;  ///< the videos that are here already
  std::vector<bool> has_video;
};

/// The event's talks in the order they were or will be given.
Result<Loaded> load(db::Tx& tx, const events::Event& event) {
  TRY_ASSIGN(auto all, talks::list_talks(tx, event.id));
  TRY_ASSIGN(const auto recordings, recordings_of(tx, event.id));
  TRY_ASSIGN(const auto slots, programme::list_slots(tx, event));
  std::map<TalkId, const Recording*> recording_of;
  for (const auto& recording : recordings) recording_of[recording.talk] = &recording;
  std::map<TalkId, const programme::DraftSlot*> slot_of;
  for (const auto& slot : slots) {
    if (!slot.talk || slot.state == programme::SlotState::cancelled) continue;
    auto& first = slot_of[slot.talk];
    if (first == nullptr || slot.start < first->start) first = &slot;
  }
  std::erase_if(all, [](const talks::Talk& talk) { return talk.state == talks::State::cancelled || talk.state == talks::State::draft; });
  const auto order = [&](const talks::Talk& talk) {
    std::string when;
    if (const auto slot = slot_of.find(talk.id); slot != slot_of.end())
      when = to_text(slot->second->start);
    else if (const auto r = recording_of.find(talk.id); r != recording_of.end())
      when = r->second->recorded.wall ? to_text(*r->second->recorded.wall) : r->second->recorded.day ? to_text(*r->second->recorded.day) : "";
    return std::pair(when.empty() ? std::string("9") : when, talk.id.value);
  };
  std::ranges::sort(all, {}, order);
  Loaded out;
  for (const auto& talk : all) {
    EventTalk shown{.id = talk.id, .code = talk.code, .title = talk.title, .speakers = {}, .day = {}, .places = {}};
    TalkToMatch match{.title = talk.subtitle.empty() ? talk.title : talk.title + " " + talk.subtitle,
                      .speakers = {},
                      .keys = {talk.code, talk.guid},
                      .day = {},
                      .length = {}};
    for (const auto& credit : talk.credits)
      if (!credit.name.empty()) match.speakers.push_back(credit.name);
    shown.speakers = join(match.speakers, ", ");
    if (const auto slot = slot_of.find(talk.id); slot != slot_of.end()) {
      match.day = day_of(slot->second->start, event.day_start_hour);
      match.length = std::chrono::duration_cast<seconds>(slot->second->length);
    }
    bool has_video = false;
    if (const auto found = recording_of.find(talk.id); found != recording_of.end()) {
      const Recording& r = *found->second;
      if (r.recorded.day) match.day = r.recorded.day;
      if (r.duration) {
        match.length = r.duration;
        match.length_is_exact = true;
      }
      for (const auto& video : r.videos) {
        out.by_key.emplace(key_of(video), out.talks.size());
        std::string place(place_in_words(video.place));
        if (video.health == Health::dead) place += " (gone)";
        if (std::ranges::find(shown.places, place) == shown.places.end()) shown.places.push_back(std::move(place));
        has_video = has_video || video.health != Health::dead;
      }
    }
    shown.day = match.day;
    out.shown.push_back(std::move(shown));
    out.talks.push_back(std::move(match));
    out.has_video.push_back(has_video);
  }
  return out;
}

std::string event_words(const events::Event& event, const std::string& series) {
  std::string words = event.slug + " " + series + " " + event.acronym;
  for (const auto& language : event.languages) words += " " + event.title.in(language) + " " + event.subtitle.in(language) + " " + event.place.in(language);
  if (event.year) words += " " + std::to_string(*event.year);
  if (event.start) words += " " + to_text(*event.start).substr(0, 4);
  return words;
}

}  // namespace

std::size_t Matched::found(Certainty certainty) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(videos, [&](const OfferedVideo& v) { return v.found.talk && certainty_of(v.found.confidence) == certainty; }));
}

Result<Matched> match_list(db::Tx& tx, const events::Event& event, VideoList list) {
  TRY_ASSIGN(auto here, load(tx, event));
  TRY_ASSIGN(const auto series, events::find_series(tx, event.series));
  Matched out;
  std::map<std::string, std::size_t> first;
  std::vector<std::string> ids;
  for (auto& listed : list.videos) {
    OfferedVideo offered{.listed = std::move(listed), .video = {}, .found = {}, .talk = {}, .other = {}};
    offered.video.url = offered.listed.url;
    offered.video.length = offered.listed.length;
    recognise(offered.video);
    const std::string key = key_of(offered.video);
    if (const auto [at, is_new] = first.emplace(key, offered.listed.line); !is_new) {
      offered.state = OfferedVideo::State::repeated;
      offered.first_line = at->second;
    } else if (const auto known = here.by_key.find(key); known != here.by_key.end()) {
      offered.state = OfferedVideo::State::known;
      offered.talk = known->second;
    } else if (!offered.video.external_id.empty()) {
      ids.push_back(offered.video.external_id);
    }
    out.videos.push_back(std::move(offered));
  }
  TRY_ASSIGN(const auto others, store::talks_with_videos(tx, ids));
  for (auto& offered : out.videos) {
    if (offered.state != OfferedVideo::State::new_here || offered.video.external_id.empty()) continue;
    const auto other =
        std::ranges::find_if(others, [&](const auto& o) { return o.place == offered.video.place && o.external_id == offered.video.external_id; });
    if (other == others.end()) continue;
    offered.state = OfferedVideo::State::elsewhere;
    offered.other = other->title + " (" + other->event_slug + ")";
  }
  // Talks whose video is in the list have found theirs; all others, with a video or without, may get one.
  std::set<std::size_t> settled;
  for (const auto& offered : out.videos)
    if (offered.talk) settled.insert(*offered.talk);
  std::vector<std::size_t> open_talks, open_videos;
  std::vector<TalkToMatch> talks;
  std::vector<VideoToMatch> videos;
  for (std::size_t t = 0; t < here.talks.size(); ++t) {
    if (settled.contains(t)) continue;
    open_talks.push_back(t);
    talks.push_back(std::move(here.talks[t]));
  }
  for (std::size_t v = 0; v < out.videos.size(); ++v) {
    const auto& offered = out.videos[v];
    if (offered.state != OfferedVideo::State::new_here && offered.state != OfferedVideo::State::elsewhere) continue;
    open_videos.push_back(v);
    videos.push_back({.title = offered.listed.title,
                      .description = offered.listed.description,
                      .url = offered.listed.url,
                      .day = offered.listed.day,
                      .length = offered.listed.length});
  }
  auto found = match_videos(talks, videos, event_words(event, series ? series->title.in(event.languages.front()) : ""));
  std::set<std::size_t> matched;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].talk) found[i].talk = open_talks[*found[i].talk];
    for (auto& talk : found[i].nearest) talk = open_talks[talk];
    if (found[i].talk) matched.insert(*found[i].talk);
    out.videos[open_videos[i]].found = std::move(found[i]);
  }
  for (std::size_t t = 0; t < here.shown.size(); ++t)
    if (!settled.contains(t) && !matched.contains(t) && !here.has_video[t]) out.without_video.push_back(t);
  list.videos.clear();
  out.list = std::move(list);
  out.talks = std::move(here.shown);
  return out;
}

Result<Taken> take_videos(db::Tx& tx, const Actor& actor, const events::Event& event, const Matched& matched, const Choices& choices) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  std::map<std::string, TalkId> by_code;
  for (const auto& talk : matched.talks) by_code[talk.code] = talk.id;
  Taken taken;
  std::set<TalkId> touched;
  for (const auto& [place, code] : choices) {
    if (place >= matched.videos.size()) return fail(ErrorCode::invalid, "The list has no video number " + std::to_string(place + 1) + ".");
    const auto talk = by_code.find(code);
    if (talk == by_code.end())
      return fail(ErrorCode::invalid, "There is no talk " + code + " in this event any more. Look at the list again: it shows the talks as they are now.");
    const OfferedVideo& offered = matched.videos[place];
    TRY_ASSIGN(auto found, find_recording(tx, talk->second));
    const bool is_new = !found;
    Recording recording = found ? std::move(*found) : Recording{.talk = talk->second};
    if (std::ranges::any_of(recording.videos, [&](const Video& v) { return key_of(v) == key_of(offered.video); })) continue;
    store::ListEntry entry{.talk = talk->second, .code = {}, .url = offered.video.url, .status_before = recording.status, .made_recording = is_new};
    const bool says_why_not = recording.status == Status::not_allowed || recording.status == Status::embargoed;
    if (!says_why_not) recording.status = Status::published;
    if (!recording.duration && offered.listed.length) {
      recording.duration = offered.listed.length;
      entry.set_duration = true;
    }
    recording.videos.push_back(offered.video);
    if (taken.id.value == 0) {
      TRY_ASSIGN(taken.id, store::add_list(tx, event.id));
    }
    TRY(store::add_entry(tx, taken.id, entry));
    TRY(put_recording(tx, std::move(recording)));
    ++taken.videos;
    touched.insert(talk->second);
  }
  if (taken.videos == 0) return fail(ErrorCode::invalid, "Nothing was chosen that is not here already, so nothing was changed.");
  taken.talks = touched.size();
  TRY(journal::record(tx, who(actor), "recording.list_taken", event.series.value, event.id.value, "video_list:" + std::to_string(taken.id.value),
                      R"({"videos":)" + std::to_string(taken.videos) + "}"));
  return taken;
}

Result<std::size_t> undo_video_list(db::Tx& tx, const Actor& actor, const events::Event& event, VideoListId list) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto entries, store::entries_of_list(tx, event.id, list));
  if (entries.empty()) return fail(ErrorCode::not_found, "There is no such list of videos here, or it was taken back before.");
  std::size_t removed = 0;
  for (const auto& entry : entries) {
    TRY_ASSIGN(auto found, find_recording(tx, entry.talk));
    if (!found) continue;
    const auto video = std::ranges::find(found->videos, entry.url, &Video::url);
    if (video == found->videos.end()) continue;
    if (entry.set_duration && found->duration == video->length) found->duration.reset();
    found->videos.erase(video);
    ++removed;
    // What else was told of the recording meanwhile keeps it.
    if (found->videos.empty() && found->status == Status::published) found->status = entry.status_before;
    Recording nothing{.talk = entry.talk};
    if (entry.made_recording && found->same_as(nothing))
      TRY(remove_recording(tx, entry.talk));
    else
      TRY(put_recording(tx, std::move(*found)));
  }
  TRY(store::undo_list(tx, list));
  TRY(journal::record(tx, who(actor), "recording.list_undone", event.series.value, event.id.value, "video_list:" + std::to_string(list.value),
                      R"({"videos":)" + std::to_string(removed) + "}"));
  return removed;
}

Result<std::vector<TakenList>> list_video_lists(db::Tx& tx, const events::Event& event) { return store::lists_of(tx, event.id); }

std::string to_json(const Matched& matched) {
  JsonWriter w;
  w.begin_object().field("format", matched.list.format);
  w.key("videos").begin_array();
  for (const auto& video : matched.videos) {
    w.begin_object().field("line", static_cast<std::int64_t>(video.listed.line)).field("url", video.listed.url).field("title", video.listed.title);
    const auto talk = [&](std::size_t t) { w.field("talk", matched.talks[t].code).field("talk_title", matched.talks[t].title); };
    switch (video.state) {
      case OfferedVideo::State::known:
        w.field("state", "known");
        talk(*video.talk);
        break;
      case OfferedVideo::State::repeated:
        w.field("state", "repeated").field("first_line", static_cast<std::int64_t>(video.first_line));
        break;
      case OfferedVideo::State::new_here:
      case OfferedVideo::State::elsewhere:
        w.field("state", !video.found.talk ? "no talk found" : "found");
        if (!video.other.empty()) w.field("belongs_to", video.other);
        if (!video.found.talk) break;
        talk(*video.found.talk);
        w.field("confidence", std::round(video.found.confidence * 1000) / 1000);
        w.field("in_words", in_words(certainty_of(video.found.confidence))).field("why", in_words(video.found.why));
        break;
    }
    w.end_object();
  }
  w.end_array().key("talks_without_video").begin_array();
  for (const auto t : matched.without_video) w.begin_object().field("talk", matched.talks[t].code).field("title", matched.talks[t].title).end_object();
  w.end_array().key("left_out").begin_array();
  for (const auto& one : matched.list.left_out)
    w.begin_object().field("line", static_cast<std::int64_t>(one.line)).field("text", one.text).field("why", one.why).end_object();
  return w.end_array().end_object().take();
}

}  // namespace confer::recordings
